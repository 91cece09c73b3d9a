import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import {
  at,
  behave,
  type Customer,
  newCustomer,
  newKey,
  ownersConsole,
  protocol,
  providersOrders,
  serviceOf,
  until,
} from './people.ts'

const link = 'https://photo.network/p/abc'
let customer: Customer
let key: string
let plain: Awaited<ReturnType<typeof serviceOf>>
let comments: Awaited<ReturnType<typeof serviceOf>>
let pack: Awaited<ReturnType<typeof serviceOf>>

beforeAll(async () => {
  await behave({ secondsToComplete: 2, faultRate: 0, partialRate: 0 })
  customer = await newCustomer('100.5')
  key = await newKey(customer)
  ;[plain, comments, pack] = await Promise.all([serviceOf('Default'), serviceOf('Custom Comments'), serviceOf('Package')])
})

const url = () => `${at.site}/api/v2`
const add = (more: Record<string, string | number> = {}) =>
  protocol({ key, action: 'add', service: plain.serviceId, link, quantity: plain.min, ...more })

describe('services', () => {
  test('is an array whose values have the protocol’s types to the letter', async () => {
    const services = (await (
      await fetch(url(), { method: 'POST', body: new URLSearchParams({ key, action: 'services' }) })
    ).json()) as Record<string, unknown>[]
    expect(services.length).toBeGreaterThan(50)
    for (const service of services)
      expect(service).toMatchObject({
        service: expect.any(Number),
        name: expect.any(String),
        type: expect.stringMatching(/^(Default|Package|Custom Comments|Custom Comments Package)$/),
        category: expect.any(String),
        rate: expect.stringMatching(/^\d+\.\d{2,6}$/),
        min: expect.stringMatching(/^\d+$/),
        max: expect.stringMatching(/^\d+$/),
        refill: expect.any(Boolean),
        cancel: expect.any(Boolean),
        dripfeed: expect.any(Boolean),
      })
  })
})

describe('add', () => {
  test('answers a number, and the order reaches the provider with nothing but itself', async () => {
    const mine = `${link}?${randomUUID()}`
    const reply = await add({ link: mine })
    expect(reply).toEqual({ order: expect.any(Number) })
    const taken = await until(async () => (await providersOrders()).find((one) => one.link === mine), 'submission')
    expect([...new URLSearchParams(taken.raw.body).keys()].toSorted()).toEqual(['action', 'key', 'link', 'quantity', 'service'])
  })

  test('takes comments by the line, and a package by itself', async () => {
    const lines = Array.from({ length: comments.min }, (_, index) => `line ${index}`).join('\r\n')
    expect(await protocol({ key, action: 'add', service: comments.serviceId, link, comments: lines })).toEqual({
      order: expect.any(Number),
    })
    expect(await protocol({ key, action: 'add', service: pack.serviceId, link })).toEqual({ order: expect.any(Number) })
  })

  test.each([
    ['an unknown service', { service: 2_000_000 }, 'Incorrect service ID'],
    ['a service in words', { service: 'first' }, 'Incorrect service ID'],
    ['a bad link', { link: 'not a link' }, 'neworder.error.link'],
    ['no link', { link: '' }, 'neworder.error.link'],
    ['too little', { quantity: 1 }, 'neworder.error.min_quantity'],
    ['too much', { quantity: 2_000_000_000 }, 'neworder.error.max_quantity'],
    ['half a piece', { quantity: '100.5' }, 'Incorrect request'],
    ['1e309', { quantity: '1e309' }, 'Incorrect request'],
    ['a negative quantity', { quantity: '-100' }, 'Incorrect request'],
    ['no quantity', { quantity: '' }, 'Incorrect request'],
    ['runs, which are not offered', { runs: 3, interval: 10 }, 'Incorrect request'],
    ['a request id of 65 characters', { request_id: 'x'.repeat(65) }, 'Incorrect request'],
  ])('of %s is an error with status 200 and no order id', async (_, more, error) => {
    const reply = await fetch(url(), {
      method: 'POST',
      body: new URLSearchParams(
        Object.entries({ key, action: 'add', service: plain.serviceId, link, quantity: plain.min, ...more }).map(
          ([name, value]) => [name, String(value)],
        ),
      ),
    })
    expect(reply.status).toBe(200)
    expect(await reply.json()).toEqual({ error })
  })

  test('beyond the balance says not enough funds', async () => {
    const poor = await newCustomer()
    expect(await protocol({ key: await newKey(poor), action: 'add', service: plain.serviceId, link, quantity: plain.min })).toEqual(
      { error: 'neworder.error.not_enough_funds' },
    )
  })

  test('without a request id two equal orders are two orders', async () => {
    const [one, other] = [await add(), await add()]
    expect(one.order).not.toBe(other.order)
  })

  test('with a request id the same order answers the same number, at once and later, and another order is refused', async () => {
    const wish = { request_id: randomUUID(), link: `${link}?same` }
    const replies = await Promise.all(Array.from({ length: 8 }, () => add(wish)))
    expect(new Set(replies.map(({ order }) => order)).size).toBe(1)
    expect(await add(wish)).toEqual(replies[0])
    expect(await add({ ...wish, quantity: plain.min + 1 })).toEqual({ error: 'Incorrect request' })
  })
})

describe('status', () => {
  test('of one order has only strings', async () => {
    const { order = 0 } = await add({ link: `${link}?status` })
    const done = await until(async () => {
      const status = await protocol({ key, action: 'status', order })
      return status['status'] === 'Completed' ? status : undefined
    }, 'completion')
    expect(done).toEqual({
      charge: expect.stringMatching(/^\d+\.\d{2,6}$/),
      start_count: expect.stringMatching(/^\d+$/),
      status: 'Completed',
      remains: '0',
      currency: 'USD',
    })
  })

  test('of many is keyed by id, with an error in the place of what is not there', async () => {
    const [one, other] = [await add(), await add()]
    const reply = await protocol({ key, action: 'status', orders: `${one.order},2000000000,${other.order},x` })
    expect(Object.keys(reply).toSorted()).toEqual([String(one.order), String(other.order), '2000000000', 'x'].toSorted())
    expect(reply['2000000000']).toEqual({ error: 'Incorrect order ID' })
    expect(reply['x']).toEqual({ error: 'Incorrect order ID' })
    expect(reply[String(one.order)]).toMatchObject({ status: expect.stringMatching(/^(Pending|In progress|Completed)$/) })
    expect(await protocol({ key, action: 'status', order: `${one.order},${other.order}` })).toHaveProperty(String(one.order))
  })

  test('of somebody else’s order is the same as of none', async () => {
    const { order = 0 } = await add()
    const theirs = await newKey(await newCustomer())
    expect(await protocol({ key: theirs, action: 'status', order })).toEqual({ error: 'Incorrect order ID' })
    expect(await protocol({ key: theirs, action: 'status', orders: `${order},2000000000` })).toEqual({
      [order]: { error: 'Incorrect order ID' },
      2000000000: { error: 'Incorrect order ID' },
    })
  })

  test('takes a hundred ids and no more', async () => {
    const ids = (count: number) => Array.from({ length: count }, (_, index) => 2_000_000_000 + index).join(',')
    expect(Object.keys(await protocol({ key, action: 'status', orders: ids(100) }))).toHaveLength(100)
    expect(await protocol({ key, action: 'status', orders: ids(101) })).toEqual({ error: 'Incorrect request' })
    expect(await protocol({ key, action: 'status' })).toEqual({ error: 'Incorrect request' })
  })

  test('says what was kept of the charge once something went back', async () => {
    await behave({ faultRate: 1, addFault: 'refuse' })
    const { order = 0 } = await add()
    const refused = await until(async () => {
      const status = await protocol({ key, action: 'status', order })
      return status['status'] === 'Canceled' ? status : undefined
    }, 'the refusal').finally(() => behave({ faultRate: 0 }))
    expect(refused).toMatchObject({ charge: '0.00', status: 'Canceled' })
  })
})

test('balance is a plain decimal string with its currency', async () => {
  const fresh = await newCustomer('1234.5')
  expect(await protocol({ key: await newKey(fresh), action: 'balance' })).toEqual({ balance: '1234.50', currency: 'USD' })
})

describe('what real clients send', () => {
  const balance = { balance: expect.stringMatching(/^\d+\.\d{2,6}$/), currency: 'USD' }
  const ask = async (path: string, init: RequestInit) => (await fetch(`${at.site}${path}`, init)).json()

  test('a form, a form in pieces, JSON, multipart', async () => {
    expect(await ask('/api/v2', { method: 'POST', body: new URLSearchParams({ key, action: 'balance' }) })).toEqual(balance)
    expect(
      await ask('/api/v2', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ key, action: 'balance' }),
      }),
    ).toEqual(balance)
    const form = new FormData()
    form.set('key', key)
    form.set('action', 'balance')
    expect(await ask('/api/v2', { method: 'POST', body: form })).toEqual(balance)
    expect(
      await ask('/api/v2', { method: 'POST', headers: { 'content-type': 'text/plain' }, body: `key=${key}&action=balance` }),
    ).toEqual(balance)
  })

  test('JSON with numbers and lists', async () => {
    const { order } = await add()
    const body = JSON.stringify({ key, action: 'status', orders: [order, 2_000_000_000] })
    expect(
      Object.keys((await ask('/api/v2', { method: 'POST', headers: { 'content-type': 'application/json' }, body })) as object),
    ).toHaveLength(2)
    const json = JSON.stringify({ key, action: 'add', service: plain.serviceId, link, quantity: plain.min })
    expect(await ask('/api/v2', { method: 'POST', headers: { 'content-type': 'application/json' }, body: json })).toEqual({
      order: expect.any(Number),
    })
  })

  test('parameters in the query, alone or beside a body, a trailing slash, and the key in a header', async () => {
    expect(await ask('/api/v2?action=balance', { method: 'POST', body: new URLSearchParams({ key }) })).toEqual(balance)
    expect(await ask('/api/v2/?action=balance', { method: 'GET', headers: { 'x-api-key': key } })).toEqual(balance)
    expect(
      await ask('/api/v2', {
        method: 'POST',
        headers: { authorization: `Bearer ${key}` },
        body: new URLSearchParams({ action: 'balance' }),
      }),
    ).toEqual(balance)
  })

  test('a key in the query string is refused: it would stand in logs', async () => {
    expect(await ask(`/api/v2?action=balance&key=${key}`, { method: 'POST' })).toEqual({ error: 'Invalid API key' })
    expect(await ask(`/api/v2?action=balance&key=${key}`, { method: 'GET' })).toEqual({ error: 'Invalid API key' })
  })

  test('the content type is the one word a client compares it with', async () => {
    const reply = await fetch(url(), { method: 'POST', body: new URLSearchParams({ key, action: 'balance' }) })
    expect(reply.headers.get('content-type')).toBe('application/json')
  })
})

describe('garbage', () => {
  test.each([
    ['nothing', {}, ''],
    ['broken JSON', { 'content-type': 'application/json' }, '{"key":'],
    ['a JSON array', { 'content-type': 'application/json' }, '[1,2]'],
    ['a JSON null', { 'content-type': 'application/json' }, 'null'],
    ['a deep JSON', { 'content-type': 'application/json' }, '['.repeat(50_000)],
    ['broken multipart', { 'content-type': 'multipart/form-data; boundary=x' }, '--x\r\nnothing'],
    ['multipart without a boundary', { 'content-type': 'multipart/form-data' }, 'x'],
    ['broken encoding', { 'content-type': 'application/x-www-form-urlencoded' }, 'key=%E0%A4%A&action=%'],
    ['200 KB of x', { 'content-type': 'application/x-www-form-urlencoded' }, 'x'.repeat(200_000)],
    ['a megabyte', { 'content-type': 'application/x-www-form-urlencoded' }, 'x'.repeat(1_000_000)],
    ['another type', { 'content-type': 'image/png' }, '\u0000\u0001'],
  ])('%s is answered in the protocol’s own words', async (_, headers, body) => {
    const reply = await fetch(url(), { method: 'POST', headers, body })
    expect(reply.status).toBe(200)
    expect((await reply.json()) as object).toEqual({ error: expect.stringMatching(/^(Incorrect request|Invalid API key)$/) })
  })

  test.each([
    ['no action', { key: 'KEY' }, 'Incorrect request'],
    ['an unknown action', { key: 'KEY', action: 'drop' }, 'Incorrect request'],
    ['__proto__', { key: 'KEY', action: '__proto__' }, 'Incorrect request'],
    ['a wrong key', { key: 'pk_wrong', action: 'balance' }, 'Invalid API key'],
    ['an empty key', { key: '', action: 'balance' }, 'Invalid API key'],
    ['SQL', { key: "' OR 1=1 --", action: 'balance' }, 'Invalid API key'],
  ])('%s', async (_, parameters: Record<string, string>, error) => {
    expect(await protocol({ ...parameters, ...(parameters['key'] === 'KEY' ? { key } : {}) })).toEqual({ error })
  })
})

test('a revoked key, and a key of a suspended account, open nothing from the next request on', async () => {
  const other = await newCustomer('5')
  const theirs = await newKey(other)
  expect(await protocol({ key: theirs, action: 'balance' })).toHaveProperty('balance')
  const console = await ownersConsole()
  const set = (status: string) =>
    console.call('PUT', `/api/admin/customers/${other.customerId}/status`, { status, memo: 'for a test' })
  await set('suspended')
  for (const action of ['balance', 'services', 'status', 'add'])
    expect(await protocol({ key: theirs, action, order: 1, service: plain.serviceId, link, quantity: plain.min })).toEqual({
      error: 'Invalid API key',
    })
  await set('active')
  const { rows } = (await other.page.call('GET', '/api/keys')).body as { rows: { keyId: string }[] }
  await other.page.call('DELETE', `/api/keys/${rows[0]?.keyId}`)
  expect(await protocol({ key: theirs, action: 'balance' })).toEqual({ error: 'Invalid API key' })
})

describe('API keys', () => {
  test('are shown once, and listed by name and first characters', async () => {
    const owner = await newCustomer()
    const made = (await owner.page.call('POST', '/api/keys', { name: 'Shop' })).body
    expect(made).toMatchObject({ name: 'Shop', key: expect.stringMatching(/^pk_[\w-]{43}$/) })
    const { rows } = (await owner.page.call('GET', '/api/keys')).body as { rows: object[] }
    expect(rows).toEqual([
      {
        keyId: made['keyId'],
        name: 'Shop',
        prefix: String(made['key']).slice(0, 9),
        scope: 'all',
        addresses: [],
        createdAt: expect.any(String),
        calls: [],
      },
    ])
  })

  test('ten is the most an account can hold, and somebody else’s cannot be revoked', async () => {
    const owner = await newCustomer()
    for (let index = 0; index < 10; index++) await owner.page.call('POST', '/api/keys', { name: `key ${index}` })
    expect((await owner.page.call('POST', '/api/keys', { name: 'one more' })).body).toMatchObject({
      error: { code: 'too-many-keys' },
    })
    const { rows } = (await owner.page.call('GET', '/api/keys')).body as { rows: { keyId: string }[] }
    const stranger = await newCustomer()
    expect((await stranger.page.call('DELETE', `/api/keys/${rows[0]?.keyId}`)).body).toMatchObject({
      error: { code: 'key-not-found' },
    })
  })
})

describe('/api/reseller/v1', () => {
  const balanceWith = (presented: string | undefined) =>
    fetch(`${at.site}/api/reseller/v1/balance`, presented === undefined ? {} : { headers: { 'x-api-key': presented } })

  test('takes the same key in a header, once the gateway meters it', async () => {
    const reply = await until(async () => {
      const answer = await balanceWith(key)
      return answer.status === 200 ? answer : undefined
    }, 'the key’s registration')
    expect(await reply.json()).toEqual({ available: expect.stringMatching(/^\d+\.\d{2,6}$/), currency: 'USD' })
  })

  test.each([
    ['no key', undefined],
    ['a wrong key', 'pk_wrong'],
  ])('%s is refused in the panel’s own vocabulary', async (_, presented) => {
    const reply = await balanceWith(presented)
    expect(reply.status).toBe(401)
    expect(await reply.json()).toEqual({
      error: { code: 'key-invalid', message: expect.any(String), reference: expect.any(String) },
    })
  })

  test('a key that asks too often is throttled by its plan', async () => {
    const busy = await newKey(await newCustomer())
    await until(async () => ((await balanceWith(busy)).status === 200 ? true : undefined), 'the key’s registration')
    const statuses = await Promise.all(Array.from({ length: 80 }, async () => (await balanceWith(busy)).status))
    expect(statuses).toContain(429)
    expect(statuses).toContain(200)
  })
})

test('an empty list of orders is asked wrongly', async () => {
  expect(await protocol({ key, action: 'status', orders: '' })).toEqual({ error: 'Incorrect request' })
  expect(await protocol({ key, action: 'status', orders: ' , ' })).toEqual({ error: 'Incorrect request' })
})
