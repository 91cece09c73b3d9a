import type { Need } from '../../core/need.ts'
import type { Order } from '../../core/orders/order.ts'
import { type MayRefill, mayRefill, type Refill } from '../../core/orders/refill.ts'
import { isBlocked, maySeeBlocks } from '../blocked.ts'
import { getService } from '../services.ts'
import { linkOf } from './payload.ts'
import { readRefills } from './refills.ts'

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
export async function isUnwanted(order: Order): Promise<boolean> {
  const link = await linkOf(order)
  return link !== undefined && isBlocked(link, { consistent: false })
}
