import * as z from 'zod/mini'
import { type Door, type LogLine, readLine } from '../../core/access-log/line.ts'
import { newTally } from '../../core/access-log/tally.ts'
import type { Need, Opened } from '../../core/need.ts'
import { sourceOf } from '../../core/network/networks.ts'
import { dayOf, later } from '../../core/time.ts'
import { writeCounts } from '../../data/access-log/write-counts.ts'
import { entriesAtOnce, fileName, type NumberedEntry, writeEntries } from '../../data/access-log/write-entries.ts'
import { settings } from '../../data/settings.ts'
import { BrokenFile, logFiles } from '../../outside/access-log/log-files.ts'
import { accessLogQueue } from '../../outside/queues/send.ts'
import { logWarning } from '../kit/log.ts'
import { workQueue } from '../kit/work.ts'
import { queueWorker } from '../kit/worker.ts'

/** A file was delivered, as S3 tells it through EventBridge; or a further part of a long one is to be read. */
const message = z.union([
  z.pipe(
    z.object({ 'detail-type': z.literal('Object Created'), detail: z.object({ object: z.object({ key: z.string() }) }) }),
    z.transform(({ detail }) => ({ file: detail.object.key, part: 0 })),
  ),
  z.object({ file: z.string(), part: z.int().check(z.minimum(1)) }),
])

/** Lines of one run. A longer file is read in parts, several at once: each fits well into the time of a run. */
const pace = { allow: [], open: () => ({ linesAPart: 25_000 }) } satisfies Need<{ readonly linesAPart: number }>

const uses = { files: logFiles, entries: writeEntries, counts: writeCounts, queue: accessLogQueue, settings, pace }
type Uses = Opened<typeof uses>

export const readAccessLog = queueWorker({
  name: 'workers.read-access-log',
  summary: 'Reads the edge’s log files into the access log, and counts visits, pages, referrers and browsers',
  // One file a run, so that a long one slows no other down; a flood may take its time.
  on: { kind: 'queue', queue: 'access-log', batchSize: 1, atOnce: 4 },
  failing: {
    hurts: 'nobody outside: the traffic page and the view of suspicious access fall behind',
    runbook: 'access-log-not-read',
  },
  timeoutSeconds: 300,
  read: (raw) => z.parse(message, raw),
  uses,

  async run({ message: { file, part }, uses, now }) {
    const door = doorOf(file)
    if (!door) return
    const lines = await uses.files.lines(file)
    // Its days are over, and with them what was in it.
    if (!lines) return logWarning('a log file is gone', { part })
    const reading = await readPart(lines, { file, part, door }, uses, now)
    if (part === 0) await uses.queue.send(Array.from({ length: reading.parts - 1 }, (_, nth) => ({ file, part: nth + 1 })))
    if (reading.unread.lines + reading.unread.files > 0)
      logWarning('some of a log file could not be read', { ...reading.unread, part })
  },
})

/** Which address of the panel the file is of: `…/site/2026/11/28/…`. Anything else in the bucket is no log of ours. */
const doorOf = (file: string): Door | undefined => {
  const [, door] = /(?:^|\/)(site|console)\//.exec(file) ?? []
  return door === 'site' || door === 'console' ? door : undefined
}

interface Part {
  readonly file: string
  readonly part: number
  readonly door: Door
}

/**
 * Reads one part; the first one also counts how many there are. Entries are written as they come, so that a part of any
 * length needs no more memory than a few; counts at the end, in transactions with a mark that this part was counted (P-LOG-2).
 */
async function readPart(lines: AsyncGenerator<string>, { file, part, door }: Part, uses: Uses, now: Date) {
  const { settings, files, entries, counts } = uses
  const keeping = { accessLogDays: settings.retention.accessLogDays, trafficDays: settings.trafficDays }
  const { linesAPart } = uses.pace
  const tally = newTally(files.ownHosts)
  const visitors = new Map<string, Set<string>>()
  const unread = { lines: 0, files: 0 }
  const [oldest, newest] = [later(now, -keeping.accessLogDays * 86_400), later(now, 86_400)]
  let waiting: NumberedEntry[] = []
  const flush = async (): Promise<void> => {
    const some = waiting
    waiting = []
    await entries.write(file, some, keeping.accessLogDays)
  }

  let total = 0
  try {
    for await (const text of lines) {
      const line = total++
      const of = Math.floor(line / linesAPart)
      if (of > part && part > 0) break
      if (of !== part || text === '') {
        if (of === part && text === '') unread.lines++
        continue
      }
      const read = readLine(text, door)
      if (!read || read.entry.at > newest) unread.lines++
      else if (read.entry.at > oldest) {
        waiting.push({ entry: read.entry, line })
        if (tally.add(read)) note(visitors, read)
        if (waiting.length >= entriesAtOnce) await flush()
      }
    }
  } catch (error) {
    if (!(error instanceof BrokenFile)) throw error
    if (part === 0) unread.files++
  }
  await flush()
  const name = `${fileName(file)}-${part}`
  await counts.add(name, tally.days(), keeping, now)
  for (const [day, names] of visitors) await counts.addVisitors(day, names, keeping, now)
  await counts.addUnread(name, unread, keeping, now)
  return { parts: Math.max(1, Math.ceil(total / linesAPart)), unread }
}

/** Who one is for a day: one address with one browser. It is hashed under a key that is thrown away, and then only counted. */
function note(visitors: Map<string, Set<string>>, { entry, visitor }: LogLine): void {
  const day = dayOf(entry.at)
  const names = visitors.get(day) ?? new Set()
  visitors.set(day, names.add(`${sourceOf(entry.address)} ${visitor}`))
}

export const handler = workQueue(readAccessLog)
