import type { OrderState } from '../../../core/orders/states.ts'
import { orderStates } from '../../shared/order-words.ts'

/** What is looked for, as it stands in the address. With a search, the filters wait. */
export interface OrderWish {
  readonly find?: string
  readonly state?: OrderState
  readonly day?: string
  readonly provider?: string
  readonly customer?: string
}

type Search = Readonly<Record<string, unknown>>
const text = (value: unknown): string | undefined => {
  const written = typeof value === 'number' ? String(value) : value
  return typeof written === 'string' && written.trim() !== '' ? written.trim().slice(0, 2_100) : undefined
}

export function readWish(search: Search): OrderWish {
  const [find, day, provider, customer] = [search['find'], search['day'], search['provider'], search['customer']].map(text)
  const state = orderStates.find((one) => one === search['state'])
  return {
    ...(find ? { find } : {}),
    ...(state ? { state } : {}),
    ...(day && /^\d{4}-\d\d-\d\d$/.test(day) ? { day } : {}),
    ...(provider ? { provider } : {}),
    ...(customer ? { customer } : {}),
  }
}

/** What somebody means by what they typed: a number may be ours or a provider's. */
export type Meant =
  | { readonly kind: 'number'; readonly number: string }
  | { readonly kind: 'provider number'; readonly number: string }
  | { readonly kind: 'link'; readonly link: string }

export function meantBy(find: string): Meant {
  if (/^\d{1,10}$/.test(find)) return { kind: 'number', number: find }
  return /^[A-Za-z0-9_-]{1,64}$/.test(find) ? { kind: 'provider number', number: find } : { kind: 'link', link: find }
}

/** States in which an order is on a list of its own, whatever day it is of. */
export const isOpenState = (state: OrderState | undefined): boolean =>
  state !== undefined && !['completed', 'partial', 'canceled', 'refused'].includes(state)
