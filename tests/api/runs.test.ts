import { randomUUID } from 'node:crypto'
import { beforeAll, expect, test } from 'vitest'
import {
  behave,
  type Customer,
  must,
  newCustomer,
  newKey,
  newStaff,
  ownersConsole,
  protocol,
  providersOrders,
  serviceOf,
  until,
} from './people.ts'

interface Row {
  readonly orderId: number
  readonly state: string
  readonly charge: string
  readonly refunded: string
  readonly runOf?: { readonly order: number; readonly run: number }
  readonly feed?: { readonly started: number; readonly isCanceled: boolean; readonly pausedBy?: string; readonly unused: string }
}
interface ServiceRow {
  readonly serviceId: number
  readonly type: string
  readonly dripFeed: boolean
  readonly min: number
  readonly enabled: boolean
}

let ada: Customer
let key: string
/** One whose runs the provider sees to, and one whose runs the panel starts. */
let there: ServiceRow
let here: ServiceRow
beforeAll(async () => {
  await behave({ faultRate: 0, partialRate: 0, secondsToComplete: 1 })
  const owner = await ownersConsole()
  ;[ada] = await Promise.all([newCustomer('50'), serviceOf('Default')])
  key = await newKey(ada)
  const { rows } = await must(owner.call('GET', '/api/admin/services'), 'the services')
  const sold = (rows as ServiceRow[]).filter(({ type, enabled }) => type === 'Default' && enabled)
  const [one, other] = [sold.find(({ dripFeed }) => dripFeed), sold.find(({ dripFeed }) => !dripFeed)]
  if (!one || !other) throw new Error('no such services')
  ;[there, here] = [one, other]
  const path = `/api/admin/services/${here.serviceId}`
  const { revision } = await must(owner.call('GET', path), 'the service')
  await must(owner.call('PATCH', path, { revision, change: { dripFeed: true } }), 'selling it in runs')
})

const link = () => `https://photo.network/p/${randomUUID()}`
const add = async (service: ServiceRow, to: string, more: object = {}) =>
  (await protocol({
    key,
    action: 'add',
    service: service.serviceId,
    link: to,
    quantity: service.min,
    runs: 3,
    interval: 60,
    ...more,
  })) as {
    readonly order?: number
    readonly error?: string
  }
const read = async (order: number): Promise<Row> => (await ada.page.call('GET', `/api/orders/${order}`)).body as unknown as Row
const runsOf = async (order: number): Promise<Row[]> =>
  (await ada.page.call('GET', `/api/orders/${order}/runs`)).body['rows'] as Row[]
const formOf = async (to: string) =>
  until(async () => {
    const sent = (await providersOrders()).find((one) => one.link === to)
    return sent && new URLSearchParams(sent.raw.body)
  }, 'the order at the provider')

test('a provider that delivers in runs itself is told how many, and how far apart', async () => {
  const to = link()
  const { order = 0 } = await add(there, to)
  const form = await formOf(to)
  expect([form.get('quantity'), form.get('runs'), form.get('interval')]).toEqual([String(there.min), '3', '60'])
  expect((await read(order)).feed).toBeUndefined()
})

test('where the panel starts the runs, each is an order; what is left is paused by staff, canceled by its customer, and paid back', async () => {
  const to = link()
  const { order = 0 } = await add(here, to)
  const form = await formOf(to)
  expect([form.get('quantity'), form.get('runs')]).toEqual([String(here.min), null])
  const [run] = await runsOf(order)
  expect(run?.runOf).toEqual({ order, run: 1 })

  const support = await newStaff('support')
  const asStaff = (step: string) => support.call('POST', `/api/admin/orders/${order}/runs`, { step, memo: 'asked by mail' })
  await must(asStaff('pause'), 'a pause')
  const steer = (step: string) => ada.page.call('POST', `/api/orders/${order}/runs`, { step })
  expect((await steer('resume')).body).toMatchObject({ error: { code: 'runs-held-by-staff' } })
  await must(asStaff('resume'), 'going on')
  expect(await support.call('GET', `/api/admin/orders/${order}/runs`)).toMatchObject({ body: { rows: [{ runOf: { run: 1 } }] } })

  const { feed, charge } = await read(order)
  await must(steer('cancel'), 'canceling')
  expect(await read(order)).toMatchObject({ refunded: feed?.unused, feed: { started: 1, isCanceled: true } })
  const ended = await until(async () => {
    const now = await read(order)
    return now.state === 'in-progress' ? undefined : now
  }, 'the end of its only run')
  expect(ended).toMatchObject({ state: 'partial', charge, refunded: feed?.unused })
  expect(await protocol({ key, action: 'status', order })).toMatchObject({ status: 'Partial', remains: String(2 * here.min) })
  expect((await steer('pause')).body).toMatchObject({ error: { code: 'no-runs-left' } })
})

test('runs that are no runs are refused in the protocol’s way, and somebody else’s are not there', async () => {
  expect(await add(here, link(), { runs: 1_001 })).toEqual({ error: 'neworder.error.runs' })
  expect(await add(here, link(), { interval: 0 })).toEqual({ error: 'neworder.error.interval' })
  expect(await add(here, link(), { runs: 'many' })).toEqual({ error: 'neworder.error.runs' })
  const { order = 0 } = await add(here, link())
  const bob = await newCustomer()
  expect((await bob.page.call('GET', `/api/orders/${order}/runs`)).body).toMatchObject({ error: { code: 'order-not-found' } })
  const steered = await bob.page.call('POST', `/api/orders/${order}/runs`, { step: 'cancel' })
  expect(steered.body).toMatchObject({ error: { code: 'order-not-found' } })
  expect(await protocol({ key, action: 'cancel', orders: order })).toEqual([{ order, cancel: 1 }])
})
