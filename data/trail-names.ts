import { createHmac, randomBytes } from 'node:crypto'
import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb'
import * as z from 'zod/mini'
import type { Need } from '../core/need.ts'
import { sourceOf } from '../core/network/networks.ts'
import { ifItHolds } from './if-it-holds.ts'
import { keys } from './keys.ts'
import { table } from './table.ts'

interface NameAddresses {
  /**
   * What the trail calls an address: always the same, so that whoever keeps looking the same one up can be told from who
   * looks up many; and nobody can say which one it is without the panel, or from the trail alone.
   */
  name(address: string): Promise<string>
}

export const nameAddresses = {
  allow: [{ on: 'table', actions: ['GetItem', 'PutItem'], keys: ['TRAIL-KEY'] }],
  open: () => ({
    name: async (address) =>
      createHmac('sha256', await trailKey())
        .update(sourceOf(address))
        .digest()
        .subarray(0, 12)
        .toString('base64url'),
  }),
} satisfies Need<NameAddresses>

const keyItem = z.object({ key: z.string() })

/** Made once, at first use. It never expires: with another one, looks of before could not be told of. */
async function trailKey(): Promise<string> {
  const { db, name: TableName } = table()
  for (;;) {
    const { Item } = await db.send(new GetCommand({ TableName, Key: keys.trailKey(), ConsistentRead: true }))
    if (Item) return keyItem.parse(Item).key
    const item = { ...keys.trailKey(), key: randomBytes(32).toString('base64url') }
    // Somebody else's is as good.
    await ifItHolds(() => db.send(new PutCommand({ TableName, Item: item, ConditionExpression: 'attribute_not_exists(pk)' })))
  }
}
