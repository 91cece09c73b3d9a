import type { Service } from '../../core/catalogue/service.ts'
import type { CustomerId, OrderId } from '../../core/ids.ts'
import type { Need } from '../../core/need.ts'
import type { Order } from '../../core/orders/order.ts'
import { type MayRefill, mayRefill, type Refill } from '../../core/orders/refill.ts'
import { Refusal } from '../../core/refusals.ts'
import { isBlocked, maySeeBlocks } from '../blocks.ts'
import { getService } from '../services.ts'
import { getOrder } from './get.ts'
import { linkOf } from './payload.ts'
import { askForRefills, readRefills, refillRefused } from './refills.ts'

interface RequestRefills {
  /** Asks for an order of this customer's to be made good. Refuses with the reason where it may not be now. */
  request(customer: CustomerId, order: OrderId, now: Date): Promise<Refill>
}

export const requestRefills = {
  allow: [...askForRefills.allow, maySeeBlocks, { on: 'table', actions: ['GetItem'], keys: ['ORDER#*', 'PAYLOAD#*', 'CATALOGUE'] }],
  open: (): RequestRefills => {
    const asking = askForRefills.open()
    return {
      async request(customer, number, now) {
        const order = await getOrder(customer, number)
        if (!order) throw new Refusal('order-not-found')
        const [service, blocked] = await Promise.all([getService(order.serviceId), isUnwanted(order)])
        if (blocked) throw refillRefused('target-blocked')
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
  allow: [...readRefills.allow, maySeeBlocks, { on: 'table', actions: ['GetItem'], keys: ['CATALOGUE', 'PAYLOAD#*'] }],
  open: (): RefillOutlook => {
    const reading = readRefills.open()
    return {
      async of(order, now) {
        const [service, refills] = await Promise.all([getService(order.serviceId), reading.of(order.customerId, order.orderId)])
        const next = mayRefill(order, service, refills.at(-1), now)
        return { refills, next: next.may && (await isUnwanted(order)) ? { may: false, because: 'target-blocked' } : next }
      },
    }
  },
} satisfies Need<RefillOutlook>

/** Whether its target was blocked since. What is missed by a moment is seen before anything is sent. */
async function isUnwanted(order: Order): Promise<boolean> {
  const link = await linkOf(order)
  return link !== undefined && isBlocked(link, { consistent: false })
}

/** What the order was bought as; undefined where its service is bought elsewhere by now, and nobody can say what that one does. */
export const bought = ({ providerId, providerServiceId }: Order, service: Service | undefined) =>
  service?.source.providerId === providerId && service.source.providerServiceId === providerServiceId ? service.source : undefined
