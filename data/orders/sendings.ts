import { UpdateCommand } from '@aws-sdk/lib-dynamodb'
import * as z from 'zod/mini'
import { attempt, providerId, providerOrderId } from '../../core/ids.ts'
import type { Need } from '../../core/need.ts'
import type { Sending } from '../../core/orders/evidence.ts'
import { type Order, orderReasons } from '../../core/orders/order.ts'
import { periods } from '../../core/privacy/periods.ts'
import { epochSeconds, iso, later } from '../../core/time.ts'
import { keys, padded } from '../keys.ts'
import { queryAll } from '../query.ts'
import { id, integer, micros, time } from '../read.ts'
import { table } from '../table.ts'
import { isLeft } from '../unexpired.ts'
import type { ClaimedOrder } from './submit-orders.ts'

/** Longer than an order is left before staff. */
const keptSeconds = periods.evidenceDays * 86_400

interface KeepSendings {
  /** Adds to what is known of this attempt. */
  note(order: ClaimedOrder, at: Date, known: Omit<Partial<Sending>, 'attempt' | 'at' | 'providerId'>): Promise<void>
}

export const keepSendings = {
  allow: [{ on: 'table', actions: ['UpdateItem'], keys: ['SENDING#*'] }],
  open: () => ({
    async note({ customerId, orderId, attempt, providerId }, at, { overAt, ...known }) {
      const told = Object.entries({
        ...known,
        providerId,
        sentAt: iso(at),
        overAt: overAt && iso(overAt),
        expiresAt: epochSeconds(later(at, keptSeconds)),
      }).filter(([, value]) => value !== undefined)
      const { db, name: TableName } = table()
      await db.send(
        new UpdateCommand({
          TableName,
          Key: keys.sending(customerId, orderId, attempt),
          UpdateExpression: `SET ${told.map(([name]) => `#${name} = :${name}`).join(', ')}`,
          ExpressionAttributeNames: Object.fromEntries(told.map(([name]) => [`#${name}`, name])),
          ExpressionAttributeValues: Object.fromEntries(told.map(([name, value]) => [`:${name}`, value])),
        }),
      )
    },
  }),
} satisfies Need<KeepSendings>

const sendingItem = z.object({
  sk: z.string(),
  providerId: z.optional(id(providerId)),
  sentAt: time,
  overAt: z.optional(time),
  reason: z.optional(z.enum(orderReasons)),
  why: z.optional(z.string()),
  status: z.optional(integer),
  said: z.optional(z.string()),
  before: z.optional(z.string()),
  after: z.optional(z.string()),
  currency: z.optional(z.string()),
  cost: z.optional(micros),
  lateNumber: z.optional(id(providerOrderId)),
})

interface ReadSendings {
  /** Every time the order was sent of which it is not certain what came of it, oldest first. */
  of(order: Order, now: Date): Promise<Sending[]>
}

export const readSendings = {
  allow: [{ on: 'table', actions: ['Query'], keys: ['SENDING#*'] }],
  open: () => ({
    async of({ customerId, orderId, providerId }, now) {
      const sendings: Sending[] = []
      const found = queryAll({
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :order)',
        ExpressionAttributeValues: {
          ':pk': keys.sending(customerId, orderId, attempt('')).pk,
          ':order': `${padded(orderId)} `,
        },
      })
      for await (const item of found) {
        if (!isLeft(item, now)) continue
        const { sk, sentAt, providerId: at, ...rest } = sendingItem.parse(item)
        sendings.push({ ...rest, providerId: at ?? providerId, attempt: attempt(sk.slice(sk.indexOf(' ') + 1)), at: sentAt })
      }
      return sendings.sort((one, other) => one.at.getTime() - other.at.getTime())
    },
  }),
} satisfies Need<ReadSendings>
