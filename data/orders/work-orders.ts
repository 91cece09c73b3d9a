import { isManual, manual } from '../../core/catalogue/manual.ts'
import type { CustomerId, OrderId } from '../../core/ids.ts'
import { minus, plus } from '../../core/money.ts'
import type { Need } from '../../core/need.ts'
import { type Work, worked } from '../../core/orders/manual.ts'
import type { Order } from '../../core/orders/order.ts'
import { mayGo } from '../../core/orders/states.ts'
import { Refusal } from '../../core/refusals.ts'
import type { AuditRecord } from '../../core/staff/audit.ts'
import { iso } from '../../core/time.ts'
import { mayAudit, transactAudited } from '../audit.ts'
import { openLists } from '../keys.ts'
import { getOrder } from './get.ts'
import { giveBack, mayRefund } from './give-back.ts'
import { move } from './item.ts'
import { pageOf } from './lists.ts'
import type { OrderPage } from './read-orders.ts'

interface ListManualOrders {
  /** Orders that people of ours deliver and that are not over, oldest first. */
  page(cursor: string | undefined, limit: number): Promise<OrderPage>
}

export const listManualOrders = {
  allow: [
    { on: 'index', index: 'open' },
    { on: 'table', actions: ['BatchGetItem'], keys: ['ORDER#*'] },
  ],
  open: () => ({
    page: (cursor, limit) =>
      pageOf([{ index: 'open', list: openLists.manual() }], { cursor, limit, forward: true, wanted: isUnderWay }),
  }),
} satisfies Need<ListManualOrders>

/** The list lags behind. */
const isUnderWay = ({ state }: Order): boolean => state === 'accepted' || state === 'in-progress'

interface TakeOrders {
  /** Somebody takes a manual order in hand; again changes nothing. Refused when another one has it already. */
  take(customer: CustomerId, order: OrderId, audit: AuditRecord, now: Date): Promise<Order>
}

export const takeOrders = {
  allow: [
    { on: 'table', actions: ['GetItem'], keys: ['ORDER#*'] },
    { on: 'table', actions: ['UpdateItem'], keys: ['ORDER#*'], onlyIn: 'TransactWriteItems' },
    ...mayAudit,
  ],
  open: () => ({
    async take(customer, number, audit, now) {
      for (;;) {
        const order = await manualOrder(customer, number)
        if (order.inHandOf === audit.by) return order
        if (!mayGo('takeInHand', order.state)) throw new Refusal('changed-meanwhile')
        const orderLeg = {
          Update: move(order, 'takeInHand', now, { set: { inHandOf: audit.by }, only: { providerId: manual } }),
        }
        if ((await transactAudited(audit, now, { order: orderLeg })) === undefined)
          return { ...order, state: 'in-progress', changedAt: now, inHandOf: audit.by }
      }
    },
  }),
} satisfies Need<TakeOrders>

interface WorkOrders {
  /**
   * Writes what was done about a manual order, with the refund that follows, once: told again it changes nothing. Refused
   * when the order is no longer one that this can be done about.
   */
  work(customer: CustomerId, order: OrderId, work: Work, audit: AuditRecord, now: Date): Promise<Order>
}

export const workOrders = {
  allow: [...mayRefund, ...mayAudit],
  open: () => ({
    async work(customer, number, work, audit, now) {
      for (;;) {
        const order = await manualOrder(customer, number)
        if (await carriedOut(order, work, audit, now)) return manualOrder(customer, number)
      }
    },
  }),
} satisfies Need<WorkOrders>

async function manualOrder(customer: CustomerId, number: OrderId): Promise<Order> {
  const order = await getOrder(customer, number)
  if (!order || !isManual(order)) throw new Refusal('order-not-found')
  return order
}

/** False when the order changed in between: read it again. */
async function carriedOut(order: Order, work: Work, audit: AuditRecord, at: Date): Promise<boolean> {
  const follows = worked(order, work)
  // Two of the staff at once: the second looks at what the first has made of it.
  const only = {
    state: order.state,
    refunded: order.refunded,
    ...(order.state === 'accepted' ? {} : { changedAt: iso(order.changedAt) }),
  }
  const before = { state: order.state, ...(order.remains === undefined ? {} : { remains: order.remains }) }
  const record = (after: NonNullable<AuditRecord['after']>): AuditRecord => ({ ...audit, before, after })
  switch (follows.kind) {
    case 'nothing':
      return true
    case 'too-late':
      throw new Refusal('changed-meanwhile')
    case 'wrong':
      throw new Refusal('invalid-request', { fields: [follows.field] })
    case 'moved': {
      const { transition, startCount, remains } = follows
      const remove = transition === 'complete' ? ['openOn'] : []
      const orderLeg = { Update: move(order, transition, at, { set: { startCount, remains }, remove, only }) }
      const after = {
        state: transition === 'complete' ? 'completed' : 'in-progress',
        ...(startCount === undefined ? {} : { startCount }),
        ...(remains === undefined ? {} : { remains }),
      }
      return (await transactAudited(record(after), at, { order: orderLeg })) === undefined
    }
    case 'withdraw':
      return back(order, 'withdraw', order.quantity, minus(order.charge, order.refunded), only, record, at)
    case 'refund':
      return back(order, follows.transition, follows.remains, follows.amount, only, record, at)
  }
}

function back(
  order: Order,
  transition: 'withdraw' | 'endPartial' | 'cancel',
  remains: number,
  amount: Order['charge'],
  only: Readonly<Record<string, unknown>>,
  record: (after: NonNullable<AuditRecord['after']>) => AuditRecord,
  at: Date,
): Promise<boolean> {
  const set = { remains, refunded: plus(order.refunded, amount) }
  const orderLeg = { Update: move(order, transition, at, { set, remove: ['openOn', 'reason', 'said'], only }) }
  const audit = record({ state: transition === 'endPartial' ? 'partial' : 'canceled', remains, refunded: String(set.refunded) })
  return giveBack({ order, amount, remains, orderLeg, at, audit })
}
