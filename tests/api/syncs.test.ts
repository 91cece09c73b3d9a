import { randomUUID } from 'node:crypto'
import { beforeAll, expect, inject, test } from 'vitest'
import type { Browser } from '../../local/demo/browser.ts'
import { functionsOf } from './functions.ts'
import { at, behave, browser, must, newCustomer, newKey, ownersConsole, protocol, until } from './people.ts'
import { account, newProvider, taskDone } from './providers.ts'
import { auditOf, everything } from './table.ts'

const codeOf = ({ body }: { body: Record<string, unknown> }): unknown => (body['error'] as { code?: string } | undefined)?.code
let owner: Browser
beforeAll(async () => {
  owner = await ownersConsole()
})

const path = (id: string, rest = ''): string => `/api/admin/providers/${id}${rest}`
const syncOf = async (id: string) =>
  (await owner.call('GET', path(id))).body['sync'] as {
    readonly nextAt?: string
    readonly held?: { readonly heldId: string; readonly vanished: number; readonly because: string }
  }
const begin = async (id: string, what: string, body: Record<string, unknown> = {}) =>
  taskDone(owner, id, String((await must(owner.call('POST', path(id, what), body), what))['taskId']))
const theirs = async (id: string, number: string) =>
  (await everything()).find((item) => {
    const source = item['source'] as { providerId: string; providerServiceId: string } | undefined
    return item['pk'] === 'CATALOGUE' && source?.providerId === id && source.providerServiceId === number
  }) as { serviceId: number; rate: number; paused?: { because: string } } | undefined
const told = (kind: string, serviceId: number | undefined) =>
  until(
    async () => (await everything()).find((item) => item['pk'] === `FEED#${kind}` && item['serviceId'] === serviceId),
    `the feed’s line of ${kind}`,
  )

test('prices are kept up with by each provider’s own rules, and every change is told; what is new is only counted', async () => {
  const id = await newProvider(owner, 'synced', { size: 24 })
  const { taskId, progress } = await begin(id, '/imports', { percent: 50, origin: 'advertising', memo: 'a first look' })
  // On record: that it was begun, with the reason, and what it did.
  const trail = await auditOf(`provider ${id}`)
  expect(trail).toContainEqual(expect.objectContaining({ action: 'admin.import-services', why: 'a first look' }))
  const after = expect.objectContaining({ task: taskId, ended: 'done', added: progress.added, left: progress.left })
  expect(trail).toContainEqual(expect.objectContaining({ action: 'admin.import-services', after }))
  expect(await syncOf(id)).toMatchObject({ everyHours: 24, jumpUp: 50, jumpDown: 50, nextAt: expect.any(String) })

  const rules = { everyHours: 6, jumpUp: 10, jumpDown: 30, memo: 'prices of this one jump' }
  await must(owner.call('PUT', path(id, '/sync'), rules), 'the rules')
  expect(codeOf(await owner.call('PUT', path(id, '/sync'), { ...rules, everyHours: 5 }))).toBe('invalid-request')
  expect(codeOf(await owner.call('PUT', path(id, '/sync'), { ...rules, jumpDown: 100 }))).toBe('invalid-request')
  expect(await syncOf(id)).toMatchObject({ everyHours: 6, jumpUp: 10, jumpDown: 30 })
  expect(await auditOf(`provider ${id}`)).toContainEqual(
    expect.objectContaining({
      action: 'admin.set-provider-sync',
      why: 'prices of this one jump',
      before: { everyHours: 24, jumpUp: 50, jumpDown: 50 },
      after: { everyHours: 6, jumpUp: 10, jumpDown: 30 },
    }),
  )

  // A little dearer, too dear at once for this provider, one gone, ten new.
  await account('synced', { size: 34, rates: { 1: '10.50', 101: '1.20' }, without: [102] })
  const task = await begin(id, '/syncs')
  expect(task).toMatchObject({ kind: 'sync', state: 'done', byClock: false, found: { fresh: 10 } })
  expect(task.progress).toMatchObject({ added: 0, changed: 3, gone: 1, paused: 1 })
  expect(await theirs(id, '1')).toMatchObject({ rate: 15_750_000 })
  const jumped = await theirs(id, '101')
  expect(jumped).toMatchObject({ paused: { because: 'price-jump' } })
  const [dearer, gone] = [await theirs(id, '1'), await theirs(id, '102')]
  expect(await told('price-up', dearer?.serviceId)).toMatchObject({ after: 15_750_000 })
  await told('gone', gone?.serviceId)
  await told('gone', jumped?.serviceId)
  expect(await theirs(id, '130')).toBeUndefined()
})

test('an answer that lost a third goes before staff, who leave it or take it', async () => {
  const id = await newProvider(owner, 'lost-a-third', { size: 24 })
  await begin(id, '/imports', { percent: 50, origin: 'advertising' })
  await account('lost-a-third', { size: 16 })
  await begin(id, '/syncs')
  const { held } = await syncOf(id)
  if (!held) throw new Error('nothing is held')
  expect(held).toMatchObject({ because: 'vanished', vanished: 8 })
  expect(await theirs(id, '115')).not.toHaveProperty('paused')
  const rows = (await owner.call('GET', '/api/admin/providers')).body['rows'] as { providerId: string; sync: object }[]
  expect(rows.find(({ providerId }) => providerId === id)?.sync).toMatchObject({ held: { vanished: 8 } })

  const verdict = (what: string, heldId = held.heldId) =>
    owner.call('POST', path(id, '/sync/verdict'), { heldId, verdict: what, memo: 'they said so' })
  expect(codeOf(await verdict('take', 'another'))).toBe('sync-settled')
  expect((await must(verdict('ignore'), 'leaving it'))['taskId']).toBeUndefined()
  expect(await syncOf(id)).not.toHaveProperty('held')
  expect(codeOf(await verdict('take'))).toBe('sync-settled')

  await begin(id, '/syncs')
  const again = (await syncOf(id)).held
  const { taskId } = await must(verdict('take', again?.heldId), 'taking it')
  expect((await taskDone(owner, id, String(taskId))).progress).toMatchObject({ gone: 8 })
  expect(await syncOf(id)).not.toHaveProperty('held')
  expect(await theirs(id, '115')).toMatchObject({ paused: { because: 'gone' } })
  expect(await auditOf(`provider ${id}`)).toContainEqual(
    expect.objectContaining({
      action: 'admin.settle-sync',
      why: 'they said so',
      before: { because: 'vanished', vanished: 8, known: expect.any(Number) },
    }),
  )
})

test('how long a service takes is said in every list of services once five of its orders were completed, and not before', async () => {
  await behave({ faultRate: 0, partialRate: 0, secondsToComplete: 1 })
  const id = await newProvider(owner, 'measured', { size: 12 })
  await begin(id, '/imports', { percent: 50, origin: 'advertising' })
  const serviceId = (await theirs(id, '100'))?.serviceId
  const customer = await newCustomer('100')
  const place = () =>
    customer.page.call('POST', '/api/orders', {
      requestId: randomUUID(),
      serviceId,
      link: `https://video.network/${randomUUID()}`,
      quantity: 100,
    })
  const completed = (count: number) =>
    until(async () => {
      const { rows } = (await customer.page.call('GET', '/api/orders')).body as { rows: { state: string }[] }
      return rows.filter(({ state }) => state === 'completed').length === count || undefined
    }, `${count} completed orders`)
  const invoke = await functionsOf(inject('panel').ports)
  const measure = () => invoke('workers.measure-services', {})
  const listed = async () =>
    (
      (await browser(at.site).call('GET', '/api/catalogue')).body['services'] as { serviceId: number; time?: { minutes: number } }[]
    ).find((service) => service.serviceId === serviceId)

  for (let count = 0; count < 4; count++) await must(place(), 'an order')
  await completed(4)
  await measure()
  expect(await until(listed, 'the service in the catalogue')).not.toHaveProperty('time')
  await must(place(), 'an order')
  await completed(5)
  await measure()
  // An instance may hold the catalogue of a moment ago: what is read is what one of them said.
  const time = await until(async () => (await listed())?.time, 'its time')
  expect(time).toMatchObject({ quantity: 100, orders: 5 })
  const key = await newKey(customer)
  const average = async () => {
    const services = (await protocol({ key, action: 'services' })) as unknown as { service: number; average_time?: string }[]
    return services.find(({ service }) => service === serviceId)?.average_time
  }
  expect(await until(average, 'its time, by the protocol')).toBe(time.minutes === 1 ? '1 minute' : `${time.minutes} minutes`)
  expect((await owner.call('GET', `/api/admin/services/${serviceId}`)).body).toMatchObject({
    time,
    outcomes: { ended: 5, completed: 5, partial: 0, canceled: 0, refused: 0 },
  })
  expect((await owner.call('GET', path(id))).body).toMatchObject({ outcomes: { ended: 5, completed: 5 } })
})
