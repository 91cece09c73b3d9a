import { expect, test, vi } from 'vitest'
import { attempt, type CustomerId, providerId, providerOrderId } from '../../core/ids.ts'
import type { Order, OrderReason } from '../../core/orders/order.ts'
import { keys } from '../../data/keys.ts'
import { listOrders } from '../../data/orders/list-orders.ts'
import { settleOrders } from '../../data/orders/settle-orders.ts'
import { submitOrders } from '../../data/orders/submit-orders.ts'
import { sweepOrders } from '../../data/orders/sweep-orders.ts'
import { sweep } from '../../functions/workers/sweep-orders.ts'
import { newCustomer, now, place, sell, write } from './people.ts'
import { onEachTable } from './tables.ts'

const provider = providerId('provider')
const minutes = (count: number) => new Date(now.getTime() + count * 60_000)
let links = 0
const anyLink = () => `https://social.example.com/parked-${links++}`

async function claimed(customer: CustomerId, link: string) {
  const { serviceId } = await sell()
  const { orderId } = await place(customer, serviceId, { ask: { link, quantity: 1_000 } })
  const order = await submitOrders.open().claim(customer, orderId, attempt(`a${orderId}`), now)
  if (!order) throw new Error('the order could not be claimed')
  return order
}
async function parked(reason: OrderReason, link = anyLink()): Promise<Order> {
  const order = await claimed(await newCustomer(5_000_000n), link)
  await submitOrders.open().park(order, reason, now, undefined)
  return order
}

/** A sweep at this minute; answers which orders were sent on, and whether the provider is asked for its balance. */
async function sweptAt(minute: number, balance?: { amount: string; toldAt: Date }, { status = 'active', looks = 1_000 } = {}) {
  const sent: number[] = []
  let questions = 0
  let left = looks
  const tasks = { send: vi.fn() }
  const uses = {
    orders: {
      ...sweepOrders.open(),
      earlierFor: (order: Order, at: Date) => {
        questions++
        return sweepOrders.open().earlierFor(order, at)
      },
      sweptUntil: async () => minutes(minute),
      setSweptUntil: async () => undefined,
      waiting: none,
      acceptedBetween: none,
    },
    providers: { all: async () => [{ providerId: provider, status, exchange: 1_000_000_000n }] },
    lines: { all: async () => new Map() },
    balances: {
      all: async () =>
        new Map(
          balance
            ? [[provider, { providerId: provider, finding: 'works', askedAt: balance.toldAt, milliseconds: 1, ...balance }]]
            : [],
        ),
    },
    submit: { send: async (messages: { orderId: number }[]) => void sent.push(...messages.map(({ orderId }) => orderId)) },
    tasks,
    open: { toForward: none, forStaff: none, atProvider: none },
  }
  await sweep.run({ uses: uses as never, now: minutes(minute), clock: () => minutes(left-- > 0 ? minute : minute + 2) })
  return { sent, isAsked: tasks.send.mock.calls.length > 0, questions }
}
async function* none() {
  // Beside the point here.
}
/** What earlier tests left parked is out of the way. */
async function cleared() {
  const others: Order[] = []
  for await (const { order } of sweepOrders.open().parked(provider)) others.push(order)
  for (const { customerId, orderId } of others) await write({ ...keys.order(customerId, orderId), gone: true })
}

onEachTable(() => {
  test('what waits for funds goes on as soon as the balance is told to be enough for it, and not before', async () => {
    await cleared()
    const all = [await parked('out-of-funds'), await parked('out-of-funds')].map(({ orderId }) => orderId)
    // Told before they were parked: that says nothing.
    expect(await sweptAt(3, { amount: '100', toldAt: minutes(-1) })).toMatchObject({ sent: [], isAsked: true })
    expect(await sweptAt(3, { amount: '0.99', toldAt: minutes(2) })).toMatchObject({ sent: [], isAsked: false })
    // Enough for one of them.
    const { sent } = await sweptAt(4, { amount: '1.50', toldAt: minutes(3) })
    expect(sent).toHaveLength(1)
    expect([...sent, ...(await sweptAt(5, { amount: '1.50', toldAt: minutes(4) })).sent].toSorted()).toEqual(all)
  })

  test('a provider that says nothing true of its balance is tried one order at a time, one that says nothing with all', async () => {
    await cleared()
    const all = [await parked('out-of-funds'), await parked('out-of-funds')].map(({ orderId }) => orderId)
    const { sent } = await sweptAt(11, { amount: '0', toldAt: minutes(10) })
    expect(sent).toHaveLength(1)
    expect([...sent, ...(await sweptAt(11)).sent].toSorted()).toEqual(all)
  })

  test('what waits for a link goes on when the earlier order for it has ended, and not while it is under way', async () => {
    await cleared()
    const link = anyLink()
    const earlier = await claimed(await newCustomer(5_000_000n), link)
    await submitOrders.open().sent(earlier, providerOrderId(`there-${earlier.orderId}`), now)
    const waiting = await parked('link-busy', `${link}?utm_source=x`)
    expect((await sweptAt(30)).sent).toEqual([])
    await settleOrders.open().hear(earlier.customerId, earlier.orderId, { status: 'completed' }, minutes(31))
    expect((await sweptAt(32)).sent).toEqual([waiting.orderId])
  })

  test('so does what waits for a link that is too long for the order’s own item', async () => {
    await cleared()
    const link = `${anyLink()}?${'x'.repeat(900)}`
    const earlier = await claimed(await newCustomer(5_000_000n), link)
    await submitOrders.open().sent(earlier, providerOrderId(`there-${earlier.orderId}`), now)
    const waiting = await parked('link-busy', link)
    expect(waiting).not.toHaveProperty('link')
    expect((await sweptAt(30)).sent).toEqual([])
    await settleOrders.open().hear(earlier.customerId, earlier.orderId, { status: 'completed' }, minutes(31))
    expect((await sweptAt(32)).sent).toEqual([waiting.orderId])
  })

  test('what waits for somebody else’s order is tried every ten minutes, and stands before staff after a day', async () => {
    await cleared()
    const { orderId } = await parked('link-busy')
    const needed = async (minute: number) =>
      (await listOrders.open().needingStaff([provider], minutes(minute), undefined, 200)).orders.some(
        (order) => order.orderId === orderId,
      )
    expect((await sweptAt(9)).sent).toEqual([])
    expect(await needed(1_439)).toBe(false)
    expect(await needed(1_441)).toBe(true)
    expect((await sweptAt(1_441)).sent).toEqual([])
    expect((await sweptAt(11)).sent).toEqual([orderId])
  })

  test('however many wait for one link, it is asked once a sweep what it is busy with, and one of them goes on at a time', async () => {
    await cleared()
    const link = anyLink()
    const waiting = [
      await parked('link-busy', link),
      await parked('link-busy', `${link}?utm_source=x`),
      await parked('link-busy', link),
    ]
    const numbers: number[] = waiting.map(({ orderId }) => orderId)
    expect(await sweptAt(9)).toMatchObject({ sent: [], questions: 1 })
    const first = await sweptAt(11)
    expect(first).toMatchObject({ sent: [expect.toSatisfy((one: number) => numbers.includes(one))], questions: 1 })
    // The others wait while that one is on its way; nothing of ours is there, so the next is tried.
    expect((await sweptAt(12)).sent).toEqual([
      expect.toSatisfy((one: number) => numbers.includes(one) && !first.sent.includes(one)),
    ])
  })

  test('a sweep that has no time left goes on next time where it left off, so that nobody waits behind a flood', async () => {
    await cleared()
    const flood = [await parked('out-of-funds'), await parked('out-of-funds'), await parked('out-of-funds')]
    const numbers = flood.map(({ orderId }) => orderId)
    const seen = [
      ...(await sweptAt(20, undefined, { looks: 1 })).sent,
      ...(await sweptAt(21, undefined, { looks: 1 })).sent,
      ...(await sweptAt(22)).sent,
    ]
    expect(seen.toSorted()).toEqual(numbers.toSorted())
    expect(await sweepOrders.open().leftAt()).toEqual(new Map())
  })

  test('a provider that takes nothing is not asked about each order, and its balance is wanted all the same', async () => {
    await cleared()
    await parked('link-busy')
    await parked('out-of-funds')
    expect(await sweptAt(30, undefined, { status: 'paused' })).toEqual({ sent: [], isAsked: true, questions: 0 })
  })

  test('what was accepted is not looked at again for the sake of a sweep that broke off among the parked', async () => {
    await cleared()
    await parked('out-of-funds')
    const swept: Date[] = []
    const orders = {
      ...sweepOrders.open(),
      acceptedBetween: none,
      waiting: none,
      sweptUntil: async () => minutes(39),
      setSweptUntil: async (until: Date) => void swept.push(until),
    }
    const uses = {
      orders,
      providers: { all: async () => [{ providerId: provider, status: 'active', exchange: 1_000_000_000n }] },
      lines: { all: async () => new Map() },
      balances: { all: async () => new Map() },
      submit: {
        send: async (messages: unknown[]) => {
          if (messages.length > 0) throw new Error('the queue is away')
        },
      },
    }
    const broken = sweep.run({ uses: uses as never, now: minutes(40), clock: () => minutes(40) })
    await expect(broken).rejects.toThrow('the queue is away')
    expect(swept).toEqual([minutes(39)])
  })
})
