import { isSold, type SellingRules } from '../catalogue/is-sold.ts'
import { fits, linkPatterns } from '../catalogue/link-patterns.ts'
import type { Service } from '../catalogue/service.ts'
import { type ServiceType, serviceTypeRule } from '../catalogue/service-types.ts'
import { largestShortInteger } from '../ids.ts'
import { type Money, money, priceOf } from '../money.ts'
import { Refusal } from '../refusals.ts'
import { commentLines } from './comment-lines.ts'
import { publicLink } from './link.ts'
import { longestFeedDays, longestInterval, mostRuns, type Pace } from './runs.ts'

/** What somebody asks for: unchecked, and without a price. Prices are the panel's. */
export interface Ask {
  readonly link?: string | undefined
  readonly quantity?: number | undefined
  /** Lines, ended by `\n` or `\r\n`. */
  readonly comments?: string | undefined
  /** How often the quantity is delivered; once where it is left out. */
  readonly runs?: number | undefined
  /** Minutes between two runs. */
  readonly interval?: number | undefined
}

/** An order that can be placed, with what it costs. */
export interface Quote {
  readonly type: ServiceType
  readonly link: string
  /** What is delivered in all and held against `remains`: 1 for a package, all runs together for a drip-feed. */
  readonly quantity: number
  /** Where it is delivered in runs. */
  readonly pace?: Pace
  /** One per line, `\n` between; only for the types made of comments. */
  readonly comments?: string
  readonly charge: Money
}

/** Longest comments an order may carry, in bytes: they are one item of the table. */
const largestComments = 250_000

/** Checks what was asked against the service and prices it by the service's own rate. Refuses with the reason. */
export function quote(service: Service, ask: Ask, rules: SellingRules): Quote {
  const rule = serviceTypeRule(service.type)
  if (!isSold(service, rules)) throw new Refusal('service-not-found')
  const pace = paceOf(service, ask)
  const link = publicLink(ask.link ?? '')
  if (link === undefined) throw new Refusal('link-invalid')
  if (!fits(link, service.linkPattern)) {
    const { says, example } = linkPatterns[service.linkPattern]
    throw new Refusal('link-of-another-kind', { wants: says, example })
  }
  const comments = rule.required.some((field) => field === 'comments') ? readComments(ask.comments) : undefined
  const base = { type: service.type, link, ...(comments ? { comments: comments.join('\n') } : {}) }
  switch (rule.charged) {
    case 'one package':
      return { ...base, quantity: 1, charge: money(service.rate) }
    case 'quantity':
      return byQuantity(service, base, ask.quantity ?? Number.NaN, pace)
    case 'lines of comments':
      return byQuantity(service, base, comments?.length ?? Number.NaN)
    case 'lines of usernames':
    case 'each created order':
      throw new Refusal('service-not-found')
  }
}

/** `quantity` is of one run. */
function byQuantity(service: Service, base: Omit<Quote, 'quantity' | 'charge'>, quantity: number, pace?: Pace): Quote {
  const bounds = { min: service.min, max: service.max }
  if (!Number.isSafeInteger(quantity)) throw new Refusal('invalid-request', { field: 'quantity' })
  if (quantity < service.min) throw new Refusal('quantity-too-small', bounds)
  if (quantity > service.max) throw new Refusal('quantity-too-large', bounds)
  if (!pace) return { ...base, quantity, charge: priceOf(service.rate, quantity) }
  const whole = quantity * pace.runs
  if (whole > largestShortInteger) throw new Refusal('runs-invalid', { most: Math.floor(largestShortInteger / quantity) })
  return { ...base, quantity: whole, pace, charge: priceOf(service.rate, whole) }
}

/** One run is an order like any other, whatever is said of intervals. */
function paceOf(service: Service, { runs = 1, interval = Number.NaN }: Ask): Pace | undefined {
  if (runs === 0 || runs === 1) return undefined
  if (!service.dripFeed || !serviceTypeRule(service.type).optional.includes('runs')) throw new Refusal('drip-feed-unavailable')
  if (!Number.isSafeInteger(runs) || runs < 0 || runs > mostRuns) throw new Refusal('runs-invalid', { most: mostRuns })
  const most = Math.min(longestInterval, Math.floor((longestFeedDays * 1_440) / (runs - 1)))
  if (!Number.isSafeInteger(interval) || interval < 1 || interval > most) throw new Refusal('interval-invalid', { most })
  return { runs, interval }
}

function readComments(text: string | undefined): string[] {
  const lines = commentLines(text ?? '')
  if (lines.length === 0 || Buffer.byteLength(lines.join('\n')) > largestComments) throw new Refusal('comments-invalid')
  return lines
}
