import type { CustomerId, OrderId } from '../../core/ids.ts'
import type { Need } from '../../core/need.ts'
import type { Refill } from '../../core/orders/refill.ts'
import { Refusal } from '../../core/refusals.ts'
import { maySeeBlocks } from '../blocked.ts'
import { getService } from '../services.ts'
import { bought } from './bought.ts'
import { getOrder } from './get.ts'
import { isUnwanted } from './refill-outlook.ts'
import { askForRefills, refillRefused } from './refills.ts'

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
