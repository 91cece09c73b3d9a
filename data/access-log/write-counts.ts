import { GetCommand } from '@aws-sdk/lib-dynamodb'
import * as z from 'zod/mini'
import type { DayCounts, Refused } from '../../core/access-log/tally.ts'
import { addVisitor, emptySketch, joined, type Sketch, visitorsIn } from '../../core/access-log/visitors.ts'
import type { Need } from '../../core/need.ts'
import { epochSeconds, iso, later } from '../../core/time.ts'
import { logKeys } from '../keys.ts'
import { backOff } from '../patience.ts'
import { mayPepper, namelessOn } from '../pepper.ts'
import { logTable } from '../table.ts'
import { append, type NamedLeg, transactInOrder } from '../transact.ts'

/** How long what is written is kept, in days: entries and what names an address; counts that name nobody. */
export interface Keeping {
  readonly accessLogDays: number
  readonly trafficDays: number
}

interface WriteCounts {
  /** Adds what a part of a file came to: once, however often that part is read. */
  add(part: string, counts: readonly DayCounts[], keeping: Keeping, now: Date): Promise<void>
  /** Adds visitors of a day. Somebody who was there before changes nothing. A day whose key is gone has no new ones. */
  addVisitors(day: string, visitors: ReadonlySet<string>, keeping: Keeping, now: Date): Promise<void>
  /** Adds lines and files that could not be read. */
  addUnread(part: string, unread: { readonly lines: number; readonly files: number }, keeping: Keeping, now: Date): Promise<void>
}

export const writeCounts = {
  allow: [
    {
      on: 'log-table',
      actions: ['PutItem', 'UpdateItem'],
      keys: ['PART#*', 'TRAFFIC#*', 'REFUSED#*', 'VISITORS'],
      onlyIn: 'TransactWriteItems',
    },
    { on: 'log-table', actions: ['GetItem'], keys: ['VISITORS'] },
    mayPepper,
  ],
  open: () => ({
    async add(part, counts, keeping, now) {
      for (const day of counts) {
        await once(part, `${day.day} traffic`, trafficLegs(day, keeping), keeping, now)
        await once(part, `${day.day} refused`, refusedLegs(day, keeping), keeping, now)
      }
    },
    async addVisitors(day, visitors, keeping, now) {
      const hash = visitors.size > 0 ? await namelessOn('visits', day, now) : undefined
      if (!hash) return
      const sketch = emptySketch()
      for (const visitor of visitors) addVisitor(sketch, hash(visitor))
      await join(day, sketch, keeping)
    },
    async addUnread(part, { lines, files }, keeping, now) {
      const day = iso(now).slice(0, 10)
      const legs = [...(lines > 0 ? [more('unread', day, 'lines', lines, keeping)] : [])]
      if (files > 0) legs.push(more('unread', day, 'files', files, keeping))
      await once(part, 'unread', legs, keeping, now)
    },
  }),
} satisfies Need<WriteCounts>

/**
 * Writes counts together with the mark that they were written: a part that is read again finds the mark, and adds nothing.
 * The mark outlives every line that could be in the file: a line older than that is not read at all.
 */
async function once(part: string, counts: string, legs: readonly NamedLeg[], { accessLogDays }: Keeping, now: Date): Promise<void> {
  if (legs.length === 0) return
  const mark = append({ ...logKeys.part(part, counts), expiresAt: epochSeconds(later(now, (accessLogDays + 2) * 86_400)) })
  await transactInOrder([['mark', mark] as const, ...legs.map((leg) => ['count', leg] as const)], logTable())
}

const endOf = (day: string, days: number): number => epochSeconds(later(new Date(`${day}T00:00:00Z`), (days + 1) * 86_400))

const trafficLegs = ({ day, views, ...named }: DayCounts, keeping: Keeping): NamedLeg[] =>
  views === 0 && named.referrers.size === 0
    ? []
    : [
        more('views', day, 'all', views, keeping),
        ...(['pages', 'browsers', 'referrers'] as const).flatMap((of) =>
          [...named[of]].map(([name, times]) => more(of, day, name, times, keeping)),
        ),
      ]

function more(
  of: Parameters<typeof logKeys.traffic>[0],
  day: string,
  name: string,
  times: number,
  { trafficDays }: Keeping,
): NamedLeg {
  return {
    Update: {
      Key: logKeys.traffic(of, day, name),
      UpdateExpression: 'SET expiresAt = :expiresAt ADD times :times',
      ExpressionAttributeValues: { ':times': times, ':expiresAt': endOf(day, trafficDays) },
    },
  }
}

const refusedLegs = ({ day, refused }: DayCounts, { accessLogDays }: Keeping): NamedLeg[] =>
  [...refused].map(([address, counts]) => refusedLeg(day, address, counts, endOf(day, accessLogDays - 1)))

const refusedLeg = (day: string, address: string, { first, last, ...counts }: Refused, expiresAt: number): NamedLeg => ({
  Update: {
    Key: logKeys.refused(day, address),
    UpdateExpression:
      'SET firstAt = if_not_exists(firstAt, :first), lastAt = :last, expiresAt = :expiresAt ' +
      'ADD unauthorised :unauthorised, forbidden :forbidden, notFound :notFound, tooMany :tooMany, signIns :signIns',
    ExpressionAttributeValues: {
      ':first': iso(first),
      ':last': iso(last),
      ':expiresAt': expiresAt,
      ...Object.fromEntries(Object.entries(counts).map(([name, times]) => [`:${name}`, times])),
    },
  },
})

const visitorsItem = z.object({ sketch: z.instanceof(Uint8Array), version: z.int() })
/** Those who met once wait for each other; so many are never at it at once. */
const tries = 20
/** The sketch of a day is needed while files of that day may still come. */
const sketchDays = 3

async function join(day: string, added: Sketch, { trafficDays }: Keeping): Promise<void> {
  const { db, name: TableName } = logTable()
  for (let attempt = 1; attempt <= tries; attempt++) {
    const { Item } = await db.send(new GetCommand({ TableName, Key: logKeys.visitors(day), ConsistentRead: true }))
    const known = Item && visitorsItem.parse(Item)
    const sketch = joined(known ? new Uint8Array(known.sketch) : emptySketch(), added)
    if (!sketch) return
    const refused = await transactInOrder(
      [
        [
          'sketch',
          {
            Put: {
              Item: { ...logKeys.visitors(day), sketch, version: (known?.version ?? 0) + 1, expiresAt: endOf(day, sketchDays) },
              ...(known
                ? { ConditionExpression: 'version = :known', ExpressionAttributeValues: { ':known': known.version } }
                : { ConditionExpression: 'attribute_not_exists(pk)' }),
            },
          },
        ],
        [
          'visits',
          {
            Update: {
              Key: logKeys.traffic('visits', day, 'all'),
              UpdateExpression: 'SET times = :times, expiresAt = :expiresAt',
              ExpressionAttributeValues: { ':times': visitorsIn(sketch), ':expiresAt': endOf(day, trafficDays) },
            },
          },
        ],
      ],
      logTable(),
    )
    if (!refused) return
    await backOff(attempt)
  }
  throw new Error(`the visitors of a day were written by others ${tries} times`)
}
