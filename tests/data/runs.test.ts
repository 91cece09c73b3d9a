import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { attempt, type CustomerId, providerOrderId } from '../../core/ids.ts'
import { rate } from '../../core/money.ts'
import type { StatusReport } from '../../core/orders/heard.ts'
import type { Order } from '../../core/orders/order.ts'
import { suspendAccounts } from '../../data/customers.ts'
import { dueShards } from '../../data/keys.ts'
import { dueOrders, tellOfRuns } from '../../data/orders/due-orders.ts'
import { getOrder } from '../../data/orders/get.ts'
import { listRuns } from '../../data/orders/list-runs.ts'
import { settleOrders } from '../../data/orders/settle-orders.ts'
import { startRuns } from '../../data/orders/start-runs.ts'
import { endPauses, type Step, steerRuns } from '../../data/orders/steer-runs.ts'
import { submitOrders } from '../../data/orders/submit-orders.ts'
import { readServices, serviceAsItem } from '../../data/services.ts'
import { settings } from '../../data/settings.ts'
import { readWallets } from '../../data/wallets.ts'
import { startDueRuns } from '../../functions/workers/start-runs.ts'
import { aService } from '../fixtures/service.ts'
import { all, audit, available, entriesOf, newCustomer, now, ordersOf, outcomes, place, sell, write } from './people.ts'
import { onEachTable } from './tables.ts'

const minutes = (count: number): Date => new Date(now.getTime() + count * 60_000)
const ask = { link: 'https://social.example.com/somebody', quantity: 100, runs: 3, interval: 60 }

/** What the clock sets going, at this minute. */
const tick = (
  at: Date,
  runs: Partial<ReturnType<typeof startRuns.open>> = {},
  due: Partial<ReturnType<typeof dueOrders.open>> = {},
  pauses: Partial<ReturnType<typeof endPauses.open>> = {},
): Promise<void> =>
  startDueRuns.run({
    uses: {
      due: { ...dueOrders.open(), ...due },
      runs: { ...startRuns.open(), ...runs },
      pauses: { ...endPauses.open(), ...pauses },
      services: readServices.open(),
      wallets: readWallets.open(),
      settings: settings.open(),
    },
    now: at,
    clock: () => at,
  })

const read = async ({ customerId, orderId }: Order): Promise<Order> => {
  const order = await getOrder(customerId, orderId)
  if (!order) throw new Error('there is no order')
  return order
}
const runsOf = async (order: Order): Promise<Order[]> => {
  const { orders } = await listRuns.open().page(order, undefined, 25)
  return Promise.all(orders.toReversed().map(read))
}
const steer = (order: Order, step: Step['step'], at: Date, by?: 'staff') =>
  steerRuns.open().steer({ customer: order.customerId, order: order.orderId, step, at, audit: by && { ...audit, why: 'a reason' } })

/** A run sent and gone the way of this report; the order is told, as the stream would. */
async function goes(run: Order, report: StatusReport, at: Date): Promise<void> {
  const { customerId, orderId, runOf } = run
  const claimed = await submitOrders.open().claim(customerId, orderId, attempt(randomUUID()), at)
  if (claimed) await submitOrders.open().sent(claimed, providerOrderId(`u${orderId}`), at)
  await settleOrders.open().hear(customerId, orderId, report, at)
  await news(run, at)
  expect(runOf).toBeDefined()
}
const news = ({ customerId, runOf }: Order, at: Date): Promise<void> =>
  tellOfRuns.open().tell(runOf ? [{ customerId, orderId: runOf.order, run: runOf.run, at, sequence: randomUUID() }] : [])

const whatIsDue = async (customer: CustomerId) => {
  const due = await Promise.all(Array.from({ length: dueShards }, (_, shard) => all(`DUE#${shard}`)))
  return due.flat().filter((item) => item['customerId'] === customer)
}

async function aFeed(more: Partial<typeof ask> = {}, service: Parameters<typeof sell>[0] = {}) {
  const customer = await newCustomer(5_000_000n)
  const sold = await sell({ dripFeed: true, rate: rate(1_000_001n), ...service })
  const order = await place(customer, sold.serviceId, { ask: { ...ask, ...more } })
  return { customer, service: sold, order }
}

onEachTable(() => {
  test('an order in runs is paid at once, and each run is an order that costs nothing more', async () => {
    const { customer, order } = await aFeed()
    expect(order).toMatchObject({ state: 'in-progress', quantity: 300, runs: 3, interval: 60, charge: 300_001n })
    expect(await available(customer)).toBe(4_699_999n)
    for (const at of [1, 61, 121]) await tick(minutes(at))
    await tick(minutes(500))
    const runs = await runsOf(order)
    expect(runs.map(({ quantity, charge, runOf, state }) => [quantity, charge, runOf?.run, state])).toEqual([
      [100, 100_000n, 1, 'accepted'],
      [100, 100_000n, 2, 'accepted'],
      [100, 100_001n, 3, 'accepted'],
    ])
    expect(runs.map(({ acceptedAt }) => acceptedAt)).toEqual([minutes(1), minutes(61), minutes(121)])
    expect(await available(customer)).toBe(4_699_999n)
    expect((await read(order)).feed).toMatchObject({ started: 3, over: 0 })
  })

  test('a run is started without all the others being counted, until six hours are over', async () => {
    const { order } = await aFeed({ runs: 10, interval: 60 })
    const counted: Date[] = []
    const tickCounting = (at: Date): Promise<void> =>
      tick(at, {
        countAll: async (feed, now) => {
          if (feed.orderId === order.orderId) counted.push(now)
        },
      })
    for (let hour = 0; hour < 8; hour++) await tickCounting(minutes(hour * 60))
    expect(await runsOf(order)).toHaveLength(8)
    // With the first, before which there is nothing, and in the seventh hour.
    expect(counted).toEqual([minutes(0), minutes(360)])
  })

  test('a customer with more than a minute’s worth of news holds up nobody else’s runs, and is heard out later', async () => {
    const { order } = await aFeed()
    const [hints, other] = [400, await aFeed()]
    const flood = Array.from({ length: hints }, (_, run) => ({
      pk: 'DUE#0',
      sk: `${minutes(0).toISOString()} ${run}`,
      customerId: order.customerId,
      orderId: order.orderId,
      run,
    }))
    const looked: string[] = []
    const left = new Set<unknown>(flood)
    const due = {
      async *until() {
        yield* [...flood.filter((one) => left.has(one))]
        yield { pk: 'DUE#1', sk: `${minutes(0).toISOString()} x`, customerId: other.customer, orderId: other.order.orderId, run: 1 }
      },
      async done(one: { customerId: string }) {
        left.delete(one)
        looked.push(one.customerId)
      },
    }
    await tick(minutes(1), { count: async () => undefined }, due)
    expect(looked.filter((one) => one === order.customerId)).toHaveLength(300)
    expect(looked).toContain(other.customer)
    await tick(minutes(2), { count: async () => undefined }, due)
    expect(left.size).toBe(0)
  })

  test('where the provider delivers in runs itself, it is one order for all of them', async () => {
    const source = { ...aService().source, dripFeed: true }
    const { order } = await aFeed({}, { source })
    expect(order).toMatchObject({ state: 'accepted', quantity: 300, runs: 3, interval: 60 })
    expect(order.feed).toBeUndefined()
    await tick(minutes(1))
    expect(await ordersOf(order.customerId)).toHaveLength(1)
  })

  test('six schedulers at once start a run once', async () => {
    const { customer, order } = await aFeed()
    for (const at of [0, 60, 120, 180]) await Promise.all(Array.from({ length: 6 }, () => tick(minutes(at))))
    expect((await runsOf(order)).map(({ runOf }) => runOf?.run)).toEqual([1, 2, 3])
    expect(await ordersOf(customer)).toHaveLength(4)
  }, 60_000)

  test('after an outage, missed runs are made up for one per interval', async () => {
    const { order } = await aFeed({ runs: 5, interval: 10 })
    await tick(minutes(0))
    for (const at of [45, 46, 54]) await tick(minutes(at))
    expect(await runsOf(order)).toHaveLength(2)
    await tick(minutes(55))
    expect((await runsOf(order)).map(({ acceptedAt }) => acceptedAt)).toEqual([minutes(0), minutes(45), minutes(55)])
  })

  test('the order ends by what its runs did, and every unit is accounted for', async () => {
    const { customer, order } = await aFeed()
    for (const at of [0, 60, 120]) await tick(minutes(at))
    const [first, second, third] = (await runsOf(order)) as [Order, Order, Order]
    await goes(first, { status: 'in-progress', startCount: 40, remains: 50 }, minutes(121))
    await tick(minutes(122))
    expect(await read(order)).toMatchObject({ state: 'in-progress', remains: 250, startCount: 40, refunded: 0n })
    await goes(first, { status: 'completed' }, minutes(123))
    await goes(second, { status: 'partial', remains: 33 }, minutes(123))
    await tick(minutes(124))
    expect(await read(order)).toMatchObject({ state: 'in-progress', remains: 133, refunded: 33_000n })
    await goes(third, { status: 'canceled' }, minutes(125))
    await tick(minutes(126))
    expect(await read(order)).toMatchObject({ state: 'partial', remains: 133, refunded: 133_001n, startCount: 40 })
    expect(await available(customer)).toBe(4_699_999n + 133_001n)
    // The provider takes back more.
    await settleOrders.open().hear(customer, first.orderId, { status: 'canceled' }, minutes(200))
    await news(first, minutes(200))
    await tick(minutes(201))
    expect(await read(order)).toMatchObject({ state: 'partial', refunded: 233_001n, remains: 233 })
    expect(await available(customer)).toBe(4_699_999n + 233_001n)
    await tick(minutes(10_000))
    expect(await whatIsDue(customer)).toEqual([])
  })

  test('news that was lost is made up for by the next count', async () => {
    const { customer, order } = await aFeed({ runs: 2 })
    for (const at of [0, 60]) await tick(minutes(at))
    for (const { orderId } of await runsOf(order)) {
      const claimed = await submitOrders.open().claim(customer, orderId, attempt(randomUUID()), minutes(61))
      if (claimed) await submitOrders.open().sent(claimed, providerOrderId(`u${orderId}`), minutes(61))
      await settleOrders.open().hear(customer, orderId, { status: 'completed' }, minutes(62))
    }
    for (const at of [63, 71]) await tick(minutes(at))
    expect(await read(order)).toMatchObject({ state: 'completed', remains: 0, refunded: 0n })
  })

  test('a run that nobody takes comes back, and the order goes on', async () => {
    const { customer, order } = await aFeed()
    await tick(minutes(0))
    const [first] = await runsOf(order)
    const claimed = first && (await submitOrders.open().claim(customer, first.orderId, attempt('a'), minutes(1)))
    if (!claimed) throw new Error('not claimed')
    await settleOrders.open().refuse(claimed, 'provider-refused', minutes(1), 'No')
    await news(claimed, minutes(1))
    for (const at of [2, 60, 120]) await tick(minutes(at))
    expect(await read(order)).toMatchObject({ state: 'in-progress', refunded: 100_000n })
    expect(await runsOf(order)).toHaveLength(3)
    expect(await available(customer)).toBe(4_799_999n)
  })

  test('canceled, what was not started goes back to the unit, once, and what was started goes on', async () => {
    const { customer, order } = await aFeed()
    await tick(minutes(0))
    await Promise.all(Array.from({ length: 4 }, () => steer(order, 'cancel', minutes(1))))
    expect(await available(customer)).toBe(4_699_999n + 200_001n)
    for (const at of [2, 60, 120, 180]) await tick(minutes(at))
    const [first, ...others] = await runsOf(order)
    expect(others).toEqual([])
    expect(await read(order)).toMatchObject({ state: 'in-progress', refunded: 200_001n, remains: 300 })
    if (first) await goes(first, { status: 'completed' }, minutes(181))
    await tick(minutes(182))
    expect(await read(order)).toMatchObject({ state: 'partial', refunded: 200_001n, remains: 200 })
    expect((await entriesOf(customer)).map(({ cause }) => cause)).toContain(`refund of order ${order.orderId} up to remains 200`)
    await expect(steer(order, 'pause', minutes(183))).rejects.toMatchObject({ code: 'no-runs-left' })
  }, 60_000)

  test('canceled before the first run, all of it comes back and the order is over', async () => {
    const { customer, order } = await aFeed()
    expect(await steer(order, 'cancel', minutes(0))).toMatchObject({ state: 'canceled', refunded: 300_001n, remains: 300 })
    await tick(minutes(1))
    expect(await runsOf(order)).toEqual([])
    expect(await available(customer)).toBe(5_000_000n)
    expect(await whatIsDue(customer)).toEqual([])
  })

  test('a cancellation and a run that is due at the same moment: exactly one of both, and the money says which', async () => {
    for (let round = 0; round < 12; round++) {
      const { customer, order } = await aFeed({ runs: 2 })
      await tick(minutes(0))
      await Promise.all([tick(minutes(60)), steer(order, 'cancel', minutes(60)).catch(() => undefined), tick(minutes(60))])
      const runs = await runsOf(order)
      const back = (await available(customer)) - (5_000_000n - order.charge)
      const spent = runs.reduce((sum, { charge }) => sum + charge, 0n)
      expect(spent + back).toBe(order.charge)
      expect((await read(order)).refunded).toBe(back)
    }
  }, 60_000)

  test('paused, no run is started; resumed, one is due, and not the missed ones at once', async () => {
    const { order } = await aFeed()
    await tick(minutes(0))
    await steer(order, 'pause', minutes(1))
    for (const at of [60, 120, 180]) await tick(minutes(at))
    expect(await runsOf(order)).toHaveLength(1)
    expect((await read(order)).feed?.pausedBy).toBe('customer')
    await steer(order, 'resume', minutes(200))
    for (const at of [200, 201, 259]) await tick(minutes(at))
    expect(await runsOf(order)).toHaveLength(2)
    await tick(minutes(260))
    expect((await runsOf(order)).map(({ acceptedAt }) => acceptedAt)).toEqual([minutes(0), minutes(200), minutes(260)])
  })

  test('a pause is no way to hurry a run, and what staff paused only staff resume', async () => {
    const { order } = await aFeed()
    await tick(minutes(0))
    for (const step of ['pause', 'resume', 'pause', 'resume'] as const) await steer(order, step, minutes(1))
    await tick(minutes(2))
    expect(await runsOf(order)).toHaveLength(1)
    await steer(order, 'pause', minutes(3))
    await steer(order, 'pause', minutes(3), 'staff')
    await expect(steer(order, 'resume', minutes(4))).rejects.toMatchObject({ code: 'runs-held-by-staff' })
    await steer(order, 'resume', minutes(5), 'staff')
    await tick(minutes(60))
    expect(await runsOf(order)).toHaveLength(2)
  })

  test('pauses and due runs at the same moment: none is started after the pause was confirmed', async () => {
    for (let round = 0; round < 8; round++) {
      const { order } = await aFeed()
      await tick(minutes(0))
      await Promise.all([tick(minutes(60)), steer(order, 'pause', minutes(60))])
      const before = (await runsOf(order)).length
      await tick(minutes(61))
      await tick(minutes(120))
      expect(await runsOf(order)).toHaveLength(before)
    }
  }, 60_000)

  const days = (count: number): Date => minutes(count * 1_440)

  test('paused for thirty days, what has not begun is canceled and its charge goes back, exactly and once', async () => {
    const { customer, order } = await aFeed()
    await tick(minutes(0))
    await steer(order, 'pause', days(1))
    // An earlier pause that was ended counts for nothing.
    await steer(order, 'resume', days(2))
    await steer(order, 'pause', days(2))
    for (const at of [30, 31.5]) await tick(days(at))
    expect((await read(order)).feed).toMatchObject({ started: 1, pausedBy: 'customer', pausedAt: days(2) })
    expect(await available(customer)).toBe(4_699_999n)
    await Promise.all(Array.from({ length: 4 }, () => tick(days(32))))
    await tick(days(33))
    expect(await read(order)).toMatchObject({ state: 'in-progress', refunded: 200_001n, feed: { started: 1, stoppedAt: days(32) } })
    expect(await available(customer)).toBe(4_699_999n + 200_001n)
    expect((await entriesOf(customer)).filter(({ kind }) => kind === 'refund')).toHaveLength(1)
    const [first] = await runsOf(order)
    if (first) await goes(first, { status: 'completed' }, days(34))
    await tick(days(35))
    expect(await read(order)).toMatchObject({ state: 'partial', refunded: 200_001n, remains: 200 })
  }, 60_000)

  test('a customer who resumes just when the pause ends keeps the runs', async () => {
    const { customer, order } = await aFeed()
    await steer(order, 'pause', minutes(0))
    const end: ReturnType<typeof endPauses.open>['end'] = async (seen, at) => {
      await steer(order, 'resume', at)
      return endPauses.open().end(seen, at)
    }
    await tick(days(30), {}, {}, { end })
    await tick(days(30))
    expect(await read(order)).toMatchObject({ refunded: 0n, feed: { started: 1 } })
    expect(await available(customer)).toBe(4_699_999n)
  })

  test('what staff paused stays paused, however long', async () => {
    const { order } = await aFeed()
    await steer(order, 'pause', minutes(0))
    await steer(order, 'pause', minutes(1), 'staff')
    for (const at of [30, 31, 90]) await tick(days(at))
    const { feed } = await read(order)
    expect(feed).toMatchObject({ started: 0, pausedBy: 'staff' })
    expect(feed?.stoppedAt).toBeUndefined()
  })

  test('a customer has fifty places for open orders in runs, one for each two hundred runs, even when all are wanted at once', async () => {
    const customer = await newCustomer(500_000_000n)
    const { serviceId } = await sell({ dripFeed: true, rate: rate(1_000n) })
    const feed = (runs: number, requestId?: string) =>
      // So late that nobody’s clock here starts them.
      place(customer, serviceId, { ask: { ...ask, runs, interval: 1 }, requestId, at: days(400) })
    const first = await feed(1_000, 'the first')
    for (let placed = 1; placed < 9; placed++) await feed(1_000)
    await feed(201)
    // Two places for what has 201 runs: three are left.
    expect(await outcomes(Array.from({ length: 6 }, () => feed(2)))).toEqual({ done: 3, 'too-many-runs': 3 })
    const before = await available(customer)
    expect(await outcomes([feed(2)])).toEqual({ 'too-many-runs': 1 })
    expect(await available(customer)).toBe(before)
    // The same request once more is the same order, and what comes at once is no order in runs.
    expect((await feed(1_000, 'the first')).orderId).toBe(first.orderId)
    await place(customer, serviceId, { ask: { link: ask.link, quantity: 100 } })
    // Over, an order leaves its five places.
    await steer(first, 'cancel', days(400))
    expect(await outcomes([feed(1_000), feed(1_000)])).toEqual({ done: 1, 'too-many-runs': 1 })
    expect(await outcomes([feed(2)])).toEqual({ 'too-many-runs': 1 })
  }, 60_000)

  test('a suspended customer’s runs wait, and so do those of a service that is not sold', async () => {
    const { customer, order, service } = await aFeed()
    const set = (status: 'active' | 'suspended') => suspendAccounts.open().setStatus(customer, status, audit, now)
    await set('suspended')
    await tick(minutes(0))
    expect(await read(order)).toMatchObject({ reason: 'account-suspended' })
    await set('active')
    await write(serviceAsItem({ ...service, enabled: false }))
    await tick(minutes(60))
    expect(await read(order)).toMatchObject({ reason: 'service-not-sold', feed: { started: 0 } })
    // Sold at its new price, and dearer to us than what was paid for these runs: none is bought at a loss.
    await write(
      serviceAsItem({ ...service, rate: rate(service.rate * 3n), source: { ...service.source, cost: rate(service.rate * 2n) } }),
    )
    await tick(minutes(120))
    expect(await read(order)).toMatchObject({ reason: 'service-not-sold', feed: { started: 0 } })
    await write(serviceAsItem(service))
    await tick(minutes(180))
    expect(await runsOf(order)).toHaveLength(1)
    expect((await read(order)).reason).toBeUndefined()
  })

  test('a link that takes one order at a time is held until the last run is over, and is free however the order ends', async () => {
    const { customer, order, service } = await aFeed({ runs: 2 }, { denyDuplicates: true })
    const again = () => place(customer, service.serviceId, { ask: { link: ask.link, quantity: 100 } })
    for (const at of [0, 60]) await tick(minutes(at))
    const [first, second] = (await runsOf(order)) as [Order, Order]
    await goes(first, { status: 'completed' }, minutes(61))
    await tick(minutes(62))
    expect(await outcomes([again()])).toEqual({ 'link-taken': 1 })
    await goes(second, { status: 'partial', remains: 1 }, minutes(63))
    await tick(minutes(64))
    const next = await place(customer, service.serviceId, { ask: { ...ask, runs: 2 }, at: minutes(65) })
    expect(await outcomes([again()])).toEqual({ 'link-taken': 1 })
    await steer(next, 'pause', minutes(66))
    expect(await outcomes([again()])).toEqual({ 'link-taken': 1 })
    await steer(next, 'cancel', minutes(67))
    expect(await outcomes([again(), again()])).toEqual({ done: 1, 'link-taken': 1 })
  })

  test('a long link goes with every run, and an order without runs is refused the steps', async () => {
    const link = `https://social.example.com/${'x'.repeat(400)}`
    const { order, customer } = await aFeed({ link })
    await tick(minutes(0))
    const [run] = await runsOf(order)
    expect(run && (await submitOrders.open().payload(run)).link).toBe(link)
    const { serviceId } = await sell()
    await expect(steer(await place(customer, serviceId), 'pause', now)).rejects.toMatchObject({ code: 'no-runs-left' })
  })
})
