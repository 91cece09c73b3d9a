import { PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb'
import { expect, test } from 'vitest'
import { attempt, type CustomerId, orderId, type ProviderId, providerId, providerOrderId } from '../../core/ids.ts'
import type { Order } from '../../core/orders/order.ts'
import { acceptedAt, acceptedOn, acceptedShards, keys, linkKey } from '../../data/keys.ts'
import { fileOrders } from '../../data/orders/file-orders.ts'
import { findOrders } from '../../data/orders/find-orders.ts'
import { submitOrders } from '../../data/orders/submit-orders.ts'
import { table, useTable } from '../../data/table.ts'
import { aService } from '../fixtures/service.ts'
import { newCustomer, now, ordersOf, place, sell, write } from './people.ts'
import { onEachTable } from './tables.ts'

const one = providerId('one')
const after = (hours: number): Date => new Date(now.getTime() + hours * 3_600_000)
const file = (at: Date) => fileOrders.open().file(at)
const byLink = async (link: string, at: Date) => (await findOrders.open().byLink(link, at, undefined, 50)).orders.map(numberOf)
const byNumber = async (number: string, at: Date, providers: readonly ProviderId[] = [one]) =>
  (await findOrders.open().byUpstream(providers, providerOrderId(number), at, undefined, 50)).orders.map(numberOf)
const numberOf = ({ orderId }: Order) => orderId

/** Each test has a time and links of its own: what one files is filed for all. */
let day = 0
function nextDay(): number {
  day += 3
  return 24 * day
}

async function placed(customer: CustomerId, link: string, at: Date): Promise<Order> {
  const { serviceId } = await sell({ source: { ...aService().source, providerId: one } })
  return place(customer, serviceId, { ask: { link, quantity: 1 }, at })
}

async function sendIt({ customerId, orderId }: Order, number: string, at: Date): Promise<void> {
  const { claim, sent } = submitOrders.open()
  const claimed = await claim(customerId, orderId, attempt(`a ${number}`), at)
  if (!claimed) throw new Error('the order could not be claimed')
  await sent(claimed, providerOrderId(number), at)
}

async function filings(): Promise<number> {
  const { db, name: TableName } = table()
  let items = 0
  for (const drawer of ['link 0 0', 'number 0 0']) {
    const { Count = 0 } = await db.send(
      new QueryCommand({
        TableName,
        KeyConditionExpression: 'pk = :drawer',
        ExpressionAttributeValues: { ':drawer': `CARDS#${drawer}` },
      }),
    )
    items += Count
  }
  return items
}

onEachTable(() => {
  test('orders are found by link and by number before they are filed, after it, and once each in between', async () => {
    const hours = nextDay()
    const customer = await newCustomer(5_000_000n)
    const link = `https://photo.network/p/day${hours}`
    const first = await placed(customer, link, after(hours))
    await sendIt(first, `there-${hours}`, after(hours))
    expect([await byLink(link, after(hours + 1)), await byNumber(`there-${hours}`, after(hours + 1))]).toEqual([
      [first.orderId],
      [first.orderId],
    ])
    expect(await file(after(hours + 26))).toBeGreaterThan(0)
    expect([await byLink(link, after(hours + 26)), await byNumber(`there-${hours}`, after(hours + 26))]).toEqual([
      [first.orderId],
      [first.orderId],
    ])
    const second = await placed(customer, link, after(hours + 26))
    expect(await byLink(link, after(hours + 26))).toEqual([second.orderId, first.orderId])
    expect(await byNumber(`there-${hours}`, after(hours + 26), [providerId('other')])).toEqual([])
  })

  test('what is too young to be filed is left for the next time, and nothing is filed for a few orders alone', async () => {
    const hours = nextDay()
    const customer = await newCustomer(5_000_000n)
    await file(after(hours))
    const link = `https://photo.network/p/young${hours}`
    const { orderId } = await placed(customer, link, new Date(after(hours + 26).getTime() - 60_000))
    const before = await filings()
    await file(after(hours + 26))
    expect(await filings()).toBe(before)
    expect(await byLink(link, after(hours + 26))).toEqual([orderId])
    await file(after(hours + 60))
    expect(await filings()).toBe(before + 1)
    expect(await byLink(link, after(hours + 60))).toEqual([orderId])
  })

  test('an order that is sent after those of its time were filed is found by the number it has then, and by no former one', async () => {
    const hours = nextDay()
    const customer = await newCustomer(5_000_000n)
    const order = await placed(customer, `https://photo.network/p/late${hours}`, after(hours))
    await file(after(hours + 26))
    await sendIt(order, `late-${hours}`, after(hours + 27))
    expect(await byNumber(`late-${hours}`, after(hours + 27))).toEqual([order.orderId])
    expect(await byNumber(`late-${hours}0`, after(hours + 27))).toEqual([])
  })

  test('a number that is noted for an order which was then not sent under it finds nothing', async () => {
    const hours = nextDay()
    const customer = await newCustomer(5_000_000n)
    const order = await placed(customer, `https://photo.network/p/lost${hours}`, after(hours))
    await write({
      ...keys.sentLate(one, providerOrderId(`lost-${hours}`), order.orderId),
      acceptedAt: acceptedAt(order.acceptedAt, order.orderId),
    })
    expect(await byNumber(`lost-${hours}`, after(hours + 1))).toEqual([])
  })

  test('a filing that breaks off is done again whole under the same keys: nothing is missing, nothing is there twice', async () => {
    const hours = nextDay()
    const customer = await newCustomer(5_000_000n)
    await file(after(hours))
    const link = `https://photo.network/p/broken${hours}`
    const order = await placed(customer, link, after(hours))
    await sendIt(order, `broken-${hours}`, after(hours))
    const before = await filings()
    const whole = table()
    const writes: string[] = []
    const send = (command: unknown): Promise<unknown> => {
      if (command instanceof PutCommand) {
        const pk = String(command.input.Item?.['pk'])
        writes.push(pk)
        if (pk === 'FILING') return Promise.reject(new Error('the worker is gone'))
      }
      return whole.db.send(command as PutCommand)
    }
    useTable({ ...whole, db: { send } as unknown as typeof whole.db })
    await expect(file(after(hours + 26))).rejects.toThrow('the worker is gone')
    useTable(whole)
    // Up to when orders are filed is said last.
    expect(writes.at(-1)).toBe('FILING')
    expect(await filings()).toBe(before + 2)
    expect(await byLink(link, after(hours + 26))).toEqual([order.orderId])
    await file(new Date(after(hours + 26).getTime() + 120_000))
    expect(await filings()).toBe(before + 2)
    expect(await byLink(link, after(hours + 26))).toEqual([order.orderId])
    expect(await byNumber(`broken-${hours}`, after(hours + 26))).toEqual([order.orderId])
  })

  test('two workers that file at once, and people who search meanwhile, miss nothing', async () => {
    const hours = nextDay()
    const customer = await newCustomer(5_000_000n)
    await file(after(hours))
    const link = `https://photo.network/p/race${hours}`
    const order = await placed(customer, link, after(hours))
    await sendIt(order, `race-${hours}`, after(hours))
    const at = after(hours + 26)
    const searches = Array.from({ length: 6 }, () => Promise.all([byLink(link, at), byNumber(`race-${hours}`, at)]))
    const [found] = await Promise.all([Promise.all(searches), file(at), file(at)])
    for (const both of found) expect(both).toEqual([[order.orderId], [order.orderId]])
    expect(await byLink(link, at)).toEqual([order.orderId])
  })

  test('an order that was erased is found by its link no more, filed or not', async () => {
    const hours = nextDay()
    const customer = await newCustomer(5_000_000n)
    const link = `https://photo.network/p/erased${hours}`
    await placed(customer, link, after(hours))
    await file(after(hours + 26))
    expect(await byLink(link, after(hours + 26))).toHaveLength(1)
    const [item] = await ordersOf(customer)
    const { link: _, linkKey: __, ...left } = item ?? {}
    await write(left)
    expect(await byLink(link, after(hours + 26))).toEqual([])
  })

  test('an order that fails over to another provider after it was filed is found by the number it has there', async () => {
    const hours = nextDay()
    const customer = await newCustomer(5_000_000n)
    const order = await placed(customer, `https://photo.network/p/over${hours}`, after(hours))
    await sendIt(order, `first-${hours}`, after(hours))
    await file(after(hours + 26))
    const [item] = await ordersOf(customer)
    await write({ ...item, state: 'accepted', providerId: 'other' })
    await sendIt(order, `second-${hours}`, after(hours + 27))
    const at = after(hours + 27)
    expect(await byNumber(`second-${hours}`, at, [one, providerId('other')])).toEqual([order.orderId])
    expect(await byNumber(`first-${hours}`, at, [one, providerId('other')])).toEqual([])
  })

  test('of many orders for one link each is found once, newest first, page by page, filed in several drawers and at several times', async () => {
    const hours = nextDay()
    const customer = await newCustomer(5_000_000n)
    const link = `https://photo.network/p/many${hours}`
    await file(after(hours))
    const one = await placed(customer, link, after(hours))
    const [item] = await ordersOf(customer)
    const copy = (index: number, of: string) => {
      const order = orderId(one.orderId + 1_000_000 + index)
      const at = new Date(after(hours).getTime() + index * 60_000)
      return write({
        ...item,
        ...keys.order(customer, order),
        orderId: order,
        link: of,
        linkKey: linkKey(of),
        acceptedAt: acceptedAt(at, order),
        acceptedOn: acceptedOn(at.toISOString().slice(0, 10), order % acceptedShards),
      })
    }
    // Over three days; others' orders in between, so that cards are sorted finely.
    for (let first = 0; first < 300; first += 50)
      await Promise.all(
        Array.from({ length: 50 }, (_, index) => copy((first + index) * 12, index % 2 ? link : `${link}/other${first + index}`)),
      )
    expect(await file(after(hours + 90))).toBe(301)
    const seen: number[] = []
    let cursor: string | undefined
    do {
      const page = await findOrders.open().byLink(link, after(hours + 90), cursor, 40)
      seen.push(...page.orders.map(numberOf))
      cursor = page.cursor
    } while (cursor)
    expect(seen).toEqual(new Set(seen).size === 151 ? seen.toSorted((a, b) => b - a) : [])
  }, 30_000)
})
