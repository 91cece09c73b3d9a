import { Readable } from 'node:stream'
import { gzipSync } from 'node:zlib'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { BatchWriteCommand, DynamoDBDocumentClient, TransactWriteCommand } from '@aws-sdk/lib-dynamodb'
import { later } from '../../core/time.ts'
import { writeCounts } from '../../data/access-log/write-counts.ts'
import { writeEntries } from '../../data/access-log/write-entries.ts'
import { settings } from '../../data/settings.ts'
import { type DocumentClient, useLogTable, useTable } from '../../data/table.ts'
import { readAccessLog } from '../../functions/workers/read-access-log.ts'
import { createLogTable, createTable, startDatabase } from '../../local/database.ts'
import { findFree } from '../../local/ports.ts'
import { linesOf } from '../../outside/access-log/log-files.ts'
import { chrome, firefox, rawLine, textOf } from '../fixtures/access-log.ts'
import { writeUnits } from './capacity/units.ts'

/** What a flood of requests came to, once it was in the log. */
export interface Flood {
  readonly lines: number
  readonly files: number
  readonly parts: number
  readonly seconds: number
  /** Of the longest run, which has `timeoutSeconds`, and six times that before its message is seen by another. */
  readonly longestPartSeconds: number
  readonly timeoutSeconds: number
  readonly entries: number
  readonly views: number
  readonly writeUnitsOfEntries: number
  readonly writeUnitsOfCounts: number
  readonly megabytesAtMost: number
  readonly ownCpuSeconds: number
  /** By the tenth of the flood: what grows with it would be seen. */
  readonly rows: readonly FloodTenth[]
}

export interface FloodTenth {
  readonly lines: number
  readonly secondsPer10000: number
  readonly unitsPer10000: number
  readonly ownCpuPer10000: number
}

/** One that is larger than any CloudFront writes, among others of its usual size. */
const sizes = (lines: number): number[] => {
  const long = Math.round(lines / 5)
  const usual = 50_000
  const rest = Array.from({ length: Math.ceil((lines - long) / usual) }, (_, nth) => Math.min(usual, lines - long - nth * usual))
  return [...rest.slice(0, 4), long, ...rest.slice(4)]
}

/** 60,000 addresses, half of it refused, names that nobody had thought of: what an attack looks like, among pages that are shown. */
function fileOf(lines: number, from: number, at: Date): Buffer {
  const raw = Array.from({ length: lines }, (_, nth) => {
    const n = from + nth
    return rawLine(later(at, -(n % 3_600)), {
      'c-ip': `10.${n % 60}.${n % 125}.${n % 8}`,
      'cs(User-Agent)': encodeURI(n % 3 === 0 ? chrome : firefox),
      'cs(Referer)': n % 2 === 0 ? '-' : `https://spam${n % 5_000}.example/reset/${n}?q=${n}`,
      'cs-uri-stem': n % 2 === 0 ? `/beacon/page-${letters(n % 700)}` : `/api/orders/${n}`,
      'sc-status': n % 2 === 0 ? '204' : '404',
    })
  })
  return gzipSync(textOf(raw))
}
const letters = (n: number): string => n.toString(26).replaceAll(/\d/g, (digit) => String.fromCharCode(97 + Number(digit)))

/** Worked off by the worker itself, as many at once as the event source hands out, into DynamoDB Local. */
export async function flood(lines: number): Promise<Flood> {
  process.env['POWERTOOLS_LOG_LEVEL'] = 'SILENT'
  const { database: port } = await findFree()
  const database = await startDatabase(port, undefined, undefined)
  const client = new DynamoDBClient({
    endpoint: `http://127.0.0.1:${port}`,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    requestHandler: { httpAgent: { maxSockets: 100 } },
  })
  try {
    const inner = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } })
    await createTable(client, 'panel')
    await createLogTable(client, 'access-log')
    const spent = counted(inner)
    useTable({ db: inner, name: 'panel' })
    useLogTable({ db: spent.db, name: 'access-log' })
    const now = new Date()
    const files = new Map<string, Buffer>()
    let written = 0
    for (const [nth, size] of sizes(lines).entries()) {
      files.set(`AWSLogs/1/CloudFront/site/2026/11/28/E1.${nth}.gz`, fileOf(size, written, now))
      written += size
    }
    return { ...(await workOff(files, written, spent, now)), lines: written, files: files.size }
  } finally {
    client.destroy()
    await database.stop()
  }
}

async function workOff(
  files: ReadonlyMap<string, Buffer>,
  lines: number,
  spent: Spent,
  now: Date,
): Promise<Omit<Flood, 'lines' | 'files'>> {
  const queue: { file: string; part: number }[] = [...files.keys()].map((file) => ({ file, part: 0 }))
  const uses: Parameters<typeof readAccessLog.run>[0]['uses'] = {
    files: {
      lines: async (file) => {
        const bytes = files.get(file)
        return bytes && linesOf(Readable.from([bytes]))
      },
      ownHosts: new Set(['panel.test']),
    },
    entries: writeEntries.open(),
    counts: writeCounts.open(),
    pace: readAccessLog.uses.pace.open(),
    queue: { send: async (messages) => void queue.push(...messages.map((one) => ({ ...one }))) },
    settings: settings.open(),
  }
  const began = performance.now()
  const [cpuBefore, rows] = [process.cpuUsage(), [] as FloodTenth[]]
  let [parts, longest, megabytes, busy, mark] = [0, 0, 0, 0, { at: began, units: 0, entries: 0, cpu: 0 }]
  const tenth = lines / 10
  const onePart = async (message: { file: string; part: number }): Promise<void> => {
    const start = performance.now()
    await readAccessLog.run({ message, uses, now, clock: () => now })
    longest = Math.max(longest, (performance.now() - start) / 1_000)
    megabytes = Math.max(megabytes, process.memoryUsage().rss / 2 ** 20)
    parts++
    const done = spent.entries - mark.entries
    if (done < tenth) return
    const next = { at: performance.now(), units: spent.ofEntries + spent.ofCounts, entries: spent.entries, cpu: cpuOf(cpuBefore) }
    rows.push({
      lines: next.entries,
      secondsPer10000: ((next.at - mark.at) / 1_000 / done) * 10_000,
      unitsPer10000: ((next.units - mark.units) / done) * 10_000,
      ownCpuPer10000: ((next.cpu - mark.cpu) / done) * 10_000,
    })
    mark = next
  }
  const hand = async (): Promise<void> => {
    for (;;) {
      const message = queue.shift()
      if (message) {
        busy++
        await onePart(message).finally(() => busy--)
      } else if (busy === 0) return
      else await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }
  await Promise.all(Array.from({ length: readAccessLog.on.atOnce ?? 1 }, hand))
  return {
    parts,
    seconds: (performance.now() - began) / 1_000,
    longestPartSeconds: longest,
    timeoutSeconds: readAccessLog.timeoutSeconds,
    entries: spent.entries,
    views: spent.views,
    writeUnitsOfEntries: spent.ofEntries,
    writeUnitsOfCounts: spent.ofCounts,
    megabytesAtMost: megabytes,
    ownCpuSeconds: cpuOf(cpuBefore),
    rows,
  }
}

const cpuOf = (since: NodeJS.CpuUsage): number => {
  const { user, system } = process.cpuUsage(since)
  return (user + system) / 1e6
}

type Spent = ReturnType<typeof counted>

/** What is written, in write units. An item that is updated here stays below a kilobyte: two units, in a transaction. */
function counted(inner: DynamoDBDocumentClient) {
  const spent = { ofEntries: 0, ofCounts: 0, entries: 0, views: 0 }
  const send = async (command: unknown): Promise<unknown> => {
    const answer: unknown = await inner.send(command as BatchWriteCommand)
    if (command instanceof BatchWriteCommand) {
      const items = Object.values(command.input.RequestItems ?? {}).flat()
      spent.entries += items.length
      for (const { PutRequest } of items) spent.ofEntries += writeUnits(undefined, PutRequest?.Item, false)
    }
    if (command instanceof TransactWriteCommand)
      for (const { Put, Update } of command.input.TransactItems ?? []) {
        spent.ofCounts += writeUnits(undefined, Put?.Item, true)
        if (Update?.Key?.['pk'] === 'TRAFFIC#views') spent.views += Number(Update?.ExpressionAttributeValues?.[':times'] ?? 0)
      }
    return answer
  }
  return Object.assign(spent, { db: { send } as DocumentClient })
}
