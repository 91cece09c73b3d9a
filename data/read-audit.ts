import { QueryCommand } from '@aws-sdk/lib-dynamodb'
import * as z from 'zod/mini'
import { staffId } from '../core/ids.ts'
import type { Need } from '../core/need.ts'
import { epochSeconds } from '../core/time.ts'
import { readHead } from './audit.ts'
import type { KeptRecord, Link } from './audit-chain.ts'
import { readCursor, writeCursor } from './cursor.ts'
import { keys, padded } from './keys.ts'
import { queryAll } from './query.ts'
import { id } from './read.ts'
import { table } from './table.ts'

const facts = z.optional(z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])))
const recordItem = z.object({
  by: id(staffId),
  action: z.string(),
  on: z.string(),
  why: z.optional(z.string()),
  before: facts,
  after: facts,
  at: z.string(),
  salt: z.string(),
})
const linkItem = z.object({
  seq: z.int(),
  at: z.string(),
  digest: z.string(),
  previous: z.string(),
  until: z.optional(z.string()),
  hash: z.string(),
})
const numbered = z.object({ sk: z.string() })

/** A record with its number in the chain. */
export type NumberedRecord = KeptRecord & { readonly seq: number }

const readRecord = (item: unknown): NumberedRecord => ({ ...recordItem.parse(item), seq: Number(numbered.parse(item).sk) })

/** Narrows a look at a day: each as it is written in the record. */
export interface AuditFilter {
  readonly by?: string | undefined
  readonly action?: string | undefined
  /** What it was done to begins with this: `customer 1234`. */
  readonly on?: string | undefined
}

interface ReadAudit {
  /** A page of what was recorded on a day (UTC), newest first. Refuses a cursor that is none. */
  ofDay(
    day: string,
    filter: AuditFilter,
    cursor: string | undefined,
    limit: number,
    now: Date,
  ): Promise<{ readonly records: readonly NumberedRecord[]; readonly cursor: string | undefined }>
}

export const readAudit = {
  allow: [{ on: 'table', actions: ['Query'], keys: ['AUDITED#*'] }],
  open: () => ({
    async ofDay(day, filter, cursor, limit, now) {
      const { db, name: TableName } = table()
      const { pk } = keys.audited(day, 0)
      const from = cursor === undefined ? undefined : readCursor(place, cursor).below
      const { conditions, names, values } = expressed(filter)
      const { Items = [], LastEvaluatedKey } = await db.send(
        new QueryCommand({
          TableName,
          KeyConditionExpression: 'pk = :pk',
          FilterExpression: [notExpired, ...conditions].join(' AND '),
          ...(conditions.length > 0 ? { ExpressionAttributeNames: names } : {}),
          ExpressionAttributeValues: { ':pk': pk, ':now': epochSeconds(now), ...values },
          ScanIndexForward: false,
          // With a filter the limit counts what is looked at, not what is found.
          Limit: conditions.length > 0 ? 1_000 : limit,
          ...(from === undefined ? {} : { ExclusiveStartKey: { pk, sk: from } }),
        }),
      )
      const records = Items.slice(0, limit).map(readRecord)
      const more = Items.length > limit ? padded(records.at(-1)?.seq ?? 0) : LastEvaluatedKey && numbered.parse(LastEvaluatedKey).sk
      return { records, cursor: more === undefined ? undefined : writeCursor({ below: more }) }
    },
  }),
} satisfies Need<ReadAudit>

/** What has expired is gone, whether or not the table has got round to removing it. */
const notExpired = '(attribute_not_exists(expiresAt) OR expiresAt > :now)'

const place = z.object({ below: z.string().check(z.regex(/^\d{10}$/)) })

function expressed({ by, action, on }: AuditFilter) {
  const wanted = [
    { name: 'by', value: by, holds: '#by = :by' },
    { name: 'action', value: action, holds: '#action = :action' },
    { name: 'on', value: on, holds: 'begins_with(#on, :on)' },
  ].filter(({ value }) => value !== undefined)
  return {
    conditions: wanted.map(({ holds }) => holds),
    names: Object.fromEntries(wanted.map(({ name }) => [`#${name}`, name])),
    values: Object.fromEntries(wanted.map(({ name, value }) => [`:${name}`, value])),
  }
}

/** A number of the chain with what lies there: the link, the record, or both; null for what no longer reads as one. */
export interface Place {
  readonly seq: number
  readonly link: Link | null | undefined
  readonly record: KeptRecord | null | undefined
}

/** The whole chain, in order, from its first day on. */
export async function* walkAudit(now: Date): AsyncGenerator<Place> {
  const { since, at } = await readHead()
  if (since === '') return
  for (let day = Date.parse(since); day <= Date.parse(at); day += 86_400_000)
    yield* walkDay(new Date(day).toISOString().slice(0, 10), now)
}

async function* walkDay(day: string, now: Date): AsyncGenerator<Place> {
  const links = await numberedOf(keys.auditLink(day, 0).pk, linkItem, now)
  const records = await numberedOf(keys.audited(day, 0).pk, recordItem, now)
  for (const seq of [...new Set([...links.keys(), ...records.keys()])].sort((a, b) => a - b))
    yield { seq, link: links.get(seq), record: records.get(seq) }
}

async function numberedOf<S extends z.core.$ZodType>(pk: string, schema: S, now: Date): Promise<Map<number, z.output<S> | null>> {
  const found = new Map<number, z.output<S> | null>()
  const items = queryAll({
    KeyConditionExpression: 'pk = :pk',
    FilterExpression: notExpired,
    ExpressionAttributeValues: { ':pk': pk, ':now': epochSeconds(now) },
    ConsistentRead: true,
  })
  for await (const item of items) found.set(Number(numbered.parse(item).sk), z.safeParse(schema, item).data ?? null)
  return found
}
