import { inBatches } from '../../core/batches.ts'
import { isSold } from '../../core/catalogue/is-sold.ts'
import type { CustomerId } from '../../core/ids.ts'
import type { Opened } from '../../core/need.ts'
import {
  type FeedOrder,
  hasRunsLeft,
  isAtALoss,
  isCountedNow,
  nextCountAt,
  nextTryAt,
  pauseEndsAt,
} from '../../core/orders/runs.ts'
import { later } from '../../core/time.ts'
import { type Due, dueAt, dueOrders, isFor } from '../../data/orders/due-orders.ts'
import { startRuns } from '../../data/orders/start-runs.ts'
import { endPauses } from '../../data/orders/steer-runs.ts'
import { readServices } from '../../data/services.ts'
import { settings } from '../../data/settings.ts'
import { readWallets } from '../../data/wallets.ts'
import { measure } from '../kit/measure.ts'
import { workSchedule } from '../kit/work.ts'
import { scheduleWorker } from '../kit/worker.ts'

/** Orders looked at side by side. */
const atOnce = 10
/** What is looked at for one customer in a minute, at most; the rest a minute later. Nobody's runs wait behind all of somebody else's. */
const mostPerCustomer = 300
/** After so long nothing more is begun: what is left is first a minute later, in the parts of the list that were last now. */
const workingSeconds = 45

const uses = { due: dueOrders, runs: startRuns, pauses: endPauses, services: readServices, wallets: readWallets, settings }
type Uses = Opened<typeof uses>

export const startDueRuns = scheduleWorker({
  name: 'workers.start-runs',
  summary: 'Every minute, starts the runs of drip-feed orders that are due, counts those under way, and ends pauses that are over',
  on: { kind: 'schedule', every: 'minute' },
  failing: { hurts: 'drip-feed orders stand still: paid runs are not started', runbook: 'runs-not-started' },
  // Shorter than the sweeper looks back: an order bears the time at which this began.
  timeoutSeconds: 60,
  uses,

  async run({ uses, now, clock }) {
    const faults: unknown[] = []
    const endsAt = later(now, workingSeconds)
    const looked = new Map<CustomerId, number>()
    let late = 0
    for await (const read of inBatches(uses.due.until(now), 100)) {
      for (const due of read) if (due.run === undefined) late = Math.max(late, (now.getTime() - dueAt(due).getTime()) / 1_000)
      // Read to its end all the same: how late the latest is, the alarm has to hear.
      if (clock() > endsAt) continue
      const batch = read.filter(({ customerId }) => isTheirTurn(customerId, looked))
      const byOrder = [...Map.groupBy(batch, ({ orderId }) => orderId).values()]
      for (let first = 0; first < byOrder.length; first += atOnce) {
        const some = byOrder.slice(first, first + atOnce)
        const done = await Promise.allSettled(some.map((dues) => lookAfter(dues, uses, now)))
        faults.push(...done.flatMap((one) => (one.status === 'rejected' ? [one.reason] : [])))
      }
    }
    measure('LatestRun', late)
    // One order stops no other; it is looked at again in a minute.
    if (faults.length > 0) throw faults[0]
  },
})

function isTheirTurn(customer: CustomerId, looked: Map<CustomerId, number>): boolean {
  const before = looked.get(customer) ?? 0
  looked.set(customer, before + 1)
  return before < mostPerCustomer
}

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
  if (!seen) return
  if (isPauseOver(seen, due)) {
    if (!(await uses.pauses.end(seen, now))) await goOn(due, uses, now)
    return
  }
  if (!isWaitingFor(seen, due)) return
  if (!hasRunsLeft(seen) || isCountedNow(seen, now)) await uses.runs.countAll(seen, now)
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

/** Only the moment that its present pause was given: one that was resumed and paused anew has its own. */
function isPauseOver(order: FeedOrder, due: Due): boolean {
  const ends = pauseEndsAt(order.feed)
  return ends !== undefined && hasRunsLeft(order) && isFor(due, ends)
}

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
