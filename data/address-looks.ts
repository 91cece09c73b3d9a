import { GetCommand } from '@aws-sdk/lib-dynamodb'
import * as z from 'zod/mini'
import type { StaffId } from '../core/ids.ts'
import type { Need } from '../core/need.ts'
import type { AuditRecord } from '../core/staff/audit.ts'
import { epochSeconds, iso } from '../core/time.ts'
import { mayAudit, transactAudited } from './audit.ts'
import { keys } from './keys.ts'
import { time } from './read.ts'
import { table } from './table.ts'

const lookItem = z.object({ until: time })

interface ReadAddressLooks {
  /** Until when a member of staff sees addresses of the access log; undefined when they never asked, or it is over. */
  until(staff: StaffId, now: Date): Promise<Date | undefined>
}

export const readAddressLooks = {
  allow: [{ on: 'table', actions: ['GetItem'], keys: ['LOOK#*'] }],
  open: () => ({
    async until(staff, now) {
      const { db, name: TableName } = table()
      const { Item } = await db.send(new GetCommand({ TableName, Key: keys.addressLook(staff), ConsistentRead: true }))
      const until = Item && lookItem.parse(Item).until
      return until && until > now ? until : undefined
    },
  }),
} satisfies Need<ReadAddressLooks>

interface OpenAddressLooks {
  /** Written with `audit`, which says why. */
  open(staff: StaffId, until: Date, audit: AuditRecord, now: Date): Promise<void>
}

export const openAddressLooks = {
  allow: [{ on: 'table', actions: ['PutItem'], keys: ['LOOK#*'], onlyIn: 'TransactWriteItems' }, ...mayAudit],
  open: () => ({
    async open(staff, until, audit, now) {
      const item = { ...keys.addressLook(staff), until: iso(until), expiresAt: epochSeconds(until) }
      await transactAudited(audit, now, { look: { Put: { Item: item } } })
    },
  }),
} satisfies Need<OpenAddressLooks>
