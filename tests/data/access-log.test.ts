import { randomUUID } from 'node:crypto'
import { Readable } from 'node:stream'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { RawLine } from '../../core/access-log/line.ts'
import { dayOf, epochSeconds, later } from '../../core/time.ts'
import { readAccess } from '../../data/access-log/read-access.ts'
import { readTraffic } from '../../data/access-log/read-traffic.ts'
import { writeCounts } from '../../data/access-log/write-counts.ts'
import { writeEntries } from '../../data/access-log/write-entries.ts'
import { settings } from '../../data/settings.ts'
import { useLogTable, useTable } from '../../data/table.ts'
import { readAccessLog } from '../../functions/workers/read-access-log.ts'
import { linesOf } from '../../outside/access-log/log-files.ts'
import { chrome, packed, rawLine, textOf } from '../fixtures/access-log.ts'
import { newLocalTable } from './local-table.ts'
import { newLogTable } from './log-table.ts'

type Log = Awaited<ReturnType<typeof newLogTable>>
let main: Awaited<ReturnType<typeof newLocalTable>>
let log: Log
let now = new Date('2026-11-20T12:00:00Z')
beforeAll(async () => {
  main = await newLocalTable()
  useTable(main)
})
beforeEach(async () => {
  log?.stop()
  log = await newLogTable()
  useLogTable(log)
  now = later(now, 7 * 86_400)
})
afterAll(() => {
  for (const one of [main, log]) one.stop()
})

const keeping = { accessLogDays: 30, trafficDays: 400 }
const fileName = (door = 'site') => `AWSLogs/1/CloudFront/${door}/2026/11/28/E1.2026-11-28-12.${randomUUID()}.gz`

/** The worker and its queue, over files that are there. */
function worker(files: Readonly<Record<string, Buffer>>, over: Partial<typeof keeping> = {}) {
  const sent: { file: string; part: number }[] = []
  const run = async (message: { file: string; part: number }): Promise<void> => {
    const uses = {
      files: {
        lines: async (file: string) => files[file] && linesOf(Readable.from([files[file]])),
        ownHosts: new Set(['panel.test']),
      },
      entries: writeEntries.open(),
      counts: writeCounts.open(),
      pace: { linesAPart: 1_000 },
      queue: { send: async (messages: readonly { file: string; part: number }[]) => void sent.push(...messages) },
      settings: {
        ...settings.open(),
        trafficDays: keeping.trafficDays,
        retention: { ...settings.open().retention, accessLogDays: over.accessLogDays ?? keeping.accessLogDays },
      },
    }
    await readAccessLog.run({ message, uses, now, clock: () => now })
  }
  return {
    sent,
    run,
    /** Everything there is to be read, until the queue is empty. */
    async all(): Promise<void> {
      for (const file of Object.keys(files)) await run({ file, part: 0 })
      for (let next = sent.shift(); next; next = sent.shift()) await run(next)
    },
  }
}

const traffic = async () => {
  const counts = await readTraffic.open().between('2026-01-01', '2027-12-31', now)
  return Object.fromEntries(counts.map(({ of, name, times }) => [`${of} ${name}`, times]))
}
const shape = (items: readonly Record<string, unknown>[]) => JSON.stringify(items.map((item) => JSON.stringify(item)).sort())

describe('P-LOG-1: an entry of the access log', () => {
  test('holds address, browser with its version, time, referring address and page, and nothing else', async () => {
    const line: RawLine & Record<string, string> = {
      ...rawLine(now, {
        'cs-uri-stem': '/orders/81723%3Fkey%3Dpk_abc',
        'cs(Referer)': 'https://who:pass@social.example/reset/tok3n99?email=a%40b.test#x',
        'sc-status': '200',
      }),
      'cs(Cookie)': 'session=secret',
      'cs-uri-query': 'key=pk_abc',
    }
    await worker({ [fileName()]: packed([line]) }).all()
    const items = await log.everything('ACCESS#')
    expect(items).toEqual([
      {
        pk: `ACCESS#${dayOf(now)}#198.51.100.7#0`,
        sk: expect.stringMatching(/^\d\d:\d\d:\d\d [\w-]{16}-0$/),
        address: '198.51.100.7',
        browser: 'Firefox 133',
        at: now.toISOString(),
        referrer: 'https://social.example/reset/…',
        page: '/orders/…',
        expiresAt: epochSeconds(later(now, 30 * 86_400)),
      },
    ])
    const all = JSON.stringify(await log.everything(''))
    expect(all).toContain('social.example')
    for (const secret of ['secret', 'pk_abc', 'tok3n99', 'a@b.test', 'pass', '81723']) expect(all).not.toContain(secret)
  })
})

describe('P-LOG-2: from file to table', () => {
  const lines = () => [
    rawLine(now, { 'cs-uri-stem': '/', 'sc-status': '200', 'cs(Referer)': 'https://www.search.example/' }),
    rawLine(now, { 'cs-uri-stem': '/beacon/home' }),
    rawLine(now),
    rawLine(now, { 'c-ip': '2001:db8::1', 'cs(User-Agent)': encodeURI(chrome), 'cs(Referer)': 'https://panel.test/' }),
    rawLine(now, { 'cs(User-Agent)': 'Googlebot/2.1' }),
    ...Array.from({ length: 25 }, () => rawLine(now, { 'c-ip': '203.0.113.9', 'sc-status': '401', 'cs-uri-stem': '/api/session' })),
  ]
  const counted = {
    'views all': 3,
    'visits all': 2,
    'pages /': 1,
    'pages /orders': 2,
    'browsers Firefox 133': 2,
    'browsers Chrome 131': 1,
    'referrers search.example': 1,
  }

  test('a file that comes again, and again at the same time, changes nothing', async () => {
    const reader = worker({ [fileName()]: packed(lines()) })
    await reader.all()
    const before = shape(await log.everything(''))
    await Promise.all([reader.all(), reader.all(), reader.all()])
    expect(shape(await log.everything(''))).toBe(before)
    expect(await traffic()).toEqual(counted)
  })

  test('a part that failed half way is made good by the next try', async () => {
    const file = fileName()
    const reader = worker({ [file]: packed(lines()) })
    const { db } = log
    let calls = 0
    const failing = {
      send: (command: Parameters<typeof db.send>[0]) => (++calls === 3 ? Promise.reject(new Error('down')) : db.send(command)),
    }
    useLogTable({ ...log, db: failing as typeof db })
    await expect(reader.all()).rejects.toThrow('down')
    useLogTable(log)
    await reader.all()
    expect(await traffic()).toEqual(counted)
    expect(await log.everything('ACCESS#')).toHaveLength(lines().length)
  })

  test('a broken line loses itself alone, a broken file what is behind the break, and both are counted', async () => {
    const [whole, random] = [packed(lines()), fileName()]
    const noise = textOf(Array.from({ length: 4_000 }, (_, n) => rawLine(now, { 'c-ip': `10.${n % 7}.${n % 251}.${n % 13}` })))
    const torn = gzipSync(noise).subarray(0, 2_000)
    await worker({
      [fileName()]: packed([
        '{"date":',
        ...lines().slice(0, 3),
        '',
        JSON.stringify({ date: 'x' }),
        'x'.repeat(70_000),
        rawLine(now, { 'c-ip': 'me' }),
      ]),
      [fileName()]: torn,
      [random]: Buffer.from('not packed at all'),
      [fileName('elsewhere')]: whole,
    }).all()
    const found = await traffic()
    expect(found).toMatchObject({ 'unread lines': 5, 'unread files': 2 })
    expect(found['views all']).toBeGreaterThan(2)
    // What stood before the tear is there.
    expect((await log.everything('ACCESS#')).length).toBeGreaterThan(3)
  })

  test('a file that is gone is let go, and one of the console is in the log and in no count of visits', async () => {
    await worker({}).run({ file: fileName(), part: 0 })
    await worker({ [fileName('console')]: packed(lines()) }).all()
    expect(await traffic()).toEqual({})
    expect((await log.everything('ACCESS#')).map(({ page }) => page)).toContain('console:/beacon/orders')
  })

  test('a flood is read in parts, and all of it is there once', async () => {
    const many = 3_000
    const flood = Array.from({ length: many }, (_, n) =>
      rawLine(later(now, -(n % 600)), {
        'c-ip': `10.${n % 5}.${n % 199}.${n % 3}`,
        'cs-uri-stem': `/beacon/page-${'abcdefghijklmnopqrstuvwxyz'[n % 26]}${'abcdefgh'[n % 8]}`,
        'cs(Referer)': `https://spam${n}.example/`,
        'sc-status': n % 10 === 0 ? '404' : '204',
      }),
    )
    const file = fileName()
    const reader = worker({ [file]: packed(flood) })
    await reader.run({ file, part: 0 })
    expect(reader.sent).toEqual([1, 2].map((part) => ({ file, part })))
    for (const message of reader.sent.splice(0)) await reader.run(message)
    expect(reader.sent).toEqual([])
    expect(await log.everything('ACCESS#')).toHaveLength(many)
    const found = await traffic()
    expect(found['views all']).toBe(many * 0.9)
    expect(
      Object.entries(found)
        .filter(([name]) => name.startsWith('pages '))
        .reduce((sum, [, times]) => sum + times, 0),
    ).toBe(many * 0.9)
    const visitors = new Set(flood.filter((line) => line['sc-status'] === '204').map((line) => line['c-ip'])).size
    expect(Math.abs((found['visits all'] ?? 0) / visitors - 1)).toBeLessThan(0.06)
    // Nobody makes the counts grow by thinking up names.
    expect((await log.everything('TRAFFIC#')).length).toBeLessThan(200)
    expect((await log.everything('REFUSED#')).length).toBeLessThanOrEqual(3 * 60)
  })
})

describe('P-LOG-3: suspicious access', () => {
  test('is an address with many refusals, told apart by kind, with what it asked for; a few are none', async () => {
    const refused = (status: string, times: number, ip: string, page: string) =>
      Array.from({ length: times }, (_, n) => rawLine(later(now, -n), { 'sc-status': status, 'c-ip': ip, 'cs-uri-stem': page }))
    await worker({
      [fileName()]: packed([
        ...refused('401', 30, '203.0.113.9', '/api/session'),
        ...refused('404', 40, '203.0.113.9', '/api/orders/7'),
        ...refused('429', 2, '203.0.113.9', '/api/session/recovery'),
        ...refused('404', 5, '203.0.113.10', '/favicon.ico'),
      ]),
    }).all()
    const access = readAccess.open()
    expect(await access.suspicious(dayOf(now), now)).toEqual([
      {
        address: '203.0.113.9',
        unauthorised: 30,
        forbidden: 0,
        notFound: 40,
        tooMany: 2,
        signIns: 32,
        first: later(now, -39),
        last: now,
      },
    ])
    const entries = await access.entries(dayOf(now), '203.0.113.9', now)
    expect(entries).toHaveLength(72)
    expect(entries[0]).toMatchObject({ at: now, address: '203.0.113.9' })
    expect(entries.at(-1)?.at).toEqual(later(now, -39))
  })
})

describe('P-RET-3: what has expired', () => {
  test('is served to nobody, though the table still has it; the counts without addresses outlive it', async () => {
    await worker({
      [fileName()]: packed([rawLine(now), ...Array.from({ length: 25 }, () => rawLine(now, { 'sc-status': '403' }))]),
    }).all()
    const access = readAccess.open()
    const day = dayOf(now)
    expect(await access.entries(day, '198.51.100.7', now)).toHaveLength(26)
    expect(await access.suspicious(day, later(now, 29 * 86_400))).toHaveLength(1)
    const after = later(now, 31 * 86_400)
    expect(await access.entries(day, '198.51.100.7', after)).toEqual([])
    expect(await access.suspicious(day, after)).toEqual([])
    expect(await readTraffic.open().between(day, day, after)).not.toEqual([])
    expect(await readTraffic.open().between(day, day, later(now, 402 * 86_400))).toEqual([])
    expect(await log.everything('ACCESS#')).toHaveLength(26)
  })

  test('follows the number of days that the operator set, and is not even read when its days are over', async () => {
    const old = later(now, -3 * 86_400)
    const reader = worker({ [fileName()]: packed([rawLine(now), rawLine(old)]) }, { accessLogDays: 2 })
    await reader.all()
    expect((await log.everything('ACCESS#')).map(({ expiresAt }) => expiresAt)).toEqual([epochSeconds(later(now, 2 * 86_400))])
    expect(await traffic()).toMatchObject({ 'views all': 1 })
  })

  test('nobody is told apart by a hash of a day whose key is gone', async () => {
    const old = later(now, -3 * 86_400)
    await worker({ [fileName()]: packed([rawLine(old)]) }).all()
    expect(await traffic()).toEqual({ 'views all': 1, 'pages /orders': 1, 'browsers Firefox 133': 1 })
    await worker({ [fileName()]: packed([rawLine(now)]) }).all()
    expect(await log.everything('VISITORS')).toHaveLength(1)
    expect(JSON.stringify(await log.everything('VISITORS'))).not.toContain('198.51')
  })
})
