import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb'
import * as z from 'zod/mini'
import { type CustomerId, customerId } from '../core/ids.ts'
import type { Need } from '../core/need.ts'
import { epochSeconds, later } from '../core/time.ts'
import { getItems } from './get-items.ts'
import { keys } from './keys.ts'
import { id } from './read.ts'
import { table } from './table.ts'
import { type NamedLeg, transact } from './transact.ts'

/** Far longer than any sign-in that was under way can take. */
const lapsedDays = 2

interface LapseSignUps {
  /** Those of them that no account was ever opened for. 100 at most. */
  unopened(ids: readonly CustomerId[]): Promise<CustomerId[]>
  /**
   * From here on no account can be opened for it, so that its identity can be deleted: a first sign-in at the same moment is
   * either before this, and then this is false, or refused.
   */
  lapse(id: CustomerId, now: Date): Promise<boolean>
  /** Where in the list of identities the last run stopped. */
  place(): Promise<string | undefined>
  goOnAt(place: string | undefined): Promise<void>
}

const account = z.object({ customerId: id(customerId) })
const placeItem = z.object({ place: z.optional(z.string()) })

export const lapseSignUps = {
  allow: [
    { on: 'table', actions: ['BatchGetItem'], keys: ['CUSTOMER#*'] },
    { on: 'table', actions: ['ConditionCheckItem'], keys: ['CUSTOMER#*'], onlyIn: 'TransactWriteItems' },
    { on: 'table', actions: ['PutItem'], keys: ['LAPSED#*'], onlyIn: 'TransactWriteItems' },
    { on: 'table', actions: ['GetItem', 'PutItem'], keys: ['SWEEP'] },
  ],
  open: () => ({
    async unopened(ids) {
      const items = await getItems(ids.map(keys.customer), { consistent: true })
      const opened = new Set(items.map((item) => account.parse(item).customerId))
      return ids.filter((one) => !opened.has(one))
    },
    async lapse(customer, now) {
      const refused = await transact({
        account: { Check: { Key: keys.customer(customer), ConditionExpression: 'attribute_not_exists(pk)' } },
        lapsed: { Put: { Item: { ...keys.lapsed(customer), expiresAt: epochSeconds(later(now, lapsedDays * 86_400)) } } },
      })
      return refused === undefined
    },
    async place() {
      const { db, name: TableName } = table()
      const { Item } = await db.send(new GetCommand({ TableName, Key: keys.signUpsSweptTo(), ConsistentRead: true }))
      return Item && placeItem.parse(Item).place
    },
    async goOnAt(place) {
      const { db, name: TableName } = table()
      const item = { ...keys.signUpsSweptTo(), ...(place === undefined ? {} : { place }) }
      await db.send(new PutCommand({ TableName, Item: item }))
    },
  }),
} satisfies Need<LapseSignUps>

/** The leg by which an account is not opened for a sign-up that lapsed. */
export const notLapsed = (customer: CustomerId): NamedLeg => ({
  Check: { Key: keys.lapsed(customer), ConditionExpression: 'attribute_not_exists(pk)' },
})
