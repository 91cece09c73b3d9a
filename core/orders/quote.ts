import { isSold, type SellingRules } from '../catalogue/is-sold.ts'
import { fits, linkPatterns } from '../catalogue/link-patterns.ts'
import type { Service } from '../catalogue/service.ts'
import { type ServiceType, serviceTypeRule } from '../catalogue/service-types.ts'
import { type Money, money, priceOf } from '../money.ts'
import { Refusal } from '../refusals.ts'
import { publicLink } from './link.ts'

/** What somebody asks for: unchecked, and without a price. Prices are the panel's. */
export interface Ask {
  readonly link?: string | undefined
  readonly quantity?: number | undefined
  /** Lines, ended by `\n` or `\r\n`. */
  readonly comments?: string | undefined
  readonly runs?: number | undefined
}

/** An order that can be placed, with what it costs. */
export interface Quote {
  readonly type: ServiceType
  readonly link: string
  /** What is delivered and held against `remains`: 1 for a package. */
  readonly quantity: number
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
  if (ask.runs !== undefined && ask.runs > 1) throw new Refusal('drip-feed-unavailable')
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
      return byQuantity(service, base, ask.quantity ?? Number.NaN)
    case 'lines of comments':
      return byQuantity(service, base, comments?.length ?? Number.NaN)
    case 'lines of usernames':
    case 'each created order':
      throw new Refusal('service-not-found')
  }
}

function byQuantity(service: Service, base: Omit<Quote, 'quantity' | 'charge'>, quantity: number): Quote {
  const bounds = { min: service.min, max: service.max }
  if (!Number.isSafeInteger(quantity)) throw new Refusal('invalid-request', { field: 'quantity' })
  if (quantity < service.min) throw new Refusal('quantity-too-small', bounds)
  if (quantity > service.max) throw new Refusal('quantity-too-large', bounds)
  return { ...base, quantity, charge: priceOf(service.rate, quantity) }
}

function readComments(text: string | undefined): string[] {
  const lines = (text ?? '')
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
  if (lines.length === 0 || Buffer.byteLength(lines.join('\n')) > largestComments) throw new Refusal('comments-invalid')
  return lines
}
