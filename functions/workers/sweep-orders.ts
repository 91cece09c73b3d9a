import { inBatches } from '../../core/batches.ts'
import { isManual } from '../../core/catalogue/manual.ts'
import type { Opened } from '../../core/need.ts'
import { later } from '../../core/time.ts'
import { readProviders } from '../../data/providers.ts'
import { measure } from '../kit/measure.ts'
import { workSchedule } from '../kit/work.ts'
import { scheduleWorker } from '../kit/worker.ts'
import { parkedUses, sweepParked } from './sweep-orders-parked.ts'
import { requestUses, sweepRequests } from './sweep-orders-requests.ts'

/** Orders younger than this are on their way; the index may not even show them yet. */
const youngSeconds = 60
/** Each sweep looks back this far behind the last one: an order may have been written later than it was accepted. */
const overlapSeconds = 60

const uses = { providers: readProviders, ...parkedUses, ...requestUses }
type Uses = Opened<typeof uses>

export const sweep = scheduleWorker({
  name: 'workers.sweep-orders',
  summary:
    'Every minute, finds orders that were paid and are not on their way, and refills and cancellations that wait, and sends them on',
  on: { kind: 'schedule', every: 'minute' },
  failing: { hurts: 'paid orders that fell out of the queue stay unsent', runbook: 'orders-not-sent' },
  timeoutSeconds: 120,
  uses,

  async run({ uses, now, clock }) {
    const until = later(now, -youngSeconds)
    const sweptUntil = (await uses.orders.sweptUntil()) ?? later(until, -86_400)
    for await (const order of uses.orders.acceptedBetween(later(sweptUntil, -overlapSeconds), until))
      if (!isManual(order) && (order.state === 'accepted' || order.state === 'submitting')) await uses.orders.watch(order)
    // What is looked through below may be long: what was seen so far need not be seen again.
    await uses.orders.setSweptUntil(until)
    const unsent = await sweepWaiting(uses, now)
    const providers = await uses.providers.all()
    const parked = await sweepParked(providers, uses, now, clock)
    // Whatever keeps a paid order from being sent, a provider without funds included, is heard here.
    measure('OldestUnsentOrder', Math.max(...[unsent, parked].map((at) => (at ? (now.getTime() - at.getTime()) / 1000 : 0))))
    await sweepRequests(providers, uses, now)
  },
})

/** Answers when the oldest of them was accepted. */
async function sweepWaiting(uses: Uses, now: Date): Promise<Date | undefined> {
  let oldest: Date | undefined
  for await (const orders of inBatches(uses.orders.waiting(), 100)) {
    const unsent = orders.filter(({ state }) => state === 'accepted')
    for (const { acceptedAt } of unsent) if (!oldest || acceptedAt < oldest) oldest = acceptedAt
    const left = unsent.filter(({ changedAt }) => changedAt < later(now, -youngSeconds))
    await uses.submit.send(
      left.map(({ customerId, orderId, providerId }) => ({ customerId, orderId, providerId })),
      ({ providerId }) => providerId,
    )
    for (const order of orders)
      if (order.state === 'submitting' && order.leaseUntil && order.leaseUntil < now) await uses.orders.lose(order, now)
  }
  return oldest
}

export const handler = workSchedule(sweep)
