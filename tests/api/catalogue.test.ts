import { randomUUID } from 'node:crypto'
import { gunzipSync } from 'node:zlib'
import { beforeAll, describe, expect, inject, test } from 'vitest'
import { isSold } from '../../core/catalogue/is-sold.ts'
import { readService } from '../../data/services.ts'
import { writeSnapshots } from '../../outside/snapshots/snapshots.ts'
import { functionsOf } from './functions.ts'
import { at, type Customer, newCustomer, newKey, protocol, until } from './people.ts'
import { everything } from './table.ts'

type Row = Record<string, unknown>
let customer: Customer
let key: string
beforeAll(async () => {
  customer = await newCustomer()
  key = await newKey(customer)
})

/** As the gateway gets it: what it would hand on byte for byte. */
interface Raw {
  readonly statusCode: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  readonly isBase64Encoded?: boolean
}
type Ask = (headers?: Readonly<Record<string, string>>) => Promise<Response>
const ask: Ask = (headers = {}) => fetch(`${at.site}/api/catalogue`, { headers })
const services: Ask = (headers = {}) => fetch(`${at.site}/api/v2?action=services`, { headers: { 'x-api-key': key, ...headers } })

const asked: readonly (readonly [string, Ask])[] = [
  ['the catalogue', ask],
  ['the protocol’s services', services],
]

describe('what is sold', () => {
  test('is in the table exactly as it was published, for people and for resellers', async () => {
    const items = await everything()
    const headings = new Map(items.filter(({ pk }) => pk === 'CATEGORY').map(({ categoryId, name }) => [categoryId, name]))
    const sold = items.filter((item) => item['pk'] === 'CATALOGUE' && isSold(readService(item), { sellUnattested: false }))
    // A catalogue rests for seconds between two publishings.
    await until(
      async () => (((await (await ask()).json()) as { services: Row[] }).services.length === sold.length ? true : undefined),
      'the last publishing',
    )
    const byNumber = (rows: readonly Row[], name: string) => rows.toSorted((a, b) => Number(a[name]) - Number(b[name]))
    const shown = ((await (await ask()).json()) as { services: Row[] }).services
    const rows = (await protocol({ key, action: 'services' })) as unknown as Row[]
    const money = (micros: unknown) => Number(micros) / 1_000_000
    const table = byNumber(sold, 'serviceId').map(({ serviceId, name, type, categoryId, rate, min, max }) => ({
      serviceId,
      name,
      type,
      category: headings.get(categoryId),
      rate: money(rate),
      min,
      max,
    }))
    expect(table.length).toBeGreaterThan(50)
    expect(byNumber(shown, 'serviceId')).toMatchObject(table.map((row) => ({ ...row, rate: expect.any(String) })))
    expect(byNumber(shown, 'serviceId').map(({ rate }) => Number(rate))).toEqual(table.map(({ rate }) => rate))
    expect(byNumber(rows, 'service')).toMatchObject(
      table.map(({ serviceId, rate: _, min, max, ...rest }) => ({
        ...rest,
        service: serviceId,
        min: String(min),
        max: String(max),
      })),
    )
    expect(byNumber(rows, 'service').map(({ rate }) => Number(rate))).toEqual(table.map(({ rate }) => rate))
  })

  test('says nothing of whom it is bought from, nor for how much', async () => {
    for (const [, get] of asked) {
      const text = await (await get()).text()
      expect(text).not.toMatch(/source|cost|provider(Id|ServiceId)/i)
    }
  })
})

describe('what was packed beforehand', () => {
  test.each(asked)('%s comes as it lies there to whoever takes gzip, and unpacked to whoever does not', async (_, get) => {
    const packed = await get()
    expect(packed.headers.get('content-encoding')).toBe('gzip')
    expect(packed.headers.get('vary')).toBe('accept-encoding')
    expect(packed.headers.get('content-type')).toBe('application/json')
    const plain = await get({ 'accept-encoding': 'identity' })
    expect(plain.headers.get('content-encoding')).toBeNull()
    expect(plain.headers.get('etag')).toBe(packed.headers.get('etag'))
    expect(await plain.text()).toBe(await packed.text())
  })

  test.each(asked)('%s is not sent again to whoever has it', async (_, get) => {
    const first = await get()
    const etag = first.headers.get('etag') ?? ''
    expect(etag).toMatch(/^W\/"[\w-]{22}"$/)
    for (const name of [etag, etag.slice(2), `"other", ${etag}`, '*']) {
      const again = await get({ 'if-none-match': name })
      expect([again.status, await again.text(), again.headers.get('etag')]).toEqual([304, '', etag])
    }
    for (const name of ['"other"', 'W/"other"', '']) {
      const again = await get({ 'if-none-match': name })
      expect(again.status, name).toBe(200)
      await again.arrayBuffer()
    }
  })

  test('the services are never left out of the answer to a POST, and never without a good key', async () => {
    const form = (presented: string) => new URLSearchParams({ key: presented, action: 'services' })
    const post = (presented: string, etag: string) =>
      fetch(`${at.site}/api/v2`, { method: 'POST', body: form(presented), headers: { 'if-none-match': etag } })
    expect(await (await post(key, '*')).json()).toBeInstanceOf(Array)
    const refused = await services({ 'x-api-key': 'wrong', 'if-none-match': '*' })
    expect([refused.status, await refused.json()]).toEqual([200, { error: 'Invalid API key' }])
  })

  test('is small: the gateway gets the bytes that lie in the bucket, and nothing is compressed on the way', async () => {
    const invoke = await functionsOf(inject('panel').ports)
    const { rotateEdgeSecrets } = await import('../../data/edge-secrets.ts')
    const secret = randomUUID()
    await rotateEdgeSecrets.open().know(secret)
    const event = {
      headers: { 'x-panel-edge': secret, 'accept-encoding': 'br;q=1, gzip' },
      requestContext: { requestId: 'r', http: { method: 'GET' } },
    }
    const one = (await invoke('public.read-catalogue', event)) as Raw
    const other = (await invoke('public.read-catalogue', event)) as Raw
    expect(one).toMatchObject({ statusCode: 200, isBase64Encoded: true, headers: { 'cache-control': 'public, max-age=15' } })
    expect(other.body).toBe(one.body)
    const text = gunzipSync(Buffer.from(one.body, 'base64')).toString()
    expect(one.body.length).toBeLessThan(text.length / 4)
    expect(JSON.parse(text)).toEqual(await (await ask()).json())
  })
})

describe('a deployment', () => {
  test('publishes the catalogue anew, in the form of its own code', async () => {
    const invoke = await functionsOf(inject('panel').ports)
    const { version } = writeSnapshots.open()
    const before = await version('catalogue.json.gz')
    await new Promise((wake) => setTimeout(wake, 1_100))
    await invoke('workers.publish-catalogue', {})
    expect(await version('catalogue.json.gz')).not.toBe(before)
  })
})

describe('two that publish at once', () => {
  test('do not put what was read earlier over what was read later, not even where both read the same', async () => {
    await functionsOf(inject('panel').ports)
    const { version, write } = writeSnapshots.open()
    const name = 'protocol-services.json.gz'
    const text = await (await services()).text()
    const before = await version(name)
    const at = (second: number) => new Date(Date.UTC(2026, 10, 22, 10, 0, second))
    const writers = await Promise.all(Array.from({ length: 8 }, (_, index) => write(name, text, before, at(index))))
    expect(writers.filter(Boolean)).toHaveLength(1)
    expect(await write(name, text, before, at(9))).toBe(false)
    expect(await write(name, text, undefined, at(10))).toBe(false)
    expect(await write(name, text, await version(name), at(11))).toBe(true)
  })
})
