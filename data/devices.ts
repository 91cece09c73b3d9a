import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb'
import * as z from 'zod/mini'
import type { CustomerId } from '../core/ids.ts'
import type { Need } from '../core/need.ts'
import { periods } from '../core/privacy/periods.ts'
import { epochSeconds, iso, later } from '../core/time.ts'
import { keys } from './keys.ts'
import { table } from './table.ts'

/** A device that was not signed in with for this long is a new one. */
const rememberedSeconds = periods.deviceDays * 86_400

interface KnowDevices {
  /** Whether the account was signed in to from this kind of device before. */
  knows(customer: CustomerId, device: string, now: Date): Promise<boolean>
  keep(customer: CustomerId, device: string, now: Date): Promise<void>
}

/** The kinds of device an account is used from, as `core/identity/device.ts` names them. */
export const knowDevices = {
  allow: [{ on: 'table', actions: ['GetItem', 'PutItem'], keys: ['DEVICE#*'] }],
  open: () => ({
    async knows(customer, device, now) {
      const { db, name: TableName } = table()
      const { Item } = await db.send(new GetCommand({ TableName, Key: keys.device(customer, device), ConsistentRead: true }))
      return Item !== undefined && deviceItem.parse(Item).expiresAt > epochSeconds(now)
    },
    async keep(customer, device, now) {
      const { db, name: TableName } = table()
      const times = { seenAt: iso(now), expiresAt: epochSeconds(later(now, rememberedSeconds)) }
      await db.send(new PutCommand({ TableName, Item: { ...keys.device(customer, device), ...times } }))
    },
  }),
} satisfies Need<KnowDevices>

const deviceItem = z.object({ expiresAt: z.int() })
