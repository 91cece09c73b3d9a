import type { OrderId } from '../ids.ts'
import { type Money, minus, plus, priceOf, type Rate, shareOf } from '../money.ts'
import { later } from '../time.ts'
import type { Order } from './order.ts'
import type { OrderState, TransitionName } from './states.ts'

/** Runs of one order, at most. */
export const mostRuns = 1_000
/** Between two runs, in minutes: a week at most. */
export const longestInterval = 7 * 1_440
/** From the first run to the last: a link that is held for an order is not held for longer than a year. */
export const longestFeedDays = 180
/** A customer's pause ends so many days later: what has not begun by then is canceled, and its charge goes back. */
export const longestPauseDays = 30
/** Slots that a customer has for orders in runs; an order takes one for each so many of its runs, and one at least. */
export const feedSlots = 50
export const runsPerSlot = 200

/** How often an order is delivered, and how many minutes lie between. */
export interface Pace {
  readonly runs: number
  readonly interval: number
}

/** How far an order has come whose runs the panel starts itself. Each run is an order of its own. */
export interface Feed {
  /** Runs that were started. */
  readonly started: number
  /** Of those: how many are over, were delivered whole, and were called off or taken by nobody. */
  readonly over: number
  readonly completed: number
  readonly canceled: number
  /** When it is to be looked at again: its next run is due, or the runs under way are counted. */
  readonly nextAt: Date
  readonly pausedBy?: 'customer' | 'staff' | undefined
  /** Since when, where the customer did it. */
  readonly pausedAt?: Date | undefined
  /** No further run is started. */
  readonly stoppedAt?: Date | undefined
  /** Counts its changes: what was read at one turn is not written over another. */
  readonly turn: number
}

/** An order that is delivered in runs which the panel starts. */
export type FeedOrder = Order & Pace & { readonly feed: Feed }

export const isFeed = (order: Order): order is FeedOrder =>
  order.feed !== undefined && order.runs !== undefined && order.interval !== undefined

/** Which run of which order this order is. */
export interface RunOf {
  readonly order: OrderId
  readonly run: number
}

export const newFeed = (at: Date): Feed => ({ started: 0, over: 0, completed: 0, canceled: 0, nextAt: at, turn: 0 })

/** How many of its customer's slots an order takes until it is over. */
export const slotsFor = ({ runs }: Pick<Pace, 'runs'>): number => Math.ceil(runs / runsPerSlot)

/** When a customer's pause is over, and with it the order's runs. Staff pause for as long as they see fit. */
export const pauseEndsAt = ({ pausedBy, pausedAt }: Feed): Date | undefined =>
  pausedBy === 'customer' && pausedAt ? later(pausedAt, longestPauseDays * 86_400) : undefined

/** Things in one run. */
export const perRun = ({ quantity, runs }: { readonly quantity: number; readonly runs: number }): number => quantity / runs

/** What the first `count` runs cost together. Whatever is rounded off one run is in a later one: all of them cost the charge. */
const upTo = (count: number, { charge, runs }: { readonly charge: Money; readonly runs: number }): Money =>
  shareOf(charge, count, runs)

/** What one run costs, the first being 1. The shares of all runs add up to the charge. */
export const chargeOfRun = (run: number, order: { readonly charge: Money; readonly runs: number }): Money =>
  minus(upTo(run, order), upTo(run - 1, order))

/** Whether its runs cost more by now than was paid for them. */
export const isAtALoss = ({ charge, quantity }: Pick<Order, 'charge' | 'quantity'>, cost: Rate): boolean =>
  priceOf(cost, quantity) > charge

/** What has not been used for runs yet. */
export const unused = ({ charge, runs, feed }: FeedOrder): Money => minus(charge, upTo(feed.started, { charge, runs }))
/** Things in the runs that were not started. */
export const unstarted = (order: FeedOrder): number => (order.runs - order.feed.started) * perRun(order)

/** Whether a further run will be started, now or after a pause. */
export const hasRunsLeft = ({ state, runs, feed }: FeedOrder): boolean =>
  state === 'in-progress' && feed.stoppedAt === undefined && feed.started < runs

/** A schedule comes by once a minute, so a run is begun a little late as a rule; that does not put off the next one. */
const punctualSeconds = 120

/**
 * When the run after the one that was due at `due` and begins at `now` is due. A run that begins late puts off all that
 * follow: what was missed is caught up with one run per interval, and not with all at once.
 */
export function nextRunAt(due: Date, now: Date, interval: number): Date {
  const late = (now.getTime() - due.getTime()) / 1_000
  return later(late < Math.min(punctualSeconds, interval * 60) ? due : now, interval * 60)
}

/** Shortest and longest time between two counts of runs that are under way. */
const countSeconds = { least: 600, most: 21_600 }

/** When runs that are under way are counted once more, in case news of one was lost: seldom, the longer nothing changes. */
export function nextCountAt({ changedAt }: Order, now: Date): Date {
  const still = (now.getTime() - changedAt.getTime()) / 4_000
  return later(now, Math.min(Math.max(still, countSeconds.least), countSeconds.most))
}

/**
 * Whether the runs under way are counted as well when the next is started: several times a day, and not with each of a
 * thousand runs a minute apart. News of every change comes by itself; this makes up for what was lost of it.
 */
export function isCountedNow({ acceptedAt, feed, interval }: FeedOrder, now: Date): boolean {
  const slot = (at: Date): number => Math.floor((at.getTime() - acceptedAt.getTime()) / (countSeconds.most * 1_000))
  return slot(now) !== slot(later(feed.nextAt, -interval * 60))
}

/** When a run is tried again that could not be started. */
export const nextTryAt = ({ interval }: Pace, now: Date): Date => later(now, Math.min(Math.max(interval * 60, 300), 3_600))

/** What an order has counted of one of its runs. */
export interface Counted {
  readonly state: OrderState
  readonly remains: number
  readonly refunded: Money
}

export const countedOf = ({ state, remains, quantity, refunded }: Order): Counted => ({
  state,
  remains: remains ?? quantity,
  refunded,
})
export const isSameCount = (one: Counted, other: Counted): boolean =>
  one.state === other.state && one.remains === other.remains && one.refunded === other.refunded

const ends: readonly OrderState[] = ['completed', 'partial', 'canceled', 'refused']
export const isOver = (state: OrderState): boolean => ends.includes(state)
const tally = ({ state }: Counted) => ({
  over: isOver(state) ? 1 : 0,
  completed: state === 'completed' ? 1 : 0,
  canceled: state === 'canceled' || state === 'refused' ? 1 : 0,
})

/** The order's sums with one of its runs counted as it `is`, which was counted as it `was`. */
export function recount({ feed, remains, quantity, refunded }: FeedOrder, was: Counted, is: Counted) {
  const [before, after] = [tally(was), tally(is)]
  return {
    feed: {
      ...feed,
      over: feed.over + after.over - before.over,
      completed: feed.completed + after.completed - before.completed,
      canceled: feed.canceled + after.canceled - before.canceled,
    },
    remains: (remains ?? quantity) + is.remains - was.remains,
    refunded: plus(refunded, minus(is.refunded, was.refunded)),
  }
}

/** How an order ends by what became of its runs; undefined while one is under way, or is still to come. */
export function endOf(
  { started, over, completed, canceled, stoppedAt }: Feed,
  runs: number,
): Extract<TransitionName, 'complete' | 'endPartial' | 'cancel'> | undefined {
  if (over < started || (started < runs && stoppedAt === undefined)) return undefined
  if (completed === runs) return 'complete'
  return canceled === started ? 'cancel' : 'endPartial'
}
