import * as z from 'zod/mini'
import { type CustomerId, orderId } from '../../core/ids.ts'
import type { Order } from '../../core/orders/order.ts'
import { feedSlots, type Pace, runsPerSlot, slotsFor } from '../../core/orders/runs.ts'
import { isActive } from '../../core/orders/states.ts'
import { periods } from '../../core/privacy/periods.ts'
import { Refusal } from '../../core/refusals.ts'
import { epochSeconds, later } from '../../core/time.ts'
import { getItems } from '../get-items.ts'
import { keys } from '../keys.ts'
import { queryAll } from '../query.ts'
import { numberId } from '../read.ts'
import type { NamedLeg } from '../transact.ts'
import { readOrder } from './item.ts'

/** How long it is kept which order was last in a slot: longer than any order is under way. */
const keptSeconds = periods.targetDays * 86_400

/** A slot that an order in runs may take, and the order that it takes the place of. */
export interface FreeSlot {
  readonly slot: number
  readonly over?: Order['orderId'] | undefined
}

const slotItem = z.object({ sk: z.pipe(z.string(), z.transform(Number)), orderId: numberId(orderId) })

/**
 * As many free slots as the order needs; refuses where there are fewer. A slot is free that was never taken, or whose order
 * was seen to be over: nothing has to let it go, so no crash can leave it held.
 */
export async function findSlots(customer: CustomerId, pace: Pace): Promise<readonly FreeSlot[]> {
  const wanted = slotsFor(pace)
  const taken = new Map<number, Order['orderId']>()
  const items = queryAll({
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': keys.feedSlot(customer, 0).pk },
    ConsistentRead: true,
  })
  for await (const item of items) {
    const { sk, orderId: number } = slotItem.parse(item)
    taken.set(sk, number)
  }
  const all = Array.from({ length: feedSlots }, (_, slot): FreeSlot => ({ slot, over: taken.get(slot) }))
  const empty = all.filter(({ over }) => over === undefined)
  if (empty.length >= wanted) return empty.slice(0, wanted)
  const orders = await getItems(
    [...taken.values()].map((number) => keys.order(customer, number)),
    { consistent: true },
  )
  const open = new Set(
    orders
      .map(readOrder)
      .filter(({ state }) => isActive(state))
      .map(({ orderId }) => orderId),
  )
  const free = all.filter(({ over }) => over === undefined || !open.has(over))
  if (free.length < wanted) throw new Refusal('too-many-runs', { slots: feedSlots, runsPerSlot, free: free.length })
  return free.slice(0, wanted)
}

type NewOrder = Pick<Order, 'customerId' | 'orderId' | 'acceptedAt'>

/** Takes slots that were seen free: a leg for each, refused where another order was faster. */
export const slotLegs = (slots: readonly FreeSlot[], order: NewOrder): Readonly<Partial<Record<SlotLeg, NamedLeg>>> =>
  Object.fromEntries(slots.map((free): [SlotLeg, NamedLeg] => [`slot ${free.slot}`, slotLeg(free, order)]))

type SlotLeg = `slot ${number}`

function slotLeg({ slot, over }: FreeSlot, { customerId, orderId, acceptedAt }: NewOrder): NamedLeg {
  return {
    Put: {
      Item: {
        ...keys.feedSlot(customerId, slot),
        orderId,
        expiresAt: epochSeconds(later(acceptedAt, keptSeconds)),
      },
      ...(over === undefined
        ? { ConditionExpression: 'attribute_not_exists(pk)' }
        : { ConditionExpression: 'orderId = :over', ExpressionAttributeValues: { ':over': over } }),
    },
  }
}
