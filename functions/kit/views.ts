import * as z from 'zod/mini'
import { formatMoney, type Money, zero } from '../../core/money.ts'
import { balanceFindings, balanceShows, type Sending } from '../../core/orders/evidence.ts'
import { readDigest } from '../../core/orders/heard.ts'
import { historyOf, keptFirst } from '../../core/orders/history.ts'
import { type Order, type OrderPayload, orderReasons, type Tried } from '../../core/orders/order.ts'
import { type FeedOrder, hasRunsLeft, isFeed, pauseEndsAt, unused } from '../../core/orders/runs.ts'
import { settlings, waysToSettle } from '../../core/orders/settling.ts'
import { orderStates } from '../../core/orders/states.ts'
import { iso } from '../../core/time.ts'
import { type Entry, entryKinds } from '../../core/wallet/entry.ts'
import { total, type Wallet } from '../../core/wallet/wallet.ts'
import { amount, moment } from './fields.ts'

/** How far an order has come whose runs are orders of their own. */
const feedView = z.object({
  started: z.int(),
  over: z.int(),
  /** When the next one begins; none for an order that has no further run. */
  nextAt: z.optional(moment),
  pausedBy: z.optional(z.enum(['customer', 'staff'])),
  /** Until when the customer may leave it paused: what has not begun by then is canceled. */
  pausedUntil: z.optional(moment),
  /** Whether what was left of them was canceled. */
  isCanceled: z.boolean(),
  /** What the runs that have not begun cost. */
  unused: amount,
})

/** How orders, wallets and entries look on the wire: the same to customers and to staff. */
export const orderView = z.object({
  orderId: z.int(),
  serviceId: z.int(),
  type: z.string(),
  link: z.optional(z.string()),
  quantity: z.int(),
  charge: amount,
  refunded: amount,
  state: z.enum(orderStates),
  startCount: z.optional(z.int()),
  remains: z.optional(z.int()),
  acceptedAt: moment,
  changedAt: moment,
  /** Where it is delivered in runs: how many, with how many minutes between. */
  runs: z.optional(z.int()),
  interval: z.optional(z.int()),
  /** Where each run is an order of its own. */
  feed: z.optional(feedView),
  /** Where it is a run of another order, which was paid for it. */
  runOf: z.optional(z.object({ order: z.int(), run: z.int() })),
})

/** With what an order itself has under a name of the same. */
type OrderView = z.input<typeof orderView> & { readonly feed: z.input<typeof feedView> | undefined }

export const viewOrder = (order: Order, link: string | undefined = order.link): OrderView => ({
  ...order,
  link,
  charge: formatMoney(order.charge),
  refunded: formatMoney(order.refunded),
  acceptedAt: iso(order.acceptedAt),
  changedAt: iso(order.changedAt),
  feed: isFeed(order) ? viewFeed(order) : undefined,
})

function viewFeed(order: FeedOrder) {
  const { started, over, nextAt, pausedBy, stoppedAt } = order.feed
  const isLeft = hasRunsLeft(order)
  const pausedUntil = isLeft ? pauseEndsAt(order.feed) : undefined
  return {
    started,
    over,
    nextAt: isLeft ? iso(nextAt) : undefined,
    pausedBy: isLeft ? pausedBy : undefined,
    pausedUntil: pausedUntil && iso(pausedUntil),
    isCanceled: stoppedAt !== undefined,
    unused: formatMoney(isLeft ? unused(order) : zero),
  }
}

/** What staff see besides. */
export const staffOrderView = z.extend(orderView, {
  customerId: z.string(),
  providerId: z.string(),
  providerServiceId: z.string(),
  providerOrderId: z.optional(z.string()),
  reason: z.optional(z.enum(orderReasons)),
  /** Staff sent it again while it was not known what came of the time before: it may be there. */
  sentAgain: z.optional(z.boolean()),
  /** Who of the staff delivers it, where no provider does. */
  inHandOf: z.optional(z.string()),
})

const sendingView = z.object({
  providerId: z.string(),
  at: moment,
  overAt: z.optional(moment),
  reason: z.optional(z.enum(orderReasons)),
  why: z.optional(z.string()),
  status: z.optional(z.int()),
  said: z.optional(z.string()),
  before: z.optional(z.string()),
  after: z.optional(z.string()),
  currency: z.optional(z.string()),
  cost: z.optional(amount),
  /** What the difference of the balances shows. */
  shows: z.optional(z.enum(balanceFindings)),
  lateNumber: z.optional(z.string()),
})

const viewSending = (sending: Sending): z.input<typeof sendingView> => ({
  ...sending,
  at: iso(sending.at),
  overAt: sending.overAt && iso(sending.overAt),
  cost: sending.cost === undefined ? undefined : formatMoney(sending.cost),
  shows: balanceShows(sending),
})

/** One order as staff see it: how it came to stand so, in whose words, and the money that moved for it. */
export const staffOrderWholeView = z.extend(staffOrderView, {
  comments: z.optional(z.string()),
  said: z.optional(z.string()),
  history: z.object({
    steps: z.array(z.object({ state: z.enum(orderStates), at: moment, reason: z.optional(z.enum(orderReasons)) })),
    /** Steps in between that were not kept, after the first ones. */
    skipped: z.int(),
    skippedAfter: z.int(),
  }),
  movements: z.array(z.object({ at: moment, kind: z.enum(entryKinds), amount, cause: z.string() })),
  /** What its provider was last heard to say, while it is asked about. */
  heard: z.optional(z.object({ status: z.string(), startCount: z.optional(z.int()), percentDone: z.optional(z.int()) })),
  /** Each time it was sent of which it is not certain what came of it: the evidence. */
  sendings: z.array(sendingView),
  /** What staff can do about it, as it stands. */
  ways: z.array(z.enum(settlings)),
  /** Who did not take it, one after the other, and in whose words. */
  tried: z.array(
    z.object({
      providerId: z.string(),
      providerServiceId: z.string(),
      at: moment,
      reason: z.enum(orderReasons),
      said: z.optional(z.string()),
    }),
  ),
})

/** What lies beside an order's own item. */
interface Beside {
  readonly movements: readonly Entry[]
  readonly sendings: readonly Sending[]
  readonly tried: readonly Tried[]
}

export function viewWholeOrder(
  order: Order,
  payload: OrderPayload,
  { movements, sendings, tried }: Beside,
): z.input<typeof staffOrderWholeView> {
  const { steps, skipped } = historyOf(order)
  return {
    ...order,
    ...viewOrder(order, order.link ?? payload.link),
    comments: payload.comments,
    history: { steps: steps.map((step) => ({ ...step, at: iso(step.at) })), skipped, skippedAfter: keptFirst },
    tried: tried.map((one) => ({ ...one, at: iso(one.at) })),
    movements: movements.map(({ at, kind, amount, cause }) => ({ at: iso(at), kind, amount: formatMoney(amount), cause })),
    heard: order.heard === undefined ? undefined : readDigest(order.heard),
    sendings: sendings.map(viewSending),
    ways: [...waysToSettle(order)],
  }
}

export const walletView = z.object({ available: amount, held: amount, debt: amount, total: amount })
export const viewWallet = (wallet: Wallet): z.input<typeof walletView> => ({
  available: formatMoney(wallet.available),
  held: formatMoney(wallet.held),
  debt: formatMoney(wallet.debt),
  total: formatMoney(total(wallet)),
})

export const entryView = z.object({
  at: moment,
  kind: z.enum(entryKinds),
  amount,
  balanceAfter: amount,
  orderId: z.optional(z.int()),
  memo: z.optional(z.string()),
})
/** Staff see who moved it, too. */
export const staffEntryView = z.extend(entryView, { by: z.optional(z.string()), agreedBy: z.optional(z.string()) })
export const viewEntry = (line: Entry & { readonly balanceAfter: Money }): z.input<typeof entryView> => ({
  ...line,
  at: iso(line.at),
  amount: formatMoney(line.amount),
  balanceAfter: formatMoney(line.balanceAfter),
})

export const page = <Row extends z.core.$ZodType>(rows: Row) => z.object({ rows: z.array(rows), cursor: z.optional(z.string()) })
