import { GetCommand } from '@aws-sdk/lib-dynamodb'
import * as z from 'zod/mini'
import type { Grant, Need } from '../core/need.ts'
import { recordDaysOf } from '../core/privacy/periods.ts'
import { type AuditRecord, isOfCustomer } from '../core/staff/audit.ts'
import { anchor, type Head, linkOnto } from './audit-chain.ts'
import { keys } from './keys.ts'
import { backOff } from './patience.ts'
import { settings } from './settings.ts'
import { table } from './table.ts'
import { append, inOrder, type NamedLeg, transactInOrder } from './transact.ts'

/** What it takes to write with a record. */
export const mayAudit = [
  { on: 'table', actions: ['GetItem'], keys: ['AUDIT-HEAD'] },
  { on: 'table', actions: ['PutItem'], keys: ['AUDIT-HEAD', 'AUDIT#*', 'AUDITED#*'], onlyIn: 'TransactWriteItems' },
] as const satisfies readonly Grant[]

/** Everybody hangs up their link in the same place, one after the other. Bounded, so that a caller hears in time. */
const tries = 25

/**
 * Writes all legs together with the record of them, or nothing. Answers like `transact`: the first leg whose condition
 * did not hold, or undefined. At most 97 legs.
 */
export async function transactAudited<Name extends string>(
  record: AuditRecord,
  at: Date,
  legs: Readonly<Partial<Record<Name, NamedLeg>>>,
): Promise<Name | undefined> {
  for (let attempt = 1; attempt <= tries; attempt++) {
    const head = await readHead()
    const refused = await transactInOrder<Name | ChainLeg>([...inOrder(legs), ...inOrder(chainLegs(head, record, at))])
    if (refused === undefined || !isChainLeg(refused)) return refused
    // Somebody was faster: the head has moved on, or is about to.
    await backOff(attempt)
  }
  throw new Error(`${record.action}: the audit trail could not be written on, ${tries} times`)
}

const chainLegNames = ['auditHead', 'auditLink', 'auditRecord'] as const
type ChainLeg = (typeof chainLegNames)[number]
const isChainLeg = <Name extends string>(name: Name | ChainLeg): name is ChainLeg => chainLegNames.some((leg) => leg === name)

function chainLegs(head: Head, record: AuditRecord, at: Date): Record<ChainLeg, NamedLeg> {
  // P-RET-2: who has no account has none that could be closed. What is said of them goes by itself, after the same years.
  const keptDays = isOfCustomer(record) ? undefined : recordDaysOf(settings.open().retention.transactionRecordYears)
  const { link, kept } = linkOnto(head, record, at, keptDays)
  const day = link.at.slice(0, 10)
  return {
    auditHead: {
      Put: {
        Item: { ...keys.auditHead(), seq: link.seq, at: link.at, hash: link.hash, since: head.since || day },
        ConditionExpression: head.seq === 0 ? 'attribute_not_exists(pk)' : '#hash = :seen',
        ...(head.seq === 0
          ? {}
          : { ExpressionAttributeNames: { '#hash': 'hash' }, ExpressionAttributeValues: { ':seen': head.hash } }),
      },
    },
    auditLink: append({ ...keys.auditLink(day, link.seq), ...link }),
    auditRecord: append({ ...keys.audited(day, link.seq), ...kept }),
  }
}

const headItem = z.object({ seq: z.int(), at: z.string(), hash: z.string(), since: z.string() })

/** The last link there is. */
export async function readHead(): Promise<Head> {
  const { db, name: TableName } = table()
  const { Item } = await db.send(new GetCommand({ TableName, Key: keys.auditHead(), ConsistentRead: true }))
  return Item ? headItem.parse(Item) : anchor
}

interface KeepAudit {
  /** For what is only looked at. */
  record(record: AuditRecord, at: Date): Promise<void>
}

export const keepAudit = {
  allow: mayAudit,
  open: () => ({
    async record(record, at) {
      await transactAudited(record, at, {})
    },
  }),
} satisfies Need<KeepAudit>
