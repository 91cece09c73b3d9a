import { createHmac, randomBytes } from 'node:crypto'
import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb'
import * as z from 'zod/mini'
import type { Grant } from '../core/need.ts'
import { sourceOf } from '../core/network/networks.ts'
import { dayOf, epochSeconds } from '../core/time.ts'
import { ifItHolds } from './if-it-holds.ts'
import { keys } from './keys.ts'
import { table } from './table.ts'

/** What it takes to name somebody without saying who it is. */
export const mayPepper = { on: 'table', actions: ['GetItem', 'PutItem'], keys: ['PEPPER'] } as const satisfies Grant

/**
 * Names somebody (an address, an email) for a purpose and a day: a hash under a key that is thrown away after two days, and
 * with it whatever could tie the name to the somebody.
 */
export async function nameless(purpose: string, now: Date): Promise<(who: string) => string> {
  const pepper = await pepperOf(dayOf(now))
  return (who) =>
    createHmac('sha256', pepper)
      .update(`${purpose} ${sourceOf(who)}`)
      .digest('base64url')
}

/** The same for a day that need not be today; undefined when its key is thrown away already. */
export async function namelessOn(purpose: string, day: string, now: Date): Promise<((who: string) => Buffer) | undefined> {
  if (epochSeconds(now) >= gone(day)) return undefined
  const pepper = await pepperOf(day)
  return (who) => createHmac('sha256', pepper).update(`${purpose} ${who}`).digest()
}

/** When the key of a day is thrown away, in seconds since 1970. */
const gone = (day: string): number => epochSeconds(new Date(`${day}T00:00:00Z`)) + 2 * 86_400

let pepper: { readonly day: string; readonly value: Promise<string> } | undefined

function pepperOf(day: string): Promise<string> {
  if (pepper?.day !== day) {
    pepper = { day, value: readOrMakePepper(day) }
    pepper.value.catch(() => {
      pepper = undefined
    })
  }
  return pepper.value
}

const pepperItem = z.object({ value: z.string() })

async function readOrMakePepper(day: string): Promise<string> {
  const { db, name: TableName } = table()
  const expiresAt = gone(day)
  for (;;) {
    const { Item } = await db.send(new GetCommand({ TableName, Key: keys.pepper(day), ConsistentRead: true }))
    if (Item) return pepperItem.parse(Item).value
    const item = { ...keys.pepper(day), value: randomBytes(32).toString('base64url'), expiresAt }
    // Somebody else's is as good.
    await ifItHolds(() => db.send(new PutCommand({ TableName, Item: item, ConditionExpression: 'attribute_not_exists(pk)' })))
  }
}
