import { isManual } from '../../core/catalogue/manual.ts'
import type { CustomerId, OrderId } from '../../core/ids.ts'
import type { Need } from '../../core/need.ts'
import { type CancelRequest, type MayCancel, mayCancel } from '../../core/orders/cancel-request.ts'
import type { Order } from '../../core/orders/order.ts'
import type { AskedOf, RequestReason } from '../../core/orders/request.ts'
import { isFeed } from '../../core/orders/runs.ts'
import { Refusal } from '../../core/refusals.ts'
import { iso } from '../../core/time.ts'
import { getService } from '../services.ts'
import { bought } from './bought.ts'
import { askToCancel, readCancelRequests } from './cancel-requests.ts'
import { getOrder } from './get.ts'
import { steerRuns } from './steer-runs.ts'
import { withdrawOrders } from './withdraw-orders.ts'

interface RequestCancels {
  /**
   * Cancels an order of this customer's that was not sent, all of it paid back at once; or puts the wish before whoever has
   * it. Refuses with the reason where neither may be now.
   */
  request(customer: CustomerId, order: OrderId, now: Date): Promise<'withdrawn' | 'asked'>
}

export const requestCancels = {
  allow: [
    ...withdrawOrders.allow,
    ...readCancelRequests.allow,
    ...askToCancel.allow,
    ...steerRuns.allow,
    { on: 'table', actions: ['GetItem'], keys: ['CATALOGUE'] },
  ],
  open: (): RequestCancels => {
    const [withdrawing, reading, asking] = [withdrawOrders.open(), readCancelRequests.open(), askToCancel.open()]
    const steering = steerRuns.open()
    return {
      async request(customer, number, now) {
        // Workers move it on meanwhile: looked at anew as often as they do, and they do not do so forever.
        for (let tries = 0; tries < 20; tries++) {
          const order = await getOrder(customer, number)
          if (!order) throw new Refusal('order-not-found')
          const [service, before] = await Promise.all([getService(order.serviceId), reading.of(customer, number)])
          const verdict = mayCancel(order, service, before, now)
          if (!verdict.may) throw cancelRefused(verdict)
          if (isFeed(order)) {
            const { refunded, charge } = await steering.steer({ customer, order: number, step: 'cancel', at: now })
            return refunded === charge ? 'withdrawn' : 'asked'
          }
          if (verdict.how === 'withdraw') {
            if ((await withdrawing.withdraw(customer, number, now)).state === 'canceled') return 'withdrawn'
            continue
          }
          if (await asking.ask(order, whomToAsk(order, bought(order, service)?.cancel ?? false), before, now)) return 'asked'
        }
        throw new Error(`order ${number} did not stand still while it was to be canceled`)
      },
    }
  },
} satisfies Need<RequestCancels>

interface CancelOutlook {
  /** What was asked for an order, and whether it may be canceled. */
  of(order: Order, now: Date): Promise<{ readonly asked: CancelRequest | undefined; readonly next: MayCancel }>
}

export const cancelOutlook = {
  allow: [...readCancelRequests.allow, { on: 'table', actions: ['GetItem'], keys: ['CATALOGUE'] }],
  open: (): CancelOutlook => {
    const reading = readCancelRequests.open()
    return {
      async of(order, now) {
        const { customerId, orderId, serviceId } = order
        const [service, asked] = await Promise.all([getService(serviceId), reading.of(customerId, orderId)])
        return { asked, next: mayCancel(order, service, asked, now) }
      },
    }
  },
} satisfies Need<CancelOutlook>

function whomToAsk(order: Order, providerCancels: boolean): { askedOf: AskedOf; reason?: RequestReason } {
  if (order.state === 'unknown') return { askedOf: 'staff', reason: 'order-unknown' }
  return providerCancels && !isManual(order) ? { askedOf: 'provider' } : { askedOf: 'staff', reason: 'not-offered-by-provider' }
}

const cancelRefused = ({ because, opensAt }: Extract<MayCancel, { may: false }>): Refusal =>
  new Refusal('cancel-unavailable', { because, ...(opensAt ? { opensAt: iso(opensAt) } : {}) })
