import * as z from 'zod/mini'
import type { LogEntry } from '../../core/access-log/line.ts'
import { type Refused, timesOf } from '../../core/access-log/tally.ts'
import type { Need } from '../../core/need.ts'
import { accessShards } from '../keys.ts'
import { integer, time } from '../read.ts'
import { queryLog } from './query-log.ts'

/** From how many refusals on a day an address is shown: below that it is somebody's slip, or a session that ran out. */
export const shownFromRefusals = 20
/** Entries of one look, the newest. */
export const mostEntries = 200

const refusedItem = z.object({
  sk: z.string(),
  unauthorised: integer,
  forbidden: integer,
  notFound: integer,
  tooMany: integer,
  signIns: integer,
  firstAt: time,
  lastAt: time,
})
const accessItem = z.object({
  address: z.string(),
  browser: z.string(),
  at: time,
  referrer: z.optional(z.string()),
  page: z.string(),
})

interface ReadAccess {
  /** Addresses that were refused much on a day, the most first. */
  suspicious(day: string, now: Date): Promise<(Refused & { readonly address: string })[]>
  /** What an address asked for on a day, the newest first. */
  entries(day: string, address: string, now: Date): Promise<LogEntry[]>
}

/** P-LOG-3: for security monitoring, by those of the staff who need it, and each look is on record. */
export const readAccess = {
  allow: [{ on: 'log-table', actions: ['Query'], keys: ['REFUSED#*', 'ACCESS#*'] }],
  open: () => ({
    async suspicious(day, now) {
      const found = await queryLog({ pk: `REFUSED#${day}` }, (item) => refusedItem.parse(item), now)
      return found
        .map(({ sk: address, firstAt: first, lastAt: last, ...counts }) => ({ address, first, last, ...counts }))
        .filter((one) => timesOf(one) >= shownFromRefusals)
        .sort((a, b) => timesOf(b) - timesOf(a))
    },
    async entries(day, address, now) {
      const shards = Array.from({ length: accessShards }, (_, shard) =>
        queryLog({ pk: `ACCESS#${day}#${address}#${shard}`, latest: mostEntries }, (item) => accessItem.parse(item), now),
      )
      const found = (await Promise.all(shards)).flat()
      return found.sort((a, b) => b.at.getTime() - a.at.getTime()).slice(0, mostEntries)
    },
  }),
} satisfies Need<ReadAccess>
