import { QueryCommand } from '@aws-sdk/lib-dynamodb'
import * as z from 'zod/mini'
import type { CustomerId } from '../core/ids.ts'
import { type Money, minus } from '../core/money.ts'
import type { Need } from '../core/need.ts'
import type { Entry } from '../core/wallet/entry.ts'
import { total } from '../core/wallet/wallet.ts'
import { readCursor, writeCursor } from './cursor.ts'
import { readEntry } from './entries.ts'
import { micros } from './read.ts'
import { table } from './table.ts'
import { getWallet } from './wallets.ts'

/** An entry, with what the wallet held after it. */
export interface StatementLine extends Entry {
  readonly balanceAfter: Money
}
export interface Statement {
  readonly lines: readonly StatementLine[]
  /** Where older movements begin; undefined on the last page. */
  readonly cursor: string | undefined
}

interface ReadStatements {
  /** A page of movements, newest first, each with the balance it left. Refuses a cursor that is none. */
  page(customer: CustomerId, cursor: string | undefined, limit: number): Promise<Statement>
}

const place = z.object({
  after: z.string().check(z.regex(/^[\d\-T:.Z]{24} [\x21-\x7e ]{1,200}$/)),
  balance: z.pipe(
    z.string().check(z.regex(/^-?\d{1,18}$/)),
    z.transform((digits: string) => BigInt(digits)),
  ),
})

export const readStatements = {
  allow: [
    { on: 'table', actions: ['Query'], keys: ['ENTRY#*'] },
    { on: 'table', actions: ['GetItem'], keys: ['WALLET#*'] },
  ],
  open: () => ({
    async page(customer, cursor, limit) {
      const from = cursor === undefined ? undefined : readCursor(place, cursor)
      const { entries, balance, more } = from
        ? { ...(await query(customer, limit, from.after)), balance: micros.parse(from.balance) }
        : await newest(customer, limit)
      let balanceAfter = balance
      const lines = entries.map((entry) => {
        const line = { ...entry, balanceAfter }
        balanceAfter = minus(balanceAfter, entry.amount)
        return line
      })
      return { lines, cursor: more === undefined ? undefined : writeCursor({ after: more, balance: String(balanceAfter) }) }
    },
  }),
} satisfies Need<ReadStatements>

/** The newest movements with the balance that goes with them: a movement in between would shift every line, so look again. */
async function newest(customer: CustomerId, limit: number) {
  for (;;) {
    const before = await getWallet(customer)
    const page = await query(customer, limit)
    const after = await getWallet(customer)
    if (before?.movements === after?.movements) return { ...page, balance: after ? total(after) : micros.parse(0) }
  }
}

async function query(customer: CustomerId, limit: number, after?: string) {
  const { db, name: TableName } = table()
  const pk = `ENTRY#${customer}`
  const { Items = [], LastEvaluatedKey } = await db.send(
    new QueryCommand({
      TableName,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': pk },
      ScanIndexForward: false,
      Limit: limit,
      ConsistentRead: true,
      ...(after === undefined ? {} : { ExclusiveStartKey: { pk, sk: after } }),
    }),
  )
  const entries = Items.map(readEntry)
  return { entries, more: LastEvaluatedKey && entries.at(-1)?.sk }
}
