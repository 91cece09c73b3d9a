import { randomUUID } from 'node:crypto'
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { afterAll, describe, expect, inject, test } from 'vitest'
import { accessLog, unknownInAccessLog } from '../../core/privacy/inventory.ts'
import { dayOf } from '../../core/time.ts'
import { logFilesBucket } from '../../local/names.ts'
import type { Answer } from '../../site/api.ts'
import { firefox, packed, rawLine } from '../fixtures/access-log.ts'
import { at, browser, must, newCustomer, newStaff, until } from './people.ts'
import { auditOf, everythingLogged } from './table.ts'

const s3 = new S3Client({
  region: 'us-east-1',
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  endpoint: `http://127.0.0.1:${inject('panel').ports.queues}`,
  forcePathStyle: true,
})
afterAll(() => s3.destroy())
const support = newStaff('support')
const day = dayOf(new Date())

const deliver = (Body: Buffer, Key = `AWSLogs/1/CloudFront/site/2026/11/28/E1.${randomUUID()}.gz`) =>
  s3.send(new PutObjectCommand({ Bucket: logFilesBucket, Key, Body }))
const loggedFrom = async (address: string) => (await everythingLogged()).filter((item) => item['address'] === address)
const traffic = async (): Promise<Answer<'GET /api/admin/traffic'>> =>
  (await must((await support).call('GET', '/api/admin/traffic'), 'traffic')) as unknown as Answer<'GET /api/admin/traffic'>

describe('P-LOG-2: the access log', () => {
  test('has what was asked of the gateway, by file, queue and worker: the page without its query, and no cookie', async () => {
    const mark = `Mark${randomUUID().slice(0, 8)}`
    await fetch(`${at.site}/about?token=${mark}`, {
      headers: { 'user-agent': firefox, referer: `https://news.example/story?who=${mark}`, cookie: `session=${mark}` },
    })
    const entry = await until(
      async () => (await everythingLogged()).find(({ referrer }) => referrer === 'https://news.example/story'),
      'the entry',
    )
    expect(entry).toMatchObject({ page: '/about', browser: 'Firefox 133', address: expect.stringContaining('127.0.0.1') })
    expect(JSON.stringify(await everythingLogged())).not.toContain(mark)
  })

  test('is the same when a file is delivered twice', async () => {
    const now = new Date()
    const file = packed(
      Array.from({ length: 30 }, () => rawLine(now, { 'c-ip': '198.51.100.77', 'cs-uri-stem': '/beacon/replayed-page' })),
    )
    const key = `AWSLogs/1/CloudFront/site/2026/11/28/E1.${randomUUID()}.gz`
    await deliver(file, key)
    await until(async () => ((await loggedFrom('198.51.100.77')).length === 30 ? true : undefined), 'the entries')
    await deliver(file, key)
    await deliver(packed([rawLine(now, { 'c-ip': '198.51.100.78' })]))
    await until(async () => ((await loggedFrom('198.51.100.78')).length === 1 ? true : undefined), 'the next file')
    expect(await loggedFrom('198.51.100.77')).toHaveLength(30)
    const shown = await until(async () => (await traffic()).pages.find(({ name }) => name === '/replayed-page'), 'the count')
    expect(shown.times).toBe(30)
  })

  test('holds nothing that the inventory does not know (P-COL-6)', async () => {
    const items = await everythingLogged()
    expect(new Set(items.map(({ pk }) => String(pk).split('#')[0]))).toEqual(new Set(Object.keys(accessLog)))
    expect(items.flatMap(unknownInAccessLog)).toEqual([])
    const counts = items.filter(({ pk }) => /^(TRAFFIC|VISITORS|PART)/.test(String(pk)))
    expect(JSON.stringify(counts)).not.toMatch(/\d+\.\d+\.\d+\.\d+/)
    expect(unknownInAccessLog({ pk: 'ACCESS#1', sk: 'x', cookie: 'x' })).toEqual(['cookie'])
  })
})

describe('P-LOG-3, P-SEC-2: staff', () => {
  test('see traffic without anybody in it', async () => {
    const { days, from, to } = await traffic()
    expect(days).toHaveLength(30)
    expect([days[0]?.day, days.at(-1)?.day]).toEqual([from, to])
    const long = await must((await support).call('GET', '/api/admin/traffic?from=2020-01-01&to=2030-01-01'), 'a long range')
    expect((long['days'] as unknown[]).length).toBe(366)
  })

  test('see which addresses were refused much, and with a reason what one asked for: both looks are on record', async () => {
    const desk = await support
    const address = '203.0.113.77'
    const now = new Date()
    await deliver(
      packed(
        Array.from({ length: 40 }, () => rawLine(now, { 'c-ip': address, 'sc-status': '401', 'cs-uri-stem': '/api/session' })),
      ),
    )
    const path = `/api/admin/suspicious-access?day=${day}`
    const row = await until(async () => {
      const { rows } = (await must(desk.call('GET', path), 'suspicious')) as unknown as Answer<'GET /api/admin/suspicious-access'>
      return rows.find((one) => one.unauthorised === 40 && one.address === '203.•••')
    }, 'the address')
    const shown = async (page: Awaited<typeof support>) => JSON.stringify((await page.call('GET', path)).body)
    expect(await shown(desk)).not.toContain(address)
    // P-SEC-2: people stand behind an address; one member of staff says what for, and sees it for a while.
    const ask = { for: 'misuse', memo: 'Somebody tries passwords' }
    expect((await desk.call('POST', '/api/admin/suspicious-access/look', { ...ask, memo: ' ' })).status).toBe(400)
    await must(desk.call('POST', '/api/admin/suspicious-access/look', ask), 'asking')
    expect(await shown(desk)).toContain(address)
    expect(await shown(await newStaff('finance'))).not.toContain(address)
    expect(await auditOf('addresses of suspicious access')).toContainEqual(
      expect.objectContaining({ why: ask.memo, after: expect.objectContaining({ for: 'misuse' }) }),
    )
    expect(row).toMatchObject({ unauthorised: 40, signIns: 40, notFound: 0 })
    expect((await auditOf(`suspicious access of ${day}`)).length).toBeGreaterThan(0)
    const look = { day, address, memo: 'Tries passwords' }
    expect((await desk.call('POST', '/api/admin/accesses', { day, address })).status).toBe(400)
    const lookedAt = async (body: object) =>
      (await must(desk.call('POST', '/api/admin/accesses', body), 'the look')) as unknown as Answer<'POST /api/admin/accesses'>
    const { rows, recordedAs } = await lookedAt(look)
    expect(rows).toHaveLength(40)
    expect(rows[0]).toEqual({ at: expect.any(String), page: '/api/session', browser: 'Firefox 133' })
    // Two looks at one address are told from a look at another; which one it is the trail does not say.
    expect((await lookedAt(look)).recordedAs).toBe(recordedAs)
    expect((await lookedAt({ ...look, address: '203.0.113.78' })).recordedAs).not.toBe(recordedAs)
    const audited = await auditOf(`${recordedAs}, accesses of ${day}`)
    expect(audited.map(({ why }) => why)).toEqual(['Tries passwords', 'Tries passwords'])
    expect(JSON.stringify(audited)).not.toContain('203.0')
    expect((await desk.call('POST', '/api/admin/accesses', { ...look, address: '203.0.113.0/24' })).status).toBe(400)
  })
})

describe('P-LOG-3: a customer', () => {
  test('sees each sign-in with its device, address and proof, and the tries that failed; nobody else’s', async () => {
    const [customer, other] = [await newCustomer(), await newCustomer()]
    const stranger = browser(at.site, { 'user-agent': firefox })
    for (const password of ['Wrong-password-1', 'Wrong-password-2'])
      expect((await stranger.call('POST', '/api/session', { email: customer.email, password })).status).toBe(401)
    expect(
      (await stranger.call('POST', '/api/session', { email: `nobody-${customer.email}`, password: 'Wrong-password-1' })).status,
    ).toBe(401)
    await must(stranger.call('POST', '/api/session', { email: customer.email, password: customer.password }), 'signing in')
    const { rows, failures } = (await customer.page.call('GET', '/api/sign-ins')).body as unknown as Answer<'GET /api/sign-ins'>
    expect(rows.map(({ outcome, times }) => [outcome, times])).toEqual([
      ['password', 1],
      ['password', 1],
    ])
    expect(failures.map(({ outcome, times }) => [outcome, times])).toEqual([['wrong-password', 2]])
    expect(rows[0]).toMatchObject({ device: 'Firefox on Linux', browser: firefox, address: expect.stringContaining('127.0.0.1') })
    const theirs = (await other.page.call('GET', '/api/sign-ins')).body as unknown as Answer<'GET /api/sign-ins'>
    expect([theirs.rows.map(({ outcome }) => outcome), theirs.failures]).toEqual([['password'], []])
  })
})
