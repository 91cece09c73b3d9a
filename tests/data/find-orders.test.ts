import { expect, test } from 'vitest'
import { attempt, type CustomerId, orderId, providerId, providerOrderId } from '../../core/ids.ts'
import type { Order } from '../../core/orders/order.ts'
import { orderStates } from '../../core/orders/states.ts'
import { acceptedAt, acceptedOn, acceptedShards, keys } from '../../data/keys.ts'
import { findOrders } from '../../data/orders/find-orders.ts'
import { listOrders, type OrderFilter } from '../../data/orders/list-orders.ts'
import { settleOrders } from '../../data/orders/settle-orders.ts'
import { submitOrders } from '../../data/orders/submit-orders.ts'
import { sweepOrders } from '../../data/orders/sweep-orders.ts'
import { aService } from '../fixtures/service.ts'
import { newCustomer, now, ordersOf, place, sell, write } from './people.ts'
import { onEachTable } from './tables.ts'

const [one, other] = [providerId('one'), providerId('other')]
const at = (provider = one) => ({ source: { ...aService().source, providerId: provider } })
const later = (seconds: number): Date => new Date(now.getTime() + seconds * 1_000)

/** An order brought to a state by the steps that lead there. */
async function inState(customer: CustomerId, state: Order['state'], provider = one, placedAt = now): Promise<Order> {
  const { serviceId } = await sell(at(provider))
  const order = await place(customer, serviceId, { at: placedAt })
  const { claim, sent, park, lose } = submitOrders.open()
  const { hear, refuse } = settleOrders.open()
  if (state === 'accepted') return order
  const claimed = await claim(customer, order.orderId, attempt('a'), placedAt)
  if (!claimed) throw new Error('the order could not be claimed')
  if (state === 'parked') await park(claimed, 'out-of-funds', placedAt, undefined)
  if (state === 'unknown') await lose(claimed, 'no-answer', placedAt, undefined)
  if (state === 'refused') await refuse(claimed, 'provider-refused', placedAt, undefined)
  if (['submitting', 'parked', 'unknown', 'refused'].includes(state)) return order
  await sent(claimed, providerOrderId(`there-${order.orderId}`), placedAt)
  if (state !== 'pending') await hear(customer, order.orderId, { status: state as 'completed', remains: 400 }, placedAt)
  return order
}

const listed = async (filter: OrderFilter, at = later(60), limit = 50): Promise<number[]> => {
  const numbers: number[] = []
  let cursor: string | undefined
  do {
    const page = await listOrders.open().page(filter, [one, other], at, cursor, limit)
    expect(page.orders.length).toBeLessThanOrEqual(limit)
    numbers.push(...page.orders.map(({ orderId }) => orderId))
    cursor = page.cursor
  } while (cursor)
  return numbers
}

onEachTable(() => {
  test('orders are found by their link in any spelling, long links and other customers’ orders included, newest first', async () => {
    const [ada, bob] = [await newCustomer(50_000_000n), await newCustomer(50_000_000n)]
    const { serviceId } = await sell()
    const long = `https://photo.network/p/${'x'.repeat(900)}`
    const spelled = ['https://photo.network/p/Q1', 'http://WWW.photo.network/p/Q1/?utm_source=a', 'https://photo.network/p/Q1#x']
    const placed: number[] = []
    for (const [index, link] of spelled.entries())
      placed.push((await place(index === 1 ? bob : ada, serviceId, { ask: { link, quantity: 1 }, at: later(index) })).orderId)
    await place(ada, serviceId, { ask: { link: 'https://photo.network/p/q1', quantity: 1 } })
    const { orderId } = await place(ada, serviceId, { ask: { link: long, quantity: 1 } })
    const byLink = (link: string) => findOrders.open().byLink(link, later(60), undefined, 50)
    expect((await byLink('https://photo.network/p/Q1/')).orders.map((order) => order.orderId)).toEqual(placed.toReversed())
    expect((await byLink(`${long}/?igsh=1`)).orders.map((order) => order.orderId)).toEqual([orderId])
    expect(await byLink('https://photo.network/p/nobody')).toEqual({ orders: [], cursor: undefined })
  })

  test('the orders of a link follow each other page by page, each once', async () => {
    const customer = await newCustomer(50_000_000n)
    const { serviceId } = await sell()
    const link = 'https://photo.network/p/many'
    for (let second = 0; second < 7; second++) await place(customer, serviceId, { ask: { link, quantity: 1 }, at: later(second) })
    const seen: number[] = []
    let cursor: string | undefined
    let pages = 0
    do {
      const page = await findOrders.open().byLink(link, later(60), cursor, 3)
      seen.push(...page.orders.map(({ orderId }) => orderId))
      cursor = page.cursor
      pages++
    } while (cursor)
    expect([new Set(seen).size, seen.length, pages]).toEqual([7, 7, 3])
    expect(seen).toEqual(seen.toSorted((a, b) => b - a))
  })

  test('an order is found by its provider’s number, at that provider and not at another, open or closed', async () => {
    const customer = await newCustomer(50_000_000n)
    const open = await inState(customer, 'pending', one)
    const closed = await inState(customer, 'completed', other)
    const find = async (number: string, providers = [one, other]) =>
      (await findOrders.open().byUpstream(providers, providerOrderId(number), later(60), undefined, 50)).orders.map(
        ({ orderId }) => orderId,
      )
    expect(await find(`there-${open.orderId}`)).toEqual([open.orderId])
    expect(await find(`there-${closed.orderId}`)).toEqual([closed.orderId])
    expect(await find(`there-${closed.orderId}`, [one])).toEqual([])
    expect(await find('there-0')).toEqual([])
  })

  test('two providers may give the same number to two orders: both are found', async () => {
    const customer = await newCustomer(50_000_000n)
    const placed: Order[] = []
    for (const provider of [one, other]) {
      const { serviceId } = await sell(at(provider))
      const order = await place(customer, serviceId)
      const claimed = await submitOrders.open().claim(customer, order.orderId, attempt('a'), now)
      if (!claimed) throw new Error('the order could not be claimed')
      await submitOrders.open().sent(claimed, providerOrderId('4711'), now)
      placed.push(order)
    }
    const { orders } = await findOrders.open().byUpstream([one, other], providerOrderId('4711'), later(60), undefined, 50)
    expect(orders.map(({ orderId }) => orderId).toSorted()).toEqual(placed.map(({ orderId }) => orderId).toSorted())
  })

  test('every state is listed with the orders that are in it, by day and provider, and with no others', async () => {
    const customer = await newCustomer(500_000_000n)
    const yesterday = later(-86_400)
    const placed = new Map<string, number>()
    for (const state of orderStates)
      for (const [provider, day] of [[one, now] as const, [other, now] as const, [one, yesterday] as const]) {
        const order = await inState(customer, state, provider, day)
        // What the sweeper does with an order that is not sent by the next minute.
        if (state === 'accepted' || state === 'submitting') await sweepOrders.open().watch(order)
        placed.set(`${state} ${provider} ${day === now ? 'today' : 'yesterday'}`, order.orderId)
      }
    const of = (...names: string[]): (number | undefined)[] => names.map((name) => placed.get(name))
    const mine = new Set<number>(placed.values())
    const listedOfMine = async (filter: OrderFilter) => (await listed(filter)).filter((orderId) => mine.has(orderId))
    for (const state of orderStates) {
      const today = '2026-11-22'
      const isOpen = !['completed', 'partial', 'canceled', 'refused'].includes(state)
      const [a, b, c] = of(`${state} one today`, `${state} other today`, `${state} one yesterday`)
      expect([state, (await listedOfMine({ state, day: today })).toSorted()]).toEqual([state, [a, b]])
      expect([state, await listedOfMine({ state, day: '2026-11-21' })]).toEqual([state, [c]])
      expect([state, await listedOfMine({ state, day: today, provider: other })]).toEqual([state, [b]])
      expect([state, await listedOfMine({ state, day: '2020-01-01' })]).toEqual([state, []])
      // Without a day, what is open is listed whatever day it is of, and what is closed is today's.
      expect([state, (await listedOfMine({ state })).toSorted()]).toEqual([state, isOpen ? [a, b, c] : [a, b]])
    }
    expect(new Set(await listedOfMine({ day: '2026-11-21' })).size).toBe(orderStates.length)
    expect(new Set(await listedOfMine({ provider: one })).size).toBe(orderStates.length)
  }, 60_000)

  test('an order that is before staff is listed under the state it is in all the same', async () => {
    const customer = await newCustomer(5_000_000n)
    const { orderId } = await inState(customer, 'in-progress')
    await settleOrders.open().flag(customer, orderId, 'not-found-at-provider', now)
    expect(await listed({ state: 'in-progress' })).toContain(orderId)
    expect(await listed({ state: 'pending' })).not.toContain(orderId)
  })

  test('an order that was accepted a moment ago is among the accepted ones, and once', async () => {
    const customer = await newCustomer(5_000_000n)
    const order = await inState(customer, 'accepted')
    expect(await listed({ state: 'accepted' })).toContain(order.orderId)
    await sweepOrders.open().watch(order)
    expect((await listed({ state: 'accepted' })).filter((orderId) => orderId === order.orderId)).toHaveLength(1)
  })

  test('in pages of one, what is wanted is found whole and in order', async () => {
    const customer = await newCustomer(50_000_000n)
    const provider = providerId('alone')
    const placed: number[] = []
    for (let second = 0; second < 4; second++) {
      placed.push((await inState(customer, 'in-progress', provider, later(second))).orderId)
      await inState(customer, 'pending', provider, later(second))
    }
    const numbers: number[] = []
    let cursor: string | undefined
    do {
      const page = await listOrders.open().page({ state: 'in-progress' }, [provider], now, cursor, 1)
      numbers.push(...page.orders.map(({ orderId }) => orderId))
      cursor = page.cursor
    } while (cursor)
    expect(numbers).toEqual(placed.toReversed())
  })

  test('what is rare among many is listed in order and once, however far apart the lists are that it is on', async () => {
    const customer = await newCustomer(5_000_000n)
    const [item] = await ordersOf((await inState(customer, 'pending')).customerId)
    const day = '2026-02-03'
    // Numbers tell the shard. On one there are many, and what is wanted is behind them; on another there is one, older still.
    const copy = (number: number, second: number, state: string) => {
      const at = new Date(Date.parse(`${day}T12:00:00.000Z`) + second * 1_000)
      const order = orderId(number)
      return write({
        ...item,
        ...keys.order(customer, order),
        orderId: number,
        state,
        acceptedAt: acceptedAt(at, order),
        acceptedOn: acceptedOn(day, number % acceptedShards),
      })
    }
    await Promise.all(Array.from({ length: 110 }, (_, index) => copy(4_000 + index * 4, 100 + index, 'pending')))
    await Promise.all([copy(8_000, 60, 'completed'), copy(8_001, 30, 'completed'), copy(8_004, 10, 'completed')])
    expect(await listed({ state: 'completed', day })).toEqual([8_000, 8_001, 8_004])
    expect(await listed({ state: 'completed', day }, now, 1)).toEqual([8_000, 8_001, 8_004])
  }, 30_000)

  test('a forged cursor is refused, and reaches nothing that is not on the list', async () => {
    const forged = (place: unknown) => Buffer.from(JSON.stringify(place)).toString('base64url')
    for (const cursor of ['x', forged({}), forged({ at: 7 }), forged({ at: 'x'.repeat(100) })])
      await expect(listOrders.open().page({}, [one], now, cursor, 5)).rejects.toMatchObject({ code: 'invalid-request' })
    for (const at of ['', ' ', '\u0000', '0', '!'])
      expect(await listOrders.open().page({ day: '2026-11-22' }, [one], now, forged({ at }), 5)).toEqual({ orders: [] })
  })
})
