import { randomUUID } from 'node:crypto'
import type { StaffId } from '../core/ids.ts'
import type { Need } from '../core/need.ts'
import { iso } from '../core/time.ts'
import { keys } from './keys.ts'
import { append, type NamedLeg, transact } from './transact.ts'

/** What a member of staff did or looked at. */
export interface AuditRecord {
  readonly by: StaffId
  /** The endpoint's own name: `admin.adjust-wallet`. */
  readonly action: string
  /** What it was done to: `customer 1234`, `order 23501`. */
  readonly on: string
  /** The reason given, where one is asked for. */
  readonly why?: string | undefined
  readonly detail?: Readonly<Record<string, string | number | boolean>> | undefined
}

/** To be written in the same transaction as what it tells of. */
export const auditLeg = (record: AuditRecord, at: Date): NamedLeg =>
  append({ ...keys.audit(at, randomUUID()), ...record, at: iso(at) })

interface KeepAudit {
  /** For what is only looked at. */
  record(record: AuditRecord, at: Date): Promise<void>
}

export const keepAudit = {
  allow: [{ on: 'table', actions: ['PutItem'], keys: ['AUDIT#*'], onlyIn: 'TransactWriteItems' }],
  open: () => ({
    async record(record, at) {
      if (await transact({ record: auditLeg(record, at) })) throw new Error('an audit record was there before it was written')
    },
  }),
} satisfies Need<KeepAudit>
