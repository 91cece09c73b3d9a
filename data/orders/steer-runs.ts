import type { CustomerId, OrderId } from '../../core/ids.ts'
import { plus } from '../../core/money.ts'
import type { Need } from '../../core/need.ts'
import type { Order } from '../../core/orders/order.ts'
import { type Feed, type FeedOrder, hasRunsLeft, isFeed, pauseEndsAt, unstarted, unused } from '../../core/orders/runs.ts'
import { Refusal } from '../../core/refusals.ts'
import type { AuditRecord } from '../../core/staff/audit.ts'
import { mayAudit, transactAudited } from '../audit.ts'
import { transact } from '../transact.ts'
import { dueLeg } from './due-orders.ts'
import { getOrder } from './get.ts'
import { giveBack, mayRefund } from './give-back.ts'
import { feedLeg } from './run-items.ts'

export const steps = ['pause', 'resume', 'cancel'] as const

/** What is done about the runs of an order that were not started yet. */
export interface Step {
  readonly customer: CustomerId
  readonly order: OrderId
  readonly step: (typeof steps)[number]
  readonly at: Date
  /** Where staff do it. */
  readonly audit?: AuditRecord | undefined
}

interface SteerRuns {
  /**
   * Pauses, resumes or cancels what is left of an order's runs, and answers the order as it stands then. What canceled
   * runs were paid for goes back in the same write; runs that were started go on. Twice is as good as once.
   */
  steer(step: Step): Promise<Order>
}

export const steerRuns = {
  allow: [...mayRefund, { on: 'table', actions: ['PutItem'], keys: ['DUE#*'], onlyIn: 'TransactWriteItems' }],
  open: () => ({
    async steer(step) {
      for (;;) {
        const order = await getOrder(step.customer, step.order)
        if (!order) throw new Refusal('order-not-found')
        if (!isFeed(order)) throw new Refusal('no-runs-left')
        if (isDone(order, step)) return order
        if (!hasRunsLeft(order)) throw new Refusal('no-runs-left')
        if (step.step === 'resume' && order.feed.pausedBy === 'staff' && !step.audit) throw new Refusal('runs-held-by-staff')
        await take(order, step)
      }
    },
  }),
} satisfies Need<SteerRuns>

/** The same for staff, with the record of it. */
export const overseeRuns = {
  allow: [...steerRuns.allow, ...mayAudit],
  open: steerRuns.open,
} satisfies Need<SteerRuns>

interface EndPauses {
  /** Cancels what is left of an order that was seen paused for too long. False when it changed meanwhile, as when it was resumed. */
  end(order: FeedOrder, at: Date): Promise<boolean>
}

export const endPauses = {
  allow: steerRuns.allow,
  open: () => ({ end: cancelRest }),
} satisfies Need<EndPauses>

/** Whether it stands already as this step would have it. */
function isDone({ feed, state }: FeedOrder, { step, audit }: Step): boolean {
  switch (step) {
    case 'pause':
      return feed.pausedBy !== undefined && (audit === undefined || feed.pausedBy === 'staff') && feed.stoppedAt === undefined
    case 'resume':
      return feed.pausedBy === undefined && feed.stoppedAt === undefined && state === 'in-progress'
    case 'cancel':
      return feed.stoppedAt !== undefined
  }
}

/** Writes the step, unless the order changed meanwhile. */
async function take(order: FeedOrder, { step, at, audit }: Step): Promise<void> {
  const { pausedBy: _, pausedAt: __, ...feed } = order.feed
  switch (step) {
    case 'pause': {
      if (audit) {
        await transactAudited(audit, at, { order: feedLeg(order, { ...feed, pausedBy: 'staff' }, at) })
        return
      }
      const paused: Feed = { ...feed, pausedBy: 'customer', pausedAt: at }
      await transact({ order: feedLeg(order, paused, at), due: dueLeg(order, pauseEndsAt(paused) ?? at) })
      return
    }
    case 'resume': {
      // Not sooner than it was due: a pause is no way to hurry a run.
      const nextAt = feed.nextAt < at ? at : feed.nextAt
      const legs = { order: feedLeg(order, { ...feed, nextAt }, at), due: dueLeg(order, nextAt) }
      await (audit ? transactAudited(audit, at, legs) : transact(legs))
      return
    }
    case 'cancel':
      await cancelRest(order, at, audit)
  }
}

/** Stops what was not started, and gives back what it was paid for; unless the order changed meanwhile. */
async function cancelRest(order: FeedOrder, at: Date, audit?: AuditRecord): Promise<boolean> {
  const { pausedBy: _, pausedAt: __, ...feed } = order.feed
  const amount = unused(order)
  const set = { refunded: plus(order.refunded, amount), remains: order.remains ?? order.quantity }
  const orderLeg = feedLeg(order, { ...feed, nextAt: at, stoppedAt: at }, at, { set })
  return giveBack({ order, amount, remains: unstarted(order), orderLeg, at, beside: dueLeg(order, at), audit })
}
