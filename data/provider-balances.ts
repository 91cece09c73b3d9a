import { UpdateCommand } from '@aws-sdk/lib-dynamodb'
import * as z from 'zod/mini'
import { type ProviderId, providerId } from '../core/ids.ts'
import type { Need } from '../core/need.ts'
import { type Finding, findings } from '../core/providers/balance.ts'
import { iso } from '../core/time.ts'
import { keys } from './keys.ts'
import { queryAll } from './query.ts'
import { id, time } from './read.ts'
import { table } from './table.ts'

/** What a provider said when it was last asked for its balance. */
export interface ProviderBalance {
  readonly providerId: ProviderId
  readonly finding: Finding
  readonly askedAt: Date
  readonly milliseconds: number
  /** As it was last told, in the provider's own currency, and when: an answer that is no good does not take it away. */
  readonly amount?: string | undefined
  readonly currency?: string | undefined
  readonly toldAt?: Date | undefined
}

const balanceItem = z.object({
  sk: id(providerId),
  finding: z.enum(findings),
  askedAt: time,
  milliseconds: z.int(),
  amount: z.optional(z.string()),
  currency: z.optional(z.string()),
  toldAt: z.optional(time),
})

interface ReadBalances {
  all(): Promise<Map<ProviderId, ProviderBalance>>
}

export const readBalances = {
  allow: [{ on: 'table', actions: ['Query'], keys: ['BALANCE'] }],
  open: () => ({
    async all() {
      const balances = new Map<ProviderId, ProviderBalance>()
      const items = queryAll({ KeyConditionExpression: 'pk = :balance', ExpressionAttributeValues: { ':balance': 'BALANCE' } })
      for await (const item of items) {
        const { sk, ...rest } = balanceItem.parse(item)
        balances.set(sk, { providerId: sk, ...rest })
      }
      return balances
    },
  }),
} satisfies Need<ReadBalances>

export interface Asked {
  readonly finding: Finding
  readonly milliseconds: number
  readonly amount?: string | undefined
  readonly currency?: string | undefined
}

interface KeepBalances {
  keep(provider: ProviderId, asked: Asked, now: Date): Promise<void>
}

export const keepBalances = {
  allow: [{ on: 'table', actions: ['UpdateItem'], keys: ['BALANCE'] }],
  open: () => ({
    async keep(provider, { finding, milliseconds, amount, currency }, now) {
      const told = amount !== undefined
      const { db, name: TableName } = table()
      await db.send(
        new UpdateCommand({
          TableName,
          Key: keys.balance(provider),
          UpdateExpression: [
            'SET finding = :finding, askedAt = :now, milliseconds = :took',
            ...(told ? [', amount = :amount, toldAt = :now'] : []),
            ...(told && currency ? [', #currency = :currency'] : []),
            ...(told && !currency ? [' REMOVE #currency'] : []),
          ].join(''),
          ...(told ? { ExpressionAttributeNames: { '#currency': 'currency' } } : {}),
          ExpressionAttributeValues: {
            ':finding': finding,
            ':now': iso(now),
            ':took': milliseconds,
            ...(told ? { ':amount': amount } : {}),
            ...(told && currency ? { ':currency': currency } : {}),
          },
        }),
      )
    },
  }),
} satisfies Need<KeepBalances>
