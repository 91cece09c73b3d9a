import { createHash } from 'node:crypto'
import { BatchWriteCommand } from '@aws-sdk/lib-dynamodb'
import type { LogEntry } from '../../core/access-log/line.ts'
import type { Need } from '../../core/need.ts'
import { dayOf, epochSeconds, iso, later } from '../../core/time.ts'
import { accessShards, logKeys } from '../keys.ts'
import { backOff } from '../patience.ts'
import { logTable } from '../table.ts'

/** An entry, and which line of its file it is. */
export interface NumberedEntry {
  readonly entry: LogEntry
  readonly line: number
}

interface WriteEntries {
  /** A line is always the same item: writing a file again changes nothing. */
  write(file: string, entries: readonly NumberedEntry[], keepDays: number): Promise<void>
}

export const writeEntries = {
  allow: [{ on: 'log-table', actions: ['BatchWriteItem'], keys: ['ACCESS#*'] }],
  open: () => ({
    async write(file, entries, keepDays) {
      const name = fileName(file)
      const items = entries.map((entry) => asItem(name, entry, keepDays))
      const batches = Array.from({ length: Math.ceil(items.length / inOneWrite) }, (_, nth) =>
        items.slice(nth * inOneWrite, (nth + 1) * inOneWrite),
      )
      await Promise.all(batches.map(put))
    },
  }),
} satisfies Need<WriteEntries>

/** Of one call, as DynamoDB takes it; and how many entries are best handed in at once. */
const inOneWrite = 25
export const entriesAtOnce = 8 * inOneWrite

/** Short, and no two files share it. */
export const fileName = (file: string): string => createHash('sha256').update(file).digest('base64url').slice(0, 16)

/** P-LOG-1: these attributes, the keys that are made of them, and when it expires (P-RET-3). */
function asItem(file: string, { entry, line }: NumberedEntry, keepDays: number) {
  const { address, browser, at, referrer, page } = entry
  const time = iso(at)
  return {
    ...logKeys.access(dayOf(at), address, line % accessShards, time.slice(11, 19), `${file}-${line}`),
    address,
    browser,
    at: time,
    referrer,
    page,
    expiresAt: epochSeconds(later(at, keepDays * 86_400)),
  }
}

/** A busy table leaves some for another try. Bounded, so that the queue hears of it before the worker’s time is up. */
const tries = 12

async function put(items: readonly Record<string, unknown>[]): Promise<void> {
  const { db, name } = logTable()
  let left = items.map((Item) => ({ PutRequest: { Item } }))
  for (let attempt = 1; left.length > 0; attempt++) {
    const { UnprocessedItems } = await db.send(new BatchWriteCommand({ RequestItems: { [name]: left } }))
    left = (UnprocessedItems?.[name] ?? []).flatMap(({ PutRequest }) =>
      PutRequest?.Item ? [{ PutRequest: { Item: PutRequest.Item } }] : [],
    )
    if (left.length === 0) return
    if (attempt === tries) throw new Error(`the log table left ${left.length} entries unwritten ${tries} times`)
    await backOff(attempt)
  }
}
