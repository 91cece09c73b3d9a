import { inBatches } from '../../core/batches.ts'
import { isSold } from '../../core/catalogue/is-sold.ts'
import type { Opened } from '../../core/need.ts'
import { type FeedOrder, hasRunsLeft, isAtALoss, nextCountAt, nextTryAt } from '../../core/orders/runs.ts'
import { type Due, dueOrders, isFor } from '../../data/orders/due-orders.ts'
import { startRuns } from '../../data/orders/start-runs.ts'
import { readServices } from '../../data/services.ts'
import { settings } from '../../data/settings.ts'
import { readWallets } from '../../data/wallets.ts'
import { workSchedule } from '../kit/work.ts'
import { scheduleWorker } from '../kit/worker.ts'

/** Orders looked at side by side. */
const atOnce = 10

const uses = { due: dueOrders, runs: startRuns, services: readServices, wallets: readWallets, settings }
type Uses = Opened<typeof uses>

export const startDueRuns = scheduleWorker({
  name: 'workers.start-runs',
  summary: 'Every minute, starts the runs of drip-feed orders that are due, and counts those under way',
  on: { kind: 'schedule', every: 'minute' },
  failing: { hurts: 'drip-feed orders stand still: paid runs are not started', runbook: 'runs-not-started' },
  // Shorter than the sweeper looks back: an order bears the time at which this began.
  timeoutSeconds: 60,
  uses,

  async run({ uses, now }) {
    const faults: unknown[] = []
    for await (const batch of inBatches(uses.due.until(now), 100)) {
      const byOrder = [...Map.groupBy(batch, ({ orderId }) => orderId).values()]
      for (let first = 0; first < byOrder.length; first += atOnce) {
        const some = byOrder.slice(first, first + atOnce)
        const done = await Promise.allSettled(some.map((dues) => lookAfter(dues, uses, now)))
        faults.push(...done.flatMap((one) => (one.status === 'rejected' ? [one.reason] : [])))
      }
    }
    // One order stops no other; it is looked at again in a minute.
    if (faults.length > 0) throw faults[0]
  },
})

async function lookAfter(dues: readonly Due[], uses: Uses, now: Date): Promise<void> {
  for (const due of dues) {
    if (due.run === undefined) await goOn(due, uses, now)
    else await uses.runs.count(due.customerId, due.orderId, due.run, now)
    await uses.due.done(due)
  }
}

/** Only whatever the order waits for now makes it go on: of two that look at once, one finds that it has gone on. */
async function goOn(due: Due, uses: Uses, now: Date): Promise<void> {
  const { customerId, orderId } = due
  const seen = await uses.runs.get(customerId, orderId)
  if (!seen || !isWaitingFor(seen, due)) return
  await uses.runs.countAll(seen, now)
  const order = await uses.runs.get(customerId, orderId)
  if (!order || !isWaitingFor(order, due)) return
  const went = hasRunsLeft(order)
    ? await nextRun(order, uses, now)
    : await uses.runs.wait(order, nextCountAt(order, now), now, undefined)
  // Somebody paused it, counted a run, or was faster: looked at again as it stands then.
  if (!went) await goOn(due, uses, now)
}

const isWaitingFor = ({ state, feed }: FeedOrder, due: Due): boolean =>
  state === 'in-progress' && feed.pausedBy === undefined && isFor(due, feed.nextAt)

/** False when the order changed meanwhile. */
async function nextRun(order: FeedOrder, uses: Uses, now: Date): Promise<boolean> {
  const until = nextTryAt(order, now)
  const { active } = await uses.wallets.get(order.customerId)
  if (!active) return uses.runs.wait(order, until, now, 'account-suspended')
  const service = await uses.services.get(order.serviceId)
  // Neither at a loss nor what nobody attests any more: it waits until staff settle it, and can be canceled meanwhile.
  if (!service || !isSold(service, uses.settings) || isAtALoss(order, service.source.cost))
    return uses.runs.wait(order, until, now, 'service-not-sold')
  return uses.runs.start(order, service, now)
}

export const handler = workSchedule(startDueRuns)
