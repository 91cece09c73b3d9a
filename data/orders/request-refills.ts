import type { Service } from '../../core/catalogue/service.ts'
import type { CustomerId, OrderId } from '../../core/ids.ts'
import type { Need } from '../../core/need.ts'
import type { Order } from '../../core/orders/order.ts'
import { type MayRefill, mayRefill, type Refill } from '../../core/orders/refill.ts'
import { Refusal } from '../../core/refusals.ts'
import { getService } from '../services.ts'
import { getOrder } from './get.ts'
import { askForRefills, readRefills } from './refills.ts'

interface RequestRefills {
  /** Asks for an order of this customer's to be made good. Refuses with the reason where it may not be now. */
  request(customer: CustomerId, order: OrderId, now: Date): Promise<Refill>
}

export const requestRefills = {
  allow: [...askForRefills.allow, { on: 'table', actions: ['GetItem'], keys: ['ORDER#*', 'CATALOGUE'] }],
  open: (): RequestRefills => {
    const asking = askForRefills.open()
    return {
      async request(customer, number, now) {
        const order = await getOrder(customer, number)
        if (!order) throw new Refusal('order-not-found')
        const service = await getService(order.serviceId)
        return asking.ask(order, service, order.providerOrderId && bought(order, service)?.refill ? 'provider' : 'staff', now)
      },
    }
  },
} satisfies Need<RequestRefills>

interface RefillOutlook {
  /** All refills of an order, oldest first, and whether there may be another. */
  of(order: Order, now: Date): Promise<{ readonly refills: readonly Refill[]; readonly next: MayRefill }>
}

export const refillOutlook = {
  allow: [...readRefills.allow, { on: 'table', actions: ['GetItem'], keys: ['CATALOGUE'] }],
  open: (): RefillOutlook => {
    const reading = readRefills.open()
    return {
      async of(order, now) {
        const [service, refills] = await Promise.all([getService(order.serviceId), reading.of(order.customerId, order.orderId)])
        return { refills, next: mayRefill(order, service, refills.at(-1), now) }
      },
    }
  },
} satisfies Need<RefillOutlook>

/** What the order was bought as; undefined where its service is bought elsewhere by now, and nobody can say what that one does. */
export const bought = ({ providerId, providerServiceId }: Order, service: Service | undefined) =>
  service?.source.providerId === providerId && service.source.providerServiceId === providerServiceId ? service.source : undefined
