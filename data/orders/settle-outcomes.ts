import { type Money, plus } from '../../core/money.ts'
import type { Need } from '../../core/need.ts'
import type { Order } from '../../core/orders/order.ts'
import { outcomeOf } from '../../core/orders/settling.ts'
import { Refusal } from '../../core/refusals.ts'
import { mayAudit } from '../audit.ts'
import { giveBack } from './give-back.ts'
import { type Decision, decided, step } from './staff-decisions.ts'

interface SettleOutcomes {
  /** It was delivered in full, in part or not at all, and is over. What was not delivered goes back: `refund`, or it is refused. */
  settle(decision: Decision, as: 'completed' | 'partial' | 'canceled', remains: number | undefined, refund: Money): Promise<Order>
}

export const settleOutcomes = {
  allow: [
    { on: 'table', actions: ['GetItem'], keys: ['ORDER#*', 'WALLET#*'] },
    { on: 'table', actions: ['UpdateItem'], keys: ['ORDER#*', 'WALLET#*'], onlyIn: 'TransactWriteItems' },
    { on: 'table', actions: ['PutItem'], keys: ['ENTRY#*', 'CAUSE#*'], onlyIn: 'TransactWriteItems' },
    ...mayAudit,
  ],
  open: () => ({
    settle: (decision, as, remains, refund) =>
      decided(decision, as, async (order) => {
        const outcome = outcomeOf(order, as, remains)
        if (!outcome) throw new Refusal('invalid-request', { fields: ['remains'] })
        if (outcome.refund !== refund) throw new Refusal('changed-meanwhile')
        const orderLeg = step(order, decision, as, outcome.transition, {
          set: { remains: outcome.remains, refunded: plus(order.refunded, outcome.refund) },
          remove: ['reason', 'said', 'openOn', 'heard', 'leaseUntil'],
        })
        const { audit, at } = decision
        return giveBack({ order, amount: outcome.refund, remains: outcome.remains, orderLeg, at, audit })
      }),
  }),
} satisfies Need<SettleOutcomes>
