import * as z from 'zod/mini'
import { type CustomerId, type StaffId, staffId } from '../core/ids.ts'
import type { Need } from '../core/need.ts'
import { Refusal } from '../core/refusals.ts'
import type { AuditRecord } from '../core/staff/audit.ts'
import { iso } from '../core/time.ts'
import { mayAudit, transactAudited } from './audit.ts'
import { keys } from './keys.ts'
import { queryAll } from './query.ts'
import { id, time } from './read.ts'
import { append, type NamedLeg } from './transact.ts'

/** What a member of staff wrote down about a customer, for colleagues. Never changed: what was wrong is put right by another. */
export interface Note {
  readonly at: Date
  readonly by: StaffId
  readonly text: string
}

const noteItem = z.object({ at: time, by: id(staffId), text: z.string() })

interface ReadNotes {
  /** Newest first; the newest 200 where there are more. */
  of(customer: CustomerId): Promise<Note[]>
}

export const readNotes = {
  allow: [{ on: 'table', actions: ['Query'], keys: ['CUSTOMER-NOTE#*'] }],
  open: () => ({
    async of(customer) {
      const { pk } = keys.customerNote(customer, '')
      const notes: Note[] = []
      for await (const item of queryAll({
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': pk },
        ConsistentRead: true,
      }))
        notes.push(noteItem.parse(item))
      return notes.toSorted((one, other) => other.at.getTime() - one.at.getTime()).slice(0, 200)
    },
  }),
} satisfies Need<ReadNotes>

interface AddNotes {
  /** Written with `audit`. The same request again adds nothing. Refuses a customer who is not there. */
  add(customer: CustomerId, note: Note, requestId: string, audit: AuditRecord): Promise<void>
}

export const addNotes = {
  allow: [
    { on: 'table', actions: ['PutItem'], keys: ['CUSTOMER-NOTE#*'], onlyIn: 'TransactWriteItems' },
    { on: 'table', actions: ['ConditionCheckItem'], keys: ['CUSTOMER#*'] },
    ...mayAudit,
  ],
  open: () => ({
    async add(customer, { at, by, text }, requestId, audit) {
      const refused = await transactAudited(audit, at, {
        customer: isThere(customer),
        note: append({ ...keys.customerNote(customer, requestId), at: iso(at), by, text }),
      })
      if (refused === 'customer') throw new Refusal('customer-not-found')
    },
  }),
} satisfies Need<AddNotes>

const isThere = (customer: CustomerId): NamedLeg => ({
  Check: { Key: keys.customer(customer), ConditionExpression: 'attribute_exists(pk)' },
})
