import type { CustomerId, StaffId } from '../core/ids.ts'
import { type Money, minus, negative, zero } from '../core/money.ts'
import type { Need } from '../core/need.ts'
import { Refusal } from '../core/refusals.ts'
import type { AuditRecord } from '../core/staff/audit.ts'
import { dayOf, epochSeconds, later } from '../core/time.ts'
import { causes, type Entry } from '../core/wallet/entry.ts'
import { mayAudit, transactAudited } from './audit.ts'
import { mayRequestCredits, notWaiting, requestCredit } from './credit-requests.ts'
import { causeLeg, entryLeg, movedBy } from './entries.ts'
import { keys } from './keys.ts'
import type { NamedLeg } from './transact.ts'
import { getWallet, receive } from './wallets.ts'

/** A credit or debit by staff. `requestId` makes a second click the same movement. */
export interface Adjustment {
  readonly customer: CustomerId
  readonly kind: 'credit' | 'debit'
  readonly amount: Money
  readonly memo: string
  readonly by: StaffId
  readonly requestId: string
  readonly at: Date
}

interface AdjustWallets {
  /**
   * Moves the money once, with `audit` in the same breath. A credit beyond what one person may credit `alone` in a day
   * (UTC) moves nothing and waits for a second one. The same request again changes nothing, and is refused with another
   * amount. Refuses a debit that the wallet does not cover.
   */
  adjust(adjustment: Adjustment, alone: Money, audit: AuditRecord): Promise<'moved' | 'waits'>
}

export const adjustWallets = {
  allow: [
    { on: 'table', actions: ['GetItem'], keys: ['WALLET#*', 'CAUSE#*'] },
    { on: 'table', actions: ['UpdateItem'], keys: ['WALLET#*', 'CREDITED#*'], onlyIn: 'TransactWriteItems' },
    { on: 'table', actions: ['PutItem'], keys: ['ENTRY#*', 'CAUSE#*'], onlyIn: 'TransactWriteItems' },
    ...mayRequestCredits,
    ...mayAudit,
  ],
  open: () => ({
    async adjust(adjustment, alone, audit) {
      const { customer, kind, amount, memo, by, requestId, at } = adjustment
      if (kind === 'credit' && amount > alone) return requestCredit(adjustment, audit)
      const signed = kind === 'credit' ? amount : negative(amount)
      const movement: Entry = { at, kind, cause: causes.staff(kind, requestId), amount: signed, memo, by }
      for (;;) {
        const seen = await getWallet(customer)
        if (!seen) throw new Refusal('customer-not-found')
        const refused = await transactAudited(audit, at, {
          cause: causeLeg(customer, movement),
          ...(kind === 'credit' ? { waiting: notWaiting(adjustment), share: share(by, amount, alone, at) } : {}),
          wallet: kind === 'credit' ? receive(seen, amount) : withdraw(customer, amount),
          entry: entryLeg(customer, movement),
        })
        switch (refused) {
          case undefined:
            return 'moved'
          case 'cause': // The same request came twice, and the first time moved the money.
            if ((await movedBy(customer, movement.cause)) !== signed) throw new Refusal('request-id-reused')
            return 'moved'
          case 'waiting': // What was put before a second person once, stays there.
          case 'share':
            return requestCredit(adjustment, audit)
          case 'wallet':
            if (kind === 'debit') throw new Refusal('insufficient-funds')
            continue // The debt changed in between: look again.
          case 'entry':
            throw new Error(`the entry of ${movement.cause} exists without its cause`)
        }
      }
    },
  }),
} satisfies Need<AdjustWallets>

/** Takes money out by staff's hand, suspended or not. */
const withdraw = (customer: CustomerId, amount: Money): NamedLeg => ({
  Update: {
    Key: keys.wallet(customer),
    UpdateExpression: 'SET available = available - :amount, movements = movements + :one',
    ConditionExpression: 'available >= :amount',
    ExpressionAttributeValues: { ':amount': amount, ':one': 1 },
  },
})

/** Many small credits are one large one: what somebody credits in a day is counted where all of it passes. */
const share = (by: StaffId, amount: Money, alone: Money, at: Date): NamedLeg => ({
  Update: {
    Key: keys.credited(by, dayOf(at)),
    UpdateExpression: 'SET credited = if_not_exists(credited, :nothing) + :amount, expiresAt = :expiresAt',
    ConditionExpression: 'attribute_not_exists(credited) OR credited <= :room',
    ExpressionAttributeValues: {
      ':nothing': zero,
      ':amount': amount,
      ':room': minus(alone, amount),
      ':expiresAt': epochSeconds(later(at, 2 * 86_400)),
    },
  },
})
