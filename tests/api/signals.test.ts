import { randomUUID } from 'node:crypto'
import { request } from 'node:http'
import { describe, expect, test } from 'vitest'
import type { Answer } from '../../site/api.ts'
import { at, type Customer, must, newCustomer, newKey, newStaff, protocol, until } from './people.ts'

type Signals = Answer<'GET /api/admin/signals'>
const support = newStaff('support')
const signals = async (day = ''): Promise<Signals> =>
  (await must((await support).call('GET', `/api/admin/signals${day && `?day=${day}`}`), 'signals')) as unknown as Signals
const rowsOf = async (customer: Customer) => (await signals()).rows.filter(({ customerId }) => customerId === customer.customerId)

/** Calls from another of this machine's own addresses, so that what is done to it is done to no other test. */
const from = (address: string, path: string, headers: Record<string, string>, body = '', method = 'POST') =>
  new Promise<{ status: number | undefined; body: string }>((heard, failed) => {
    const { port } = new URL(at.site)
    const options = {
      host: '127.0.0.1',
      port,
      path,
      method,
      headers: { host: `localhost:${port}`, ...headers },
      localAddress: address,
    }
    const call = request(options, (reply) => {
      let text = ''
      reply.on('data', (part) => {
        text += part
      })
      reply.on('end', () => heard({ status: reply.statusCode, body: text }))
    })
    call.on('error', failed)
    call.end(body)
  })
const form = { 'content-type': 'application/x-www-form-urlencoded' }
const balanceWith = (address: string, key: string) =>
  from(address, '/api/v2', form, new URLSearchParams({ key, action: 'balance' }).toString())
const wrong = () => `pk_${randomUUID()}`

describe('P-USE-3: a flood of wrong keys', () => {
  test('is counted on both APIs and slowed down in the protocol’s words, and a good key from the same address is not', async () => {
    const address = '127.0.0.41'
    const key = await newKey(await newCustomer('3'))
    const before = (await signals()).days.findLast(({ kind }) => kind === 'bad-keys')?.times ?? 0
    const heard: { status: number | undefined; body: string }[] = []
    const one = async (): Promise<void> => {
      for (let time = 0; time < 100; time++) heard.push(await balanceWith(address, wrong()))
    }
    await Promise.all(Array.from({ length: 8 }, one))
    const answers = new Set(heard.map(({ status, body }) => `${status} ${body}`))
    expect(answers).toEqual(new Set(['200 {"error":"Invalid API key"}', '429 {"error":"Rate limit exceeded"}']))
    expect(await balanceWith(address, key)).toEqual({ status: 200, body: expect.stringContaining('"balance":"3.00"') })
    for (let time = 0; time < 60; time++)
      expect((await from(address, '/api/reseller/v1/balance', { 'x-api-key': wrong() }, '', 'GET')).status).toBe(401)
    const found = await signals()
    const [flood] = found.rows.filter(({ kind }) => kind === 'bad-keys')
    expect(flood?.times).toBeGreaterThan(400)
    expect(flood?.times).toBeLessThanOrEqual(860)
    expect(flood?.customerId).toBeUndefined()
    expect(flood?.hours.reduce((sum, hour) => sum + hour)).toBe(flood?.times)
    expect((found.days.findLast(({ kind }) => kind === 'bad-keys')?.times ?? 0) - before).toBeGreaterThan(400)
    expect(JSON.stringify(found)).not.toContain('127.0.0.')
  }, 120_000)

  test('leaves no address in the table, and nothing of the keys', async () => {
    const { everything } = await import('./table.ts')
    const kept = (await everything()).filter(({ pk }) => String(pk).startsWith('SIGNAL#'))
    expect(kept.length).toBeGreaterThan(1)
    expect(JSON.stringify(kept)).not.toMatch(/127\.0\.0|pk_/)
  })
})

test('a good key from where it must not be used is a signal on its owner, who is told nothing more than a stranger', async () => {
  const customer = await newCustomer()
  const key = String(
    (await must(customer.page.call('POST', '/api/keys', { name: 'shop', addresses: ['198.51.100.7'] }), 'a key'))['key'],
  )
  expect(await balanceWith('127.0.0.42', key)).toEqual(await balanceWith('127.0.0.42', wrong()))
  expect(await rowsOf(customer)).toMatchObject([{ kind: 'foreign-addresses', times: 1, keyId: expect.any(String) }])
})

describe('P-USE-3: a walk through order numbers', () => {
  const walk = (key: string, first: number) =>
    protocol({ key, action: 'status', orders: Array.from({ length: 100 }, (_, index) => first + index).join(',') })

  test('with a key is a signal on the key: staff look into it, revoke the key with a reason, and say what came of it', async () => {
    const customer = await newCustomer()
    const key = await newKey(customer)
    await walk(key, 1_000_000_000)
    await walk(key, 1_000_000_100)
    const [row] = await until(async () => {
      const rows = await rowsOf(customer)
      return rows.length > 0 ? rows : undefined
    }, 'the signal')
    expect(row).toMatchObject({ kind: 'order-walks', times: 200, keyId: expect.any(String) })
    const desk = await support
    const path = `/api/admin/customers/${customer.customerId}/keys`
    const { rows } = await must(desk.call('GET', path), 'the keys')
    expect(rows).toMatchObject([{ keyId: row?.keyId, name: 'test', prefix: key.slice(0, 9) }])
    expect(JSON.stringify(rows)).not.toContain(key)
    const revocation = `${path}/${row?.keyId}/revocation`
    expect((await desk.call('POST', revocation, {})).status).toBe(400)
    await must(desk.call('POST', revocation, { memo: 'Walks through numbers' }), 'revoking')
    expect(await walk(key, 1)).toEqual({ error: 'Invalid API key' })
    const { day } = await signals()
    const seen = { day, kind: 'order-walks', subject: row?.subject, memo: 'Key revoked, customer written to' }
    await must(desk.call('POST', '/api/admin/signals/seen', seen), 'marking')
    expect(await rowsOf(customer)).toMatchObject([{ seen: { memo: seen.memo, times: 200, by: expect.any(String) } }])
    const { everything } = await import('./table.ts')
    const audited = (await everything()).filter((item) => String(item['pk']).startsWith('AUDITED#'))
    for (const why of ['Walks through numbers', seen.memo]) expect(JSON.stringify(audited)).toContain(why)
  })

  test('on the site is one too, and a few numbers that are wrong are none', async () => {
    const [walker, other] = [await newCustomer(), await newCustomer()]
    for (let number = 0; number < 120; number++)
      expect((await walker.page.call('GET', `/api/orders/${1_500_000_000 + number}`)).status).toBe(404)
    for (let number = 0; number < 12; number++) await other.page.call('GET', `/api/orders/${1_500_000_000 + number}`)
    const rows = await rowsOf(walker)
    expect(rows).toMatchObject([{ kind: 'order-walks', subject: `${walker.customerId} site` }])
    expect(rows[0]).not.toHaveProperty('keyId')
    expect(await rowsOf(other)).toEqual([])
  })
})

test('a day that was quiet is empty, and one that is none is refused', async () => {
  expect(await signals('2020-01-01')).toMatchObject({ day: '2020-01-01', rows: [], more: 0, hours: [] })
  for (const day of ['2020-13-01', 'yesterday', "2020-01-01' OR 1"])
    expect((await (await support).call('GET', `/api/admin/signals?day=${encodeURIComponent(day)}`)).status).toBe(400)
  const nowhere = { day: '2020-01-01', kind: 'bad-keys', subject: 'nobody', memo: 'There is none' }
  expect((await (await support).call('POST', '/api/admin/signals/seen', nowhere)).body).toMatchObject({
    error: { code: 'signal-not-found' },
  })
})

test('an owner sees when each key was last used and at least how much, and not when it was never', async () => {
  const customer = await newCustomer()
  const key = await newKey(customer)
  await newKey(customer)
  for (let call = 0; call < 30; call++) await protocol({ key, action: 'balance' })
  const { rows } = (await customer.page.call('GET', '/api/keys')).body as unknown as Answer<'GET /api/keys'>
  const [used, unused] = [rows.find(({ prefix }) => key.startsWith(prefix)), rows.find(({ prefix }) => !key.startsWith(prefix))]
  expect(Date.now() - Date.parse(used?.lastUsedAt ?? '')).toBeLessThan(60_000)
  expect(used?.calls[0]?.calls).toBeGreaterThanOrEqual(10)
  expect(used?.calls[0]?.calls).toBeLessThanOrEqual(30)
  expect(unused).toMatchObject({ calls: [] })
  expect(unused).not.toHaveProperty('lastUsedAt')
})
