import type { Opened } from '../../core/need.ts'
import type { Order } from '../../core/orders/order.ts'
import { newLine, takesOrders } from '../../core/providers/line.ts'
import { later } from '../../core/time.ts'
import { sweepOrders } from '../../data/orders/sweep-orders.ts'
import { readLines } from '../../data/provider-lines.ts'
import { readProviders } from '../../data/providers.ts'
import { submitQueue } from '../../outside/queues/send.ts'
import { measure } from '../kit/measure.ts'
import { workSchedule } from '../kit/work.ts'
import { scheduleWorker } from '../kit/worker.ts'

/** Orders younger than this are on their way; the index may not even show them yet. */
const youngSeconds = 60
/** Each sweep looks back this far behind the last one: an order may have been written later than it was accepted. */
const overlapSeconds = 120
/** How long a parked order waits before it is tried again. */
const parkedSeconds = 600

const uses = { orders: sweepOrders, providers: readProviders, lines: readLines, submit: submitQueue }
type Uses = Opened<typeof uses>

export const sweep = scheduleWorker({
  name: 'workers.sweep-orders',
  summary: 'Every minute, finds orders that were paid and are not on their way, and sends them on',
  on: { kind: 'schedule', every: 'minute' },
  failing: { hurts: 'paid orders that fell out of the queue stay unsent', runbook: 'orders-not-sent' },
  timeoutSeconds: 120,
  uses,

  async run({ uses, now }) {
    const until = later(now, -youngSeconds)
    const sweptUntil = (await uses.orders.sweptUntil()) ?? later(until, -86_400)
    for await (const order of uses.orders.acceptedBetween(later(sweptUntil, -overlapSeconds), until))
      if (order.state === 'accepted' || order.state === 'submitting') await uses.orders.watch(order)
    let oldest = 0
    for await (const order of uses.orders.waiting()) {
      if (order.state === 'accepted') oldest = Math.max(oldest, ageOf(order, now))
      await lookAfter(order, uses, now)
    }
    const lines = await uses.lines.all(now)
    for (const { providerId, status } of await uses.providers.all()) {
      const takes = status === 'active' ? takesOrders(lines.get(providerId) ?? newLine) : 'none'
      let left = takes === 'all' ? Number.POSITIVE_INFINITY : takes === 'one' ? 1 : 0
      for await (const order of uses.orders.parked(providerId)) {
        if (order.state !== 'parked') continue
        oldest = Math.max(oldest, ageOf(order, now))
        // What a failing provider kept waiting goes on as soon as it is well.
        const waited = order.reason === 'provider-failing' || order.changedAt < later(now, -parkedSeconds)
        if (left === 0 || !waited || !(await uses.orders.resume(order, now))) continue
        left--
        await send(order, uses)
      }
    }
    // Whatever keeps a paid order from being sent, a provider without funds included, is heard here.
    measure('OldestUnsentOrder', oldest)
    await uses.orders.setSweptUntil(until)
  },
})

/** In seconds. */
const ageOf = ({ acceptedAt }: Order, now: Date): number => (now.getTime() - acceptedAt.getTime()) / 1000

async function lookAfter(order: Order, uses: Uses, now: Date): Promise<void> {
  if (order.state === 'accepted' && order.changedAt < later(now, -youngSeconds)) await send(order, uses)
  if (order.state === 'submitting' && order.leaseUntil && order.leaseUntil < now) await uses.orders.lose(order, now)
}

const send = ({ customerId, orderId, providerId }: Order, { submit }: Uses): Promise<void> =>
  submit.send([{ customerId, orderId, providerId }], () => providerId)

export const handler = workSchedule(sweep)
