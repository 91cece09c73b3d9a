import type { Answer } from '../../../api.ts'
import { sum } from '../../../shared/amounts.ts'
import { noCancelWords, noRefillWords } from '../why-not.ts'

type Order = Answer<'GET /api/orders/{orderId}'>

/** What is asked for many orders at once. */
export type Wish = 'refill' | 'cancel'
/** As many as the reseller protocol takes in one call. */
export const mostAtOnce = 100

/** Whether what is wished may be asked for an order now. */
export type Verdict =
  /** `back`: comes back at once, because nothing was sent. */
  | { readonly may: true; readonly back?: string }
  | { readonly may: false; readonly why: string; readonly opensAt?: string | undefined }

export function verdictOn(order: Order, wish: Wish): Verdict {
  if (wish === 'refill') {
    const { may, because, opensAt } = order.refill
    return may ? { may } : { may, why: because ? noRefillWords[because] : 'It is not refilled now.', opensAt }
  }
  // What has not begun of an order in runs is steered by itself, with what it costs beside it.
  if (order.feed) return { may: false, why: 'An order in runs is canceled on its own page, where its runs are.' }
  const { may, because, opensAt, how } = order.cancel
  if (may) return how === 'withdraw' ? { may, back: order.charge } : { may }
  return { may, why: because ? noCancelWords[because] : 'It is not canceled now.', opensAt }
}

/** Those that may not, by the reason they share. */
export function byReason(verdicts: ReadonlyMap<number, Verdict>): ReadonlyMap<string, readonly number[]> {
  const refused = [...verdicts].flatMap(([order, verdict]) => (verdict.may ? [] : [[order, verdict.why] as const]))
  return new Map(
    [...Map.groupBy(refused, ([, why]) => why)].map(([why, orders]) => [
      why,
      orders.map(([order]) => order).toSorted((one, other) => other - one),
    ]),
  )
}

/** What comes back at once, of those that were not sent: how many, and how much. */
export function backAtOnce(verdicts: ReadonlyMap<number, Verdict>): { readonly orders: number; readonly amount: string } {
  const amounts = [...verdicts.values()].flatMap((verdict) => (verdict.may && verdict.back !== undefined ? verdict.back : []))
  return { orders: amounts.length, amount: amounts.reduce(sum, '0') }
}
