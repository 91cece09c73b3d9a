import { serviceTypeRule } from '../catalogue/service-types.ts'
import { type Money, minus, shareOf, zero } from '../money.ts'
import type { Order, OrderReason } from './order.ts'
import { mayGo, type TransitionName, transitions } from './states.ts'

/** What a provider says of an order. `status` is undefined for a word nobody knows. */
export interface StatusReport {
  readonly status: 'pending' | 'in-progress' | 'processing' | 'completed' | 'partial' | 'canceled' | undefined
  readonly startCount?: number | undefined
  readonly remains?: number | undefined
  /** The word itself, where nobody knows it. */
  readonly said?: string | undefined
}

/** What is to be written after hearing a report. */
export type Consequence =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'attention'; readonly reason: OrderReason }
  | {
      readonly kind: 'moved'
      readonly transition: Progress | 'complete'
      readonly startCount?: number | undefined
      readonly remains?: number | undefined
    }
  | {
      readonly kind: 'refund'
      readonly transition: 'endPartial' | 'cancel'
      readonly remains: number
      /** What goes back now: what is owed for `remains` less what went back before. */
      readonly amount: Money
      readonly startCount?: number | undefined
    }
type Progress = Extract<TransitionName, 'wait' | 'start' | 'process'>

const nothing: Consequence = { kind: 'nothing' }

/** What follows from a report, for an order as it stands. Hearing the same twice changes nothing the second time. */
export function consequence(order: Order, report: StatusReport): Consequence {
  const remains = report.remains === undefined ? undefined : within(report.remains, order.quantity)
  switch (report.status) {
    case undefined:
      return attention(order, 'status-unknown')
    case 'pending':
      // Until it has started, a start count says nothing: providers put a 0 there.
      return progress(order, 'wait', undefined, remains)
    case 'in-progress':
      return progress(order, 'start', report.startCount, remains)
    case 'processing':
      return progress(order, 'process', report.startCount, remains)
    case 'completed':
      return mayGo('complete', order.state)
        ? { kind: 'moved', transition: 'complete', startCount: report.startCount, remains: 0 }
        : nothing
    case 'partial':
      // What remains of a package is counted in things that the order does not know: no share can be told.
      return remains === undefined || isPackage(order)
        ? attention(order, 'partial-without-remains')
        : refund(order, 'endPartial', remains, report.startCount)
    case 'canceled':
      // Canceled with nothing remaining contradicts itself: no money moves until somebody has looked.
      return remains === 0 || (isPackage(order) && (report.remains ?? 1) > 1)
        ? attention(order, 'canceled-without-remains')
        : refund(order, 'cancel', remains ?? order.quantity, report.startCount)
  }
}

function progress(order: Order, transition: Progress, startCount: number | undefined, remains: number | undefined): Consequence {
  if (!mayGo(transition, order.state)) return nothing
  const same =
    order.state === transitions[transition].to &&
    order.reason === undefined &&
    (startCount === undefined || startCount === order.startCount) &&
    (remains === undefined || step(remains, order.quantity) === step(order.remains ?? order.quantity, order.quantity))
  return same ? nothing : { kind: 'moved', transition, startCount, remains }
}

/** A refund grows with `remains` and is never taken back; what went back before is not paid again. */
export function refund(
  order: Order,
  transition: 'endPartial' | 'cancel',
  remains: number,
  startCount: number | undefined,
): Consequence {
  if (!mayGo(transition, order.state)) return nothing
  const owed = shareOf(order.charge, remains, order.quantity)
  const amount = owed > order.refunded ? minus(owed, order.refunded) : zero
  const saidBefore = order.state === transitions[transition].to && amount === zero
  return saidBefore ? nothing : { kind: 'refund', transition, remains, amount, startCount }
}

const attention = (order: Order, reason: OrderReason): Consequence =>
  order.reason === reason || order.state === 'canceled' ? nothing : { kind: 'attention', reason }

const isPackage = ({ type }: Order): boolean => serviceTypeRule(type).charged === 'one package'

const within = (remains: number, quantity: number): number => Math.min(Math.max(remains, 0), quantity)

/** How many tenths are done: `remains` alone is written when this changes, not at every unit. */
const step = (remains: number, quantity: number): number => Math.floor(((quantity - within(remains, quantity)) * 10) / quantity)

/**
 * A report in the short form the index of open orders carries, so that a poll sees what is new without reading the
 * orders. Ends in the quantity, which `quantityIn` takes out again.
 */
export const digest = (report: StatusReport, quantity: number): string =>
  [
    report.status ?? '?',
    report.startCount ?? '',
    report.remains === undefined ? '' : step(report.remains, quantity),
    quantity,
  ].join('|')

/** A digest in words: the status, and how much was done to within a tenth. */
export function readDigest(heard: string) {
  const [status = '?', startCount = '', tenths = ''] = heard.split('|')
  return {
    status: status === '?' ? 'unknown' : status,
    ...(startCount === '' ? {} : { startCount: Number(startCount) }),
    ...(tenths === '' ? {} : { percentDone: Number(tenths) * 10 }),
  }
}

export const quantityIn = (heard: string): number => Number(heard.slice(heard.lastIndexOf('|') + 1))
