import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { orderId, providerId, providerServiceId } from '../../core/ids.ts'
import { rate } from '../../core/money.ts'
import { suspendAccounts } from '../../data/customers.ts'
import { keys } from '../../data/keys.ts'
import { advance, forgetNumbers } from '../../data/numbers.ts'
import { readOrders } from '../../data/orders/read-orders.ts'
import { serviceAsItem } from '../../data/services.ts'
import { aService } from '../fixtures/service.ts'
import { itemSize } from '../simulation/table/values.ts'
import {
  all,
  audit,
  available,
  entriesOf,
  expectBooks,
  link,
  newCustomer,
  now,
  ordersOf,
  outcomes,
  place,
  sell,
  staff,
  write,
} from './people.ts'
import { onEachTable } from './tables.ts'

onEachTable(() => {
  test('the price is taken once, and the ledger says what for', async () => {
    const customer = await newCustomer(5_000_000n)
    const { serviceId } = await sell({ rate: rate(1_234_567n) })
    const order = await place(customer, serviceId, { ask: { link, quantity: 333 } })
    expect(order).toMatchObject({ charge: 411_111n, refunded: 0n, state: 'accepted', quantity: 333, link })
    expect(await available(customer)).toBe(4_588_889n)
    expect((await entriesOf(customer)).map(({ kind, amount, cause }) => [kind, amount, cause])).toContainEqual([
      'order',
      -411_111n,
      `order ${order.orderId}`,
    ])
  })

  test('the smallest order costs at least one unit', async () => {
    const customer = await newCustomer(10n)
    const { serviceId } = await sell({ rate: rate(1n) })
    expect(await place(customer, serviceId, { ask: { link, quantity: 1 } })).toMatchObject({ charge: 1n })
    expect(await available(customer)).toBe(9n)
  })

  test('an order that the balance does not cover by one unit is refused, and nothing is written', async () => {
    const customer = await newCustomer(999_999n)
    const { serviceId } = await sell()
    await expect(place(customer, serviceId)).rejects.toMatchObject({ code: 'insufficient-funds' })
    expect(await available(customer)).toBe(999_999n)
    expect(await ordersOf(customer)).toEqual([])
  })

  test('fifty orders at once with money for twenty: exactly twenty are accepted', async () => {
    const customer = await newCustomer(20_500_000n)
    const { serviceId } = await sell()
    // On a wallet that everybody wants at once, somebody may be told to come again.
    const counts: Record<string, number> = {}
    let wanted = 50
    for (let round = 0; round < 10 && wanted > 0; round++) {
      const heard = await outcomes(Array.from({ length: wanted }, () => place(customer, serviceId)))
      for (const outcome of ['done', 'insufficient-funds']) counts[outcome] = (counts[outcome] ?? 0) + (heard[outcome] ?? 0)
      wanted -= (heard['done'] ?? 0) + (heard['insufficient-funds'] ?? 0)
    }
    expect(counts).toEqual({ done: 20, 'insufficient-funds': 30 })
    expect(await available(customer)).toBe(500_000n)
    expect(await ordersOf(customer)).toHaveLength(20)
  }, 60_000)

  test('fifty orders at once with money for one: one is accepted', async () => {
    const customer = await newCustomer(1_000_000n)
    const { serviceId } = await sell()
    const heard = await outcomes(Array.from({ length: 50 }, () => place(customer, serviceId)))
    expect(heard['done']).toBe(1)
    expect(await available(customer)).toBe(0n)
  }, 60_000)

  test('two clicks on Buy take the money once', async () => {
    const customer = await newCustomer(5_000_000n)
    const { serviceId } = await sell()
    const requestId = randomUUID()
    const [first, second] = await Promise.all([
      place(customer, serviceId, { requestId }),
      place(customer, serviceId, { requestId }),
    ])
    expect(second.orderId).toBe(first.orderId)
    expect(await available(customer)).toBe(4_000_000n)
    expect(await ordersOf(customer)).toHaveLength(1)
  })

  test('two clicks on Buy with the last of the money are one order, and neither is told that there is none', async () => {
    for (let round = 0; round < 10; round++) {
      const customer = await newCustomer(1_000_000n)
      const { serviceId } = await sell()
      const requestId = randomUUID()
      const orders = await Promise.all([
        place(customer, serviceId, { requestId }),
        place(customer, serviceId, { requestId }),
        place(customer, serviceId, { requestId }),
      ])
      expect(new Set(orders.map((order) => order.orderId)).size).toBe(1)
      expect(await available(customer)).toBe(0n)
    }
  })

  test('without a request id, two equal orders are two orders', async () => {
    const customer = await newCustomer(5_000_000n)
    const { serviceId } = await sell()
    const [first, second] = await Promise.all([place(customer, serviceId), place(customer, serviceId)])
    expect(second.orderId).not.toBe(first.orderId)
    expect(await available(customer)).toBe(3_000_000n)
  })

  test.each([
    ['another quantity', { ask: { link, quantity: 999 } }],
    ['another link', { ask: { link: `${link}/2`, quantity: 1_000 } }],
    ['comments', { ask: { link, quantity: 1_000, comments: 'a' } }],
  ])('a request id that was used is refused with %s', async (_, other) => {
    const customer = await newCustomer(5_000_000n)
    const { serviceId } = await sell()
    const requestId = randomUUID()
    await place(customer, serviceId, { requestId })
    await expect(place(customer, serviceId, { requestId, ...other })).rejects.toMatchObject({ code: 'request-id-reused' })
    expect(await available(customer)).toBe(4_000_000n)
  })

  test('a request id that was used is refused with another service', async () => {
    const customer = await newCustomer(5_000_000n)
    const [one, other] = [await sell(), await sell()]
    const requestId = randomUUID()
    await place(customer, one.serviceId, { requestId })
    await expect(place(customer, other.serviceId, { requestId })).rejects.toMatchObject({ code: 'request-id-reused' })
  })

  test('a request id belongs to its customer', async () => {
    const [one, other] = [await newCustomer(5_000_000n), await newCustomer(5_000_000n)]
    const { serviceId } = await sell()
    const requestId = randomUUID()
    expect((await place(one, serviceId, { requestId })).customerId).toBe(one)
    expect((await place(other, serviceId, { requestId })).customerId).toBe(other)
  })

  test('asked again after the service was taken out of sale, the order is answered', async () => {
    const customer = await newCustomer(1_000_000n)
    const service = await sell()
    const requestId = randomUUID()
    const first = await place(customer, service.serviceId, { requestId })
    await write(serviceAsItem({ ...service, enabled: false }))
    expect((await place(customer, service.serviceId, { requestId })).orderId).toBe(first.orderId)
    await expect(place(customer, service.serviceId, { requestId: randomUUID() })).rejects.toMatchObject({
      code: 'service-not-found',
    })
  })

  test('asked again when the money is gone or the account is suspended, the order is answered', async () => {
    const customer = await newCustomer(1_000_000n)
    const { serviceId } = await sell()
    const requestId = randomUUID()
    const first = await place(customer, serviceId, { requestId })
    expect((await place(customer, serviceId, { requestId })).orderId).toBe(first.orderId)
    await suspendAccounts.open().setStatus(customer, 'suspended', audit, now)
    expect((await place(customer, serviceId, { requestId })).orderId).toBe(first.orderId)
  })

  test('a suspended account orders nothing, and keeps its money', async () => {
    const customer = await newCustomer(5_000_000n)
    const { serviceId } = await sell()
    await suspendAccounts
      .open()
      .setStatus(customer, 'suspended', { by: staff, action: 'admin.set-customer-status', on: `customer ${customer}` }, now)
    await expect(place(customer, serviceId)).rejects.toMatchObject({ code: 'account-suspended' })
    expect(await available(customer)).toBe(5_000_000n)
    await suspendAccounts.open().setStatus(customer, 'active', audit, now)
    await place(customer, serviceId)
    expect(await available(customer)).toBe(4_000_000n)
  })

  test('a customer without an account orders nothing', async () => {
    const { serviceId } = await sell()
    await expect(place((await newCustomer()).concat('-other') as never, serviceId)).rejects.toMatchObject({
      code: 'customer-not-found',
    })
  })

  test('order numbers are unique however many instances take them', async () => {
    const customer = await newCustomer(500_000_000n)
    const { serviceId } = await sell()
    const numbers: number[] = []
    for (let instance = 0; instance < 4; instance++) {
      forgetNumbers()
      numbers.push(
        ...(await Promise.all(Array.from({ length: 8 }, () => place(customer, serviceId)))).map((order) => order.orderId),
      )
    }
    expect(new Set(numbers).size).toBe(32)
    // Each instance has a block of its own.
    expect(new Set(numbers.map((number) => Math.floor((number - 1) / 100))).size).toBe(4)
    await expectBooks(customer)
  }, 60_000)

  test('the counter gives no number twice, asked at once', async () => {
    const ends = await Promise.all(Array.from({ length: 30 }, () => advance('services', 7)))
    expect(new Set(ends).size).toBe(30)
    expect(Math.max(...ends) - Math.min(...ends)).toBe(29 * 7)
  })

  test('a number that is taken, as after a restore, is passed over', async () => {
    const customer = await newCustomer(5_000_000n)
    const { serviceId } = await sell()
    const order = await place(customer, serviceId)
    for (const ahead of [1, 2])
      await write({ ...keys.order(customer, orderId(order.orderId + ahead)), orderId: order.orderId + ahead })
    expect((await place(customer, serviceId)).orderId).toBe(order.orderId + 3)
    expect(await available(customer)).toBe(3_000_000n)
  })

  test('an old block of numbers is dropped, so that a number tells when it was given', async () => {
    forgetNumbers()
    const customer = await newCustomer(5_000_000n)
    const { serviceId } = await sell()
    const first = await place(customer, serviceId)
    const later = await place(customer, serviceId, { at: new Date(now.getTime() + 601_000) })
    expect(later.orderId - first.orderId).toBe(100)
  })

  test('the item of an order stays within a kilobyte, whatever comes to it: the longest of everything at once', async () => {
    const customer = await newCustomer(999_000_000_000_000n)
    const longest = { providerId: providerId('p'.repeat(36)), providerServiceId: providerServiceId('s'.repeat(64)) }
    const { serviceId } = await sell({
      dripFeed: true,
      rate: rate(4_999_999_999_999n),
      max: 2_000_000_000,
      source: { ...aService().source, ...longest, dripFeed: true },
    })
    const steps = Array.from({ length: 10 }, () => 'kzzzzzz.f')
    const history = [...steps.slice(0, 2), '+99999', ...steps.slice(2)].join(' ')
    const always = { attempt: randomUUID(), changedAt: now.toISOString(), reason: 'canceled-without-remains', history }
    // Before it is at its provider, and after: what it hung on is forgotten when it is sent.
    const tried = Array.from({ length: 6 }, () => 't'.repeat(10)).join(' ')
    const waiting = { ...always, tried, said: 'x'.repeat(120), leaseUntil: now.toISOString(), openOn: `parked#${'p'.repeat(36)}` }
    const sent = {
      ...always,
      said: 'x'.repeat(30),
      providerOrderId: 'x'.repeat(64),
      startCount: 999_999_999_999_999,
      remains: 2_000_000_000,
      refunded: 999_999_999_999_999,
      openOn: `doubtful#${'p'.repeat(36)}`,
      heard: 'in-progress|999999999999999|10|2000000000',
    }
    for (const length of [10, 85, 86, 87, 149, 150, 1_900]) {
      const one = `https://social.example.com/${'x'.repeat(length)}`.slice(0, Math.max(length, 30))
      const order = await place(customer, serviceId, { ask: { link: one, quantity: 1_999 } })
      const [item] = (await ordersOf(customer)).filter((item) => item['orderId'] === order.orderId)
      const whole = { ...item, orderId: 2_147_483_647, serviceId: 2_147_483_647, type: 'Custom Comments Package' }
      expect(itemSize({ ...whole, ...waiting })).toBeLessThanOrEqual(1024)
      expect(itemSize({ ...whole, ...sent })).toBeLessThanOrEqual(1024)
      // Only orders by quantity are delivered in runs.
      const { orderId: dripping } = await place(customer, serviceId, { ask: { link: one, quantity: 1_999, runs: 2, interval: 60 } })
      const [drip] = (await ordersOf(customer)).filter((item) => item['orderId'] === dripping)
      const forwarded = { ...drip, orderId: 2_147_483_647, serviceId: 2_147_483_647, runs: 1_000, interval: 10_080 }
      const { runs: _, interval: __, ...run } = forwarded
      for (const at of [waiting, sent])
        for (const item of [forwarded, { ...run, runOf: { order: 2_147_483_647, run: 1_000 } }])
          expect(itemSize({ ...item, ...at })).toBeLessThanOrEqual(1024)
      const counts = { started: 1_000, over: 1_000, completed: 999, canceled: 999, turn: 99_999 }
      const feed = { ...counts, nextAt: now.toISOString(), pausedBy: 'customer', stoppedAt: now.toISOString() }
      const { startCount, remains, refunded } = sent
      const parent = { ...forwarded, ...always, feed, startCount, remains, refunded, openOn: `feed#${'p'.repeat(36)}` }
      expect(itemSize(parent)).toBeLessThanOrEqual(1024)
    }
  })

  test('a long link and comments lie in the payload, and are there', async () => {
    const customer = await newCustomer(50_000_000n)
    const { serviceId } = await sell({ type: 'Custom Comments' })
    const long = `${link}/${'x'.repeat(1_900)}`
    const order = await place(customer, serviceId, { ask: { link: long, comments: ' so good \r\n\r\nwell done\n' } })
    expect(order).toMatchObject({ quantity: 2, charge: 2_000n, hasPayload: true })
    expect(order.link).toBeUndefined()
    expect(await readOrders.open().payload(order)).toEqual({ link: long, comments: 'so good\nwell done' })
    expect(await all(`PAYLOAD#${customer}`)).toHaveLength(1)
  })

  test('comments of a quarter of a megabyte are taken, and more are refused', async () => {
    const customer = await newCustomer(50_000_000_000n)
    const { serviceId } = await sell({ type: 'Custom Comments', max: 1_000_000 })
    const comments = Array.from({ length: 2_500 }, () => 'y'.repeat(99)).join('\n')
    const order = await place(customer, serviceId, { ask: { link, comments } })
    expect((await readOrders.open().payload(order)).comments).toBe(comments)
    await expect(place(customer, serviceId, { ask: { link, comments: `${comments}\nz` } })).rejects.toMatchObject({
      code: 'comments-invalid',
    })
    await expectBooks(customer)
  })
})
