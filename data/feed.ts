import { QueryCommand } from '@aws-sdk/lib-dynamodb'
import * as z from 'zod/mini'
import { type ChangeKind, changeKinds, type FeedLine, type ServiceChange } from '../core/catalogue/changes.ts'
import { serviceTypeNames } from '../core/catalogue/service-types.ts'
import { serviceId } from '../core/ids.ts'
import type { Need } from '../core/need.ts'
import { epochSeconds, iso, later } from '../core/time.ts'
import { readCursor, writeCursor } from './cursor.ts'
import { keys } from './keys.ts'
import { microsPer1000, numberId, time } from './read.ts'
import { table } from './table.ts'
import { type NamedLeg, transact } from './transact.ts'
import { isLeft } from './unexpired.ts'

/** A change of a service, when it happened, and which record of the stream told of it. */
export interface Told extends ServiceChange {
  readonly at: Date
  /** The record's number in the stream: who hears of it twice writes the same line twice. */
  readonly sequence: string
}

interface KeepFeed {
  /** Writes what was told, all of it or none. Hearing it again changes nothing. */
  tell(changes: readonly Told[]): Promise<void>
}

/** As long as anybody may want to look a price up, and no longer. */
const keptSeconds = 400 * 86_400
/** What one transaction takes. */
const mostAtOnce = 100

export const keepFeed = {
  allow: [{ on: 'table', actions: ['PutItem'], keys: ['FEED#*'], onlyIn: 'TransactWriteItems' }],
  open: () => ({
    async tell(changes) {
      for (let from = 0; from < changes.length; from += mostAtOnce) {
        const legs = changes.slice(from, from + mostAtOnce).map((change): [string, NamedLeg] => [change.sequence, lineLeg(change)])
        await transact(Object.fromEntries(legs))
      }
    },
  }),
} satisfies Need<KeepFeed>

function lineLeg({ sequence, at, ...change }: Told): NamedLeg {
  const expiresAt = epochSeconds(later(at, keptSeconds))
  return { Put: { Item: { ...keys.feed(change.kind, at, sequence), ...change, at: iso(at), expiresAt } } }
}

const lineItem = z.object({
  sk: z.string(),
  kind: z.enum(changeKinds),
  serviceId: numberId(serviceId),
  name: z.string(),
  type: z.enum(serviceTypeNames()),
  before: z.optional(microsPer1000),
  after: z.optional(microsPer1000),
  at: time,
})

function readLine(item: unknown): FeedLine {
  const { sk, before, after, ...line } = lineItem.parse(item)
  return { ...line, before, after, mark: sk }
}

interface ReadFeed {
  /** A page of changes, newest first: of one kind, or of all. Refuses a cursor that is none. */
  page(
    kind: ChangeKind | undefined,
    cursor: string | undefined,
    limit: number,
    now: Date,
  ): Promise<{ readonly lines: readonly FeedLine[]; readonly cursor: string | undefined }>
}

const place = z.object({ before: z.string().check(z.regex(/^[\d\-T:.Z]{24} \d{1,60}$/)) })

export const readFeed = {
  allow: [{ on: 'table', actions: ['Query'], keys: ['FEED#*'] }],
  open: () => ({
    async page(kind, cursor, limit, now) {
      const before = cursor === undefined ? undefined : readCursor(place, cursor).before
      const kinds = kind === undefined ? changeKinds : [kind]
      // One more than is wanted: whether there are older ones.
      const found = await Promise.all(kinds.map((one) => newest(one, before, limit + 1, now)))
      const lines = found.flat().sort((a, b) => (a.mark < b.mark ? 1 : -1))
      const shown = lines.slice(0, limit)
      const last = shown.at(-1)
      return { lines: shown, cursor: last && lines.length > limit ? writeCursor({ before: last.mark }) : undefined }
    },
  }),
} satisfies Need<ReadFeed>

/** One kind's changes, newest first. Each kind has a partition of its own: whoever asks for one never reads past others. */
async function newest(kind: ChangeKind, before: string | undefined, limit: number, now: Date): Promise<FeedLine[]> {
  const { db, name: TableName } = table()
  const { Items = [] } = await db.send(
    new QueryCommand({
      TableName,
      KeyConditionExpression: before === undefined ? 'pk = :kind' : 'pk = :kind AND sk < :before',
      ExpressionAttributeValues: { ':kind': `FEED#${kind}`, ...(before === undefined ? {} : { ':before': before }) },
      ScanIndexForward: false,
      Limit: limit,
    }),
  )
  return Items.filter((item) => isLeft(item, now)).map(readLine)
}
