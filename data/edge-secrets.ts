import { createHash } from 'node:crypto'
import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb'
import * as z from 'zod/mini'
import type { Grant, Need } from '../core/need.ts'
import { keys } from './keys.ts'
import { table } from './table.ts'

/**
 * The edge adds a secret to each request it passes on. The table holds only its SHA-256, the current and the one before,
 * so that a rotation cuts nobody off and no function can read the secret.
 */
export const maySeeEdgeSecrets = { on: 'table', actions: ['GetItem'], keys: ['EDGE'] } as const satisfies Grant

/** How long an instance believes what it read; a secret it does not know is looked up sooner. */
const believedMilliseconds = 60_000
const asksAgainMilliseconds = 2_000

let known: { readonly hashes: readonly string[]; readonly at: number } | undefined

/** True for the edge's secret of now or of just before. */
export async function cameThroughTheEdge(secret: string | undefined, now: Date): Promise<boolean> {
  if (!secret) return false
  const hash = hashOf(secret)
  const age = known ? now.getTime() - known.at : Number.POSITIVE_INFINITY
  if (!known || age > believedMilliseconds || (!known.hashes.includes(hash) && age > asksAgainMilliseconds))
    known = { hashes: await read(), at: now.getTime() }
  return known.hashes.includes(hash)
}

const edgeItem = z.object({ hashes: z.array(z.string()) })

async function read(consistent = false): Promise<string[]> {
  const { db, name: TableName } = table()
  const { Item } = await db.send(new GetCommand({ TableName, Key: keys.edgeSecrets(), ConsistentRead: consistent }))
  return Item ? edgeItem.parse(Item).hashes : []
}

interface RotateEdgeSecrets {
  /** From now on this secret is known too. */
  know(secret: string): Promise<void>
  /** The edge shows it: of the others only the latest two stay, for requests still under way. */
  shown(secret: string): Promise<void>
}

/** So many rotations may fail half-way, one after the other, before the edge is cut off. */
const mostKnown = 10

export const rotateEdgeSecrets = {
  allow: [{ on: 'table', actions: ['GetItem', 'PutItem'], keys: ['EDGE'] }],
  open: () => ({
    know: (secret) => putFirst(secret, mostKnown),
    shown: (secret) => putFirst(secret, 3),
  }),
} satisfies Need<RotateEdgeSecrets>

async function putFirst(secret: string, most: number): Promise<void> {
  const hash = hashOf(secret)
  const before = await read(true)
  const hashes = [hash, ...before.filter((other) => other !== hash)].slice(0, most)
  const { db, name: TableName } = table()
  // Two rotations at once, as at a deploy: the second fails and is run again, instead of forgetting what the edge shows.
  await db.send(
    new PutCommand({
      TableName,
      Item: { ...keys.edgeSecrets(), hashes },
      ConditionExpression: before.length > 0 ? 'hashes = :before' : 'attribute_not_exists(pk)',
      ...(before.length > 0 ? { ExpressionAttributeValues: { ':before': before } } : {}),
    }),
  )
}

const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex')
