import { GetCommand } from '@aws-sdk/lib-dynamodb'
import * as z from 'zod/mini'
import type { Need } from '../core/need.ts'
import { Refusal } from '../core/refusals.ts'
import type { AuditRecord } from '../core/staff/audit.ts'
import { iso } from '../core/time.ts'
import { mayAudit, transactAudited } from './audit.ts'
import { keys } from './keys.ts'
import { table } from './table.ts'

/** What customers may have shown beside the exact amounts. No money is kept, moved or reckoned in any of these. */
export interface DisplayCurrencies {
  /** How much of a currency one unit of the ledger's is: a plain decimal. */
  readonly rates: readonly { readonly currency: string; readonly rate: string }[]
  /** Undefined before they were set for the first time. */
  readonly changedAt?: string | undefined
}

const currenciesItem = z.object({
  rates: z.array(z.object({ currency: z.string(), rate: z.string() })),
  changedAt: z.string(),
})

async function read(): Promise<DisplayCurrencies> {
  const { db, name: TableName } = table()
  const { Item } = await db.send(new GetCommand({ TableName, Key: keys.displayCurrencies(), ConsistentRead: true }))
  return Item ? currenciesItem.parse(Item) : { rates: [] }
}

interface ReadDisplayCurrencies {
  all(): Promise<DisplayCurrencies>
}

export const readDisplayCurrencies = {
  allow: [{ on: 'table', actions: ['GetItem'], keys: ['SETTING'] }],
  open: () => ({ all: read }),
} satisfies Need<ReadDisplayCurrencies>

interface SetDisplayCurrencies {
  /** In place of those that were `seen`; refuses when somebody else set them meanwhile. */
  set(rates: DisplayCurrencies['rates'], seen: string | undefined, audit: AuditRecord, at: Date): Promise<void>
}

export const setDisplayCurrencies = {
  allow: [
    ...mayAudit,
    { on: 'table', actions: ['GetItem'], keys: ['SETTING'] },
    { on: 'table', actions: ['PutItem'], keys: ['SETTING'], onlyIn: 'TransactWriteItems' },
  ],
  open: () => ({
    async set(rates, seen, audit, at) {
      const before = await read()
      const recorded = { ...audit, before: factsOf(before.rates), after: factsOf(rates) }
      const currencies = {
        Put: {
          Item: { ...keys.displayCurrencies(), rates, changedAt: iso(at) },
          ...(seen === undefined
            ? { ConditionExpression: 'attribute_not_exists(pk)' }
            : { ConditionExpression: 'changedAt = :seen', ExpressionAttributeValues: { ':seen': seen } }),
        },
      }
      if (await transactAudited(recorded, at, { currencies })) throw new Refusal('changed-meanwhile')
    },
  }),
} satisfies Need<SetDisplayCurrencies>

const factsOf = (rates: DisplayCurrencies['rates']) => Object.fromEntries(rates.map(({ currency, rate }) => [currency, rate]))
