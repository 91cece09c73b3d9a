import { PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb'
import * as z from 'zod/mini'
import { largestShortInteger, type OrderId, orderId } from '../core/ids.ts'
import { iso } from '../core/time.ts'
import { keys } from './keys.ts'
import { table } from './table.ts'

/** Numbers taken from the counter at once: what an instance does not use is a gap, which is allowed. */
export const blockSize = 100
/** A block is dropped after this time, so that a number tells within minutes when its order was placed. */
export const blockLifeSeconds = 600

interface Block {
  next: number
  readonly end: number
  readonly takenAt: Date
}

let block: Block | undefined
let taking: Promise<void> | undefined

/** The next order number: one write in a hundred, and correct however many instances take numbers at once. */
export async function nextOrderId(now: Date): Promise<OrderId> {
  while (!block || block.next >= block.end || isOld(block, now)) {
    taking ??= takeBlock(now).finally(() => {
      taking = undefined
    })
    await taking
  }
  return orderId(block.next++)
}

const isOld = ({ takenAt }: Block, now: Date): boolean => now.getTime() - takenAt.getTime() >= blockLifeSeconds * 1000

async function takeBlock(now: Date): Promise<void> {
  const end = await advance('orders', blockSize)
  const first = end - blockSize
  const { db, name: TableName } = table()
  await db.send(new PutCommand({ TableName, Item: { ...keys.block(first), takenAt: iso(now) } }))
  block = { next: first, end, takenAt: now }
}

/** Takes `count` numbers from a counter and answers the first one after them. The first number ever is 1. */
export async function advance(counter: 'orders' | 'services' | 'refills' | 'tickets', count: number): Promise<number> {
  const { db, name: TableName } = table()
  const { Attributes } = await db.send(
    new UpdateCommand({
      TableName,
      Key: keys.counter(counter),
      UpdateExpression: 'SET nextNumber = if_not_exists(nextNumber, :one) + :count',
      ExpressionAttributeValues: { ':one': 1, ':count': count },
      ReturnValues: 'UPDATED_NEW',
    }),
  )
  const { nextNumber } = counterItem.parse(Attributes)
  if (nextNumber > largestShortInteger) throw new Error(`the counter of ${counter} has run out of 32-bit numbers`)
  return nextNumber
}

const counterItem = z.object({ nextNumber: z.int() })

/** Drops the block in hand: for tests, and for simulated crashes, which lose an instance's memory. */
export function forgetNumbers(): void {
  block = undefined
}
