import type { ProviderOrderId, ProviderRefillId, ProviderServiceId } from '../ids.ts'
import type { Pace } from '../orders/runs.ts'

/**
 * Everything that may ever be said to an upstream provider. There is no field for a name, an email, an address, or a
 * number of a customer's, so none can be sent: P-UP-1.
 */
export type Outgoing =
  | {
      readonly action: 'add'
      readonly service: ProviderServiceId
      readonly link: string
      /** Only for types that are ordered by quantity; of one run, where there are several. */
      readonly quantity?: number
      /** Where the provider delivers in runs itself: how many, and the minutes between. */
      readonly pace?: Pace
      readonly comments?: string
    }
  | { readonly action: 'status'; readonly orders: readonly ProviderOrderId[] }
  | { readonly action: 'refill'; readonly order: ProviderOrderId }
  | { readonly action: 'refill_status'; readonly refills: readonly ProviderRefillId[] }
  | { readonly action: 'cancel'; readonly order: ProviderOrderId }
  | { readonly action: 'services' }
  | { readonly action: 'balance' }

const allowed = {
  add: ['service', 'link', 'quantity', 'runs', 'interval', 'comments'],
  status: ['order', 'orders'],
  refill: ['order'],
  refill_status: ['refill', 'refills'],
  cancel: ['orders'],
  services: [],
  balance: [],
} as const satisfies Record<Outgoing['action'], readonly string[]>

/** The request as a form. The bytes are checked before they may leave: P-UP-2. */
export function writeForm(apiKey: string, outgoing: Outgoing): string {
  const form = new URLSearchParams({ key: apiKey, action: outgoing.action })
  switch (outgoing.action) {
    case 'add':
      form.set('service', outgoing.service)
      form.set('link', outgoing.link)
      if (outgoing.quantity !== undefined) form.set('quantity', String(outgoing.quantity))
      if (outgoing.pace) {
        form.set('runs', String(outgoing.pace.runs))
        form.set('interval', String(outgoing.pace.interval))
      }
      if (outgoing.comments !== undefined) form.set('comments', outgoing.comments.replaceAll('\n', '\r\n'))
      break
    case 'status':
      form.set(outgoing.orders.length === 1 ? 'order' : 'orders', outgoing.orders.join(','))
      break
    case 'refill':
      form.set('order', outgoing.order)
      break
    case 'refill_status':
      form.set(outgoing.refills.length === 1 ? 'refill' : 'refills', outgoing.refills.join(','))
      break
    case 'cancel':
      // A list of one: the one form of it that all of them know.
      form.set('orders', outgoing.order)
      break
    case 'services':
    case 'balance':
      break
  }
  return checked(form.toString(), outgoing.action)
}

/** Reads the bytes back and stops whatever is not on the list, however it got there. */
export function checked(body: string, action: Outgoing['action']): string {
  const fine: readonly string[] = ['key', 'action', ...allowed[action]]
  for (const name of new URLSearchParams(body).keys())
    if (!fine.includes(name)) throw new Error(`“${name}” must not be sent to a provider with ${action}`)
  return body
}
