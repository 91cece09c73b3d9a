import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Browser } from '../../local/demo/browser.ts'
import { behave, type Customer, must, newCustomer, ownersConsole, until } from './people.ts'
import { account, cutOff, fetched, newProvider, notesOf, type Task, taskDone } from './providers.ts'
import { auditOf, everything } from './table.ts'

const codeOf = ({ body }: { body: Record<string, unknown> }): unknown => (body['error'] as { code?: string } | undefined)?.code
let owner: Browser
let customer: Customer
beforeAll(async () => {
  await behave({ faultRate: 0, partialRate: 0, secondsToComplete: 2 })
  owner = await ownersConsole()
  customer = await newCustomer('100')
})

const at = (id: string, rest = ''): string => `/api/admin/providers/${id}${rest}`
const read = async (id: string): Promise<Record<string, unknown>> => (await owner.call('GET', at(id))).body
const begin = async (id: string, what: string, body: Record<string, unknown> = {}): Promise<Task> =>
  taskDone(owner, id, String((await must(owner.call('POST', at(id, what), body), what))['taskId']))
const itemOf = async (id: string) => (await everything()).find((item) => item['pk'] === 'PROVIDER' && item['sk'] === id)
interface OurService {
  readonly serviceId: number
  readonly name: string
  readonly rate: number
  readonly enabled: boolean
  readonly paused?: { readonly because: string }
  readonly source: { readonly providerId: string; readonly providerServiceId: string; readonly cost: number }
}
const servicesOf = async (id: string): Promise<OurService[]> =>
  (await everything()).filter(
    (item) => item['pk'] === 'CATALOGUE' && (item['source'] as { providerId?: string }).providerId === id,
  ) as unknown as OurService[]
const theirs = (services: readonly OurService[], id: string) => services.find(({ source }) => source.providerServiceId === id)

describe('a provider', () => {
  const add = (url: string) => owner.call('POST', '/api/admin/providers', { name: 'Other', url, apiKey: 'secret-key-of-theirs' })

  test.each([
    'http://provider.social/api/v2',
    'https://127.1/',
    'https://2130706433/',
    'https://[::ffff:10.0.0.1]/',
    'https://169.254.169.254/latest/meta-data/',
    'https://metadata.google.internal/',
    'https://me:pw@provider.social/',
    'https://provider.social:22/',
    'not an address',
  ])('cannot have the address %s, nor be given it', async (url) => {
    expect(codeOf(await add(url))).toBe('provider-address-refused')
    const id = await newProvider(owner, 'addressed')
    const edit = { name: 'Other', url, apiKey: 'secret-key-of-theirs', memo: 'moved' }
    expect(codeOf(await owner.call('PUT', at(id), edit))).toBe('provider-address-refused')
  })

  test('keeps its key to itself: it is in no answer and lies encrypted in the table', async () => {
    const added = await must(add('https://provider.social/api/v2'), 'adding')
    const id = String(added['providerId'])
    const sealed = (await itemOf(id))?.['key']
    await must(owner.call('PUT', at(id, '/key'), { apiKey: 'another-key-of-theirs', memo: 'rotated' }), 'replacing')
    expect((await itemOf(id))?.['key']).not.toEqual(sealed)
    const seen = JSON.stringify([(await owner.call('GET', '/api/admin/providers')).body, await read(id), await everything()])
    expect(seen).toContain(id)
    expect(seen).not.toMatch(/secret-key-of-theirs|another-key-of-theirs/)
    expect(await auditOf(`provider ${id}`)).toContainEqual(
      expect.objectContaining({ action: 'admin.replace-provider-key', why: 'rotated' }),
    )
  })

  test('moves to another host only with its key typed anew; its name, or a path on the same host, changes without', async () => {
    const id = String((await must(add('https://provider.social/api/v2'), 'adding'))['providerId'])
    const sealed = (await itemOf(id))?.['key']
    const edit = (body: Record<string, unknown>) => owner.call('PUT', at(id), { name: 'Same', memo: 'moved', ...body })
    expect(codeOf(await edit({ url: 'https://attacker.social/api/v2' }))).toBe('provider-key-needed')
    expect(codeOf(await edit({ url: 'https://provider.social:8443/api/v2' }))).toBe('provider-key-needed')
    expect(await read(id)).toMatchObject({ name: 'Other', url: 'https://provider.social/api/v2' })
    await must(edit({ url: 'https://provider.social/api/v3' }), 'another path')
    expect((await itemOf(id))?.['key']).toEqual(sealed)
    await must(edit({ url: 'https://other.social/api/v2', apiKey: 'new-key' }), 'another host')
    expect(await read(id)).toMatchObject({ name: 'Same', url: 'https://other.social/api/v2', host: 'other.social' })
    expect((await itemOf(id))?.['key']).not.toEqual(sealed)
  })

  test('that is paused stays paused until it is let go on, and says both in the trail', async () => {
    const id = await newProvider(owner, 'pausing')
    await must(owner.call('PUT', at(id, '/status'), { status: 'paused', memo: 'for a test' }), 'pausing')
    expect(await read(id)).toMatchObject({ status: 'paused' })
    await must(owner.call('PUT', at(id, '/status'), { status: 'active', memo: 'for a test' }), 'resuming')
    expect(await auditOf(`provider ${id}`)).toContainEqual(
      expect.objectContaining({ before: { status: 'paused' }, after: { status: 'active' } }),
    )
    expect(codeOf(await owner.call('PUT', at('nobody', '/status'), { status: 'paused', memo: 'for a test' }))).toBe(
      'provider-not-found',
    )
  })
})

describe('how many calls a provider gets', () => {
  test('is ten at once until staff say otherwise, and is said in the trail', async () => {
    const id = await newProvider(owner, 'limited')
    expect(await read(id)).toMatchObject({ atOnce: 10 })
    const limits = (body: Record<string, unknown>) => owner.call('PUT', at(id, '/limits'), { memo: 'they asked for it', ...body })
    await must(limits({ atOnce: 1, perMinute: 30 }), 'limits')
    expect(await read(id)).toMatchObject({ atOnce: 1, perMinute: 30 })
    await must(limits({ atOnce: 4 }), 'another limit')
    expect(await read(id)).not.toHaveProperty('perMinute')
    expect(await auditOf(`provider ${id}`)).toContainEqual(
      expect.objectContaining({ before: { atOnce: 1, perMinute: 30 }, after: { atOnce: 4 } }),
    )
    for (const body of [{ atOnce: 0 }, { atOnce: 101 }, { atOnce: 1.5 }, { atOnce: 5, perMinute: 0 }])
      expect(codeOf(await limits(body))).toBe('invalid-request')
  })
})

describe('a provider that is down', () => {
  test('is left alone with its orders waiting, and shown with why; a good answer has it tried again, and they are sent', async () => {
    const id = await newProvider(owner, 'down', { size: 12 })
    await begin(id, '/imports', { percent: 25, origin: 'advertising' })
    const service = theirs(await servicesOf(id), '1') as OurService
    const order = async (): Promise<string> => {
      const body = { requestId: randomUUID(), serviceId: service.serviceId, link: 'https://photo.network/x', quantity: 100 }
      return String((await must(customer.page.call('POST', '/api/orders', body), 'ordering'))['orderId'])
    }
    const stateOf = async (number: string) => {
      const item = (await everything()).find((one) => String(one['pk']).startsWith('ORDER#') && String(one['orderId']) === number)
      return { state: item?.['state'], reason: item?.['reason'] }
    }
    await account('down', { size: 12, html: true })
    const lost = await Promise.all(Array.from({ length: 5 }, order))
    for (const number of lost) await until(async () => (await stateOf(number)).state === 'unknown' || undefined, 'the loss')
    const waiting = await order()
    await until(async () => (await stateOf(waiting)).reason === 'provider-failing' || undefined, 'the waiting order')
    const failing = {
      by: 'adds',
      phase: 'open',
      nextProbeAt: expect.any(String),
      bad: Array(5).fill(expect.objectContaining({ how: 'unreadable' })),
    }
    expect(await read(id)).toMatchObject({ status: 'active', line: { failing } })

    expect(codeOf(await owner.call('POST', at(id, '/trust'), {}))).toBe('invalid-request')
    await account('down', { size: 12 })
    expect(await begin(id, '/tests')).toMatchObject({ found: { finding: 'works' } })
    await until(async () => (await stateOf(waiting)).state !== 'parked' || undefined, 'its turn')
    await until(async () => ((await read(id))['line'] as { failing?: unknown }).failing === undefined || undefined, 'the recovery')
    expect(codeOf(await owner.call('POST', at(id, '/trust'), { memo: 'it is well' }))).toBe('provider-changed')
    // What was lost is for staff: it was neither sent again nor refunded.
    for (const number of lost) expect((await stateOf(number)).state).toBe('unknown')
  })
})

describe('a test of a provider', () => {
  test('says that it works, with its balance, its services and how long each took', async () => {
    const id = await newProvider(owner, 'works', { balance: '12.50', currency: 'EUR', size: 12 })
    expect(await begin(id, '/tests')).toMatchObject({
      state: 'done',
      found: {
        finding: 'works',
        balance: '12.50',
        currency: 'EUR',
        services: 9,
        broken: 3,
        balanceMilliseconds: expect.any(Number),
        servicesMilliseconds: expect.any(Number),
      },
    })
    expect(await read(id)).toMatchObject({ balance: { finding: 'works', amount: '12.50', currency: 'EUR' } })
  })
  test('says that the key is refused, that it speaks another language, that nobody is there', async () => {
    const wrongKey = await newProvider(owner, 'wrong-key', {}, 'another-key')
    expect(await begin(wrongKey, '/tests')).toMatchObject({ found: { finding: 'key-refused' } })
    const html = await newProvider(owner, 'html', { html: true })
    expect(await begin(html, '/tests')).toMatchObject({ found: { finding: 'not-the-protocol' } })
    const { providerId } = await must(
      owner.call('POST', '/api/admin/providers', { name: 'Nobody', url: 'https://nobody.invalid-name.social/', apiKey: 'x' }),
      'adding',
    )
    expect(await begin(String(providerId), '/tests')).toMatchObject({ found: { finding: 'unreachable' } })
  })
})

describe('what a provider counts in', () => {
  test('makes its services cost what the operator says it is worth, rounded up; none is left on sale below its cost', async () => {
    const id = await newProvider(owner, 'euros', { size: 20, currency: 'EUR' })
    const money = (body: Record<string, unknown>) => owner.call('PUT', at(id, '/money'), { memo: 'the bank’s rate', ...body })
    const first = await must(money({ currency: 'eur', exchange: '1.084567891' }), 'the currency')
    await taskDone(owner, id, String(first['taskId']))
    await begin(id, '/imports', { percent: 25, origin: 'advertising' })
    const before = await servicesOf(id)
    // 9.90 there is 10.73722212… here, and never less than that.
    expect(theirs(before, '1')).toMatchObject({ rate: 13_421_600, source: { cost: 10_737_223, quoted: 9_900_000 } })
    const byHand = theirs(before, '1') as OurService
    await must(
      owner.call(
        'PATCH',
        `/api/admin/services/${byHand.serviceId}`,
        await edited(byHand.serviceId, { rate: { how: 'set', to: '11' } }),
      ),
      'a price by hand',
    )

    const { taskId } = await must(money({ currency: 'EUR', exchange: '1.2' }), 'another worth')
    expect(await taskDone(owner, id, String(taskId))).toMatchObject({ kind: 'recost', state: 'done' })
    const after = await servicesOf(id)
    expect(theirs(after, '1')).toMatchObject({ rate: 11_000_000, source: { cost: 11_880_000 } })
    expect(theirs(after, '2')).toMatchObject({ rate: 36_750_000, source: { cost: 29_400_000 } })
    const sold = (await customer.page.call('GET', '/api/catalogue')).body['services'] as { serviceId: number }[]
    expect(sold.map(({ serviceId }) => serviceId)).not.toContain(byHand.serviceId)
    const placed = await customer.page.call('POST', '/api/orders', {
      requestId: randomUUID(),
      serviceId: byHand.serviceId,
      link: 'https://photo.network/x',
    })
    expect(codeOf(placed)).toBe('service-not-found')
    expect(await notesOf(owner, id, String(taskId))).toContainEqual(
      expect.objectContaining({ what: 'below-cost', serviceId: byHand.serviceId }),
    )
    for (const { rate, source, paused, serviceId } of after)
      expect(rate >= source.cost || paused !== undefined || serviceId === byHand.serviceId).toBe(true)
  })

  test('cannot be worth nothing, less than nothing, words, or anything but one where it is the ledger’s own', async () => {
    const id = await newProvider(owner, 'worthless')
    for (const exchange of ['0', '0.0000000001', '-1', 'one', '1e3', '', '99999999'])
      expect(codeOf(await owner.call('PUT', at(id, '/money'), { currency: 'EUR', exchange, memo: 'for a test' })), exchange).toBe(
        'invalid-request',
      )
    expect(codeOf(await owner.call('PUT', at(id, '/money'), { currency: 'USD', exchange: '2', memo: 'for a test' }))).toBe(
      'invalid-request',
    )
    expect(await read(id)).toMatchObject({ currency: 'USD', exchange: '1' })
  })

  test('warns of a low balance for as long as it is low', async () => {
    const id = await newProvider(owner, 'poor', { balance: '4.99' })
    const money = (lowBalance?: string) =>
      owner.call('PUT', at(id, '/money'), { currency: 'USD', exchange: '1', lowBalance, memo: 'for a test' })
    await must(money('5'), 'the threshold')
    // Nobody asks for it: the clock does.
    await until(async () => (((await read(id))['balance'] as { low?: boolean } | undefined)?.low ? true : undefined), 'the warning')
    await account('poor', { balance: '5.00' })
    await begin(id, '/tests')
    expect(await read(id)).toMatchObject({ lowBalance: '5.00', balance: { amount: '5.00', low: false } })
    await must(money(), 'no threshold')
    expect(await read(id)).not.toHaveProperty('lowBalance')
  })
})

/** A service as staff see it, with something else said of it. */
async function edited(serviceId: number, change: Record<string, unknown>): Promise<Record<string, unknown>> {
  const { body } = await owner.call('GET', `/api/admin/services/${serviceId}`)
  return { revision: body['revision'], change, memo: 'for a test' }
}

describe('deleting a provider', () => {
  test('is refused while it has open orders, and takes its services out of sale when it has none', async () => {
    await behave({ secondsToComplete: 3_600 })
    const id = await newProvider(owner, 'deleted', { size: 12 })
    await begin(id, '/imports', { percent: 25, origin: 'advertising' })
    const [service] = (await servicesOf(id)).filter(({ source }) => source.providerServiceId === '100')
    const order = {
      serviceId: service?.serviceId,
      link: 'https://photo.network/x',
      quantity: 100,
    }
    await must(customer.page.call('POST', '/api/orders', { ...order, requestId: randomUUID() }), 'an order')
    expect(codeOf(await owner.call('POST', at(id, '/deletion'), { memo: 'gone' }))).toBe('provider-has-open-orders')
    expect(await read(id)).toMatchObject({ status: 'active' })

    const idle = await newProvider(owner, 'idle', { size: 12 })
    await begin(idle, '/imports', { percent: 25, origin: 'advertising' })
    expect(await begin(idle, '/deletion', { memo: 'gone' })).toMatchObject({ kind: 'close', state: 'done' })
    expect((await servicesOf(idle)).map(({ paused }) => paused?.because)).toEqual(Array(9).fill('provider-deleted'))
    expect(await read(idle)).toMatchObject({ status: 'closing' })
    for (const [method, rest, body] of [
      ['PUT', '/status', { status: 'active', memo: 'for a test' }],
      ['PUT', '/key', { apiKey: 'x', memo: 'for a test' }],
      ['POST', '/deletion', { memo: 'for a test' }],
      ['POST', '/imports', { percent: 25 }],
    ] as const)
      expect(codeOf(await owner.call(method, at(idle, rest), body)), rest).toBe('provider-changed')
    await behave({ secondsToComplete: 2 })
  })
})

describe('a provider’s catalogue, fetched', () => {
  test('lies beside ours: what is new, what we have at which rate, what changed, what cannot be sold and why', async () => {
    const id = await newProvider(owner, 'beside', { size: 20, currency: 'EUR' })
    const worth = { currency: 'EUR', exchange: '2', memo: 'for a test' }
    await taskDone(owner, id, String((await must(owner.call('PUT', at(id, '/money'), worth), 'the currency'))['taskId']))
    expect(codeOf(await owner.call('GET', at(id, '/offer')))).toBe('offer-not-found')
    await fetched(owner, id)
    await begin(id, '/imports', { ids: ['1', '100', '101'], percent: 10, origin: 'advertising' })
    await account('beside', {
      size: 20,
      currency: 'EUR',
      without: [101],
      rows: [
        { service: 100, name: 'Renamed', type: 'Default', category: 'Video platform', rate: '3', min: '50', max: '100000' },
        { service: 900, name: 'Odd', type: 'Telepathy', category: 'Else', rate: '1', min: '1', max: '2' },
        { service: 901, name: '<b>Five star</b> reviews', type: 'Default', category: 'Else', rate: '1', min: '1', max: '2' },
      ],
    })
    const offerId = await fetched(owner, id)
    const { body } = await owner.call('GET', at(id, '/offer'))
    expect(body).toMatchObject({ offerId, currency: 'EUR', counts: { rows: 18, broken: 3, ours: 3, gone: 1 } })
    const rows = body['rows'] as { id: string }[]
    const row = (id: string) => rows.find((one) => one.id === id)
    expect(row('1')).toMatchObject({ quoted: '9.90', cost: '19.80', ours: { rate: '21.78', cost: '19.80', differs: [] } })
    expect(row('100')).toMatchObject({ cost: '6.00', ours: { cost: '4.80', differs: expect.arrayContaining(['cost', 'name']) } })
    expect(row('102')).not.toHaveProperty('ours')
    expect(row('900')).toMatchObject({ typeSaid: 'Telepathy' })
    expect(row('901')).toMatchObject({ name: 'Five star reviews', reviews: true })
    expect(body['broken']).toContainEqual(expect.objectContaining({ why: 'the type Poll is not sold here yet' }))

    const some = async (query: string) => (await owner.call('GET', at(id, `/offer?${query}`))).body
    expect((await some('standing=ours'))['rows']).toHaveLength(2)
    expect((await some('standing=broken'))['rows']).toHaveLength(0)
    expect((await some('standing=broken'))['broken']).toHaveLength(3)
    expect((await some('search=renam'))['rows']).toHaveLength(1)
    expect((await some('category=Else'))['rows']).toHaveLength(2)
    expect(codeOf(await owner.call('GET', at(id, '/offer?cursor=x')))).toBe('invalid-request')
  })

  test('comes in pages of a thousand, each row once', async () => {
    const id = await newProvider(owner, 'pages', { size: 2_500 })
    await fetched(owner, id)
    const ids: string[] = []
    let cursor: unknown
    do {
      const { body } = await owner.call('GET', at(id, `/offer${cursor ? `?cursor=${cursor}` : ''}`))
      ids.push(
        ...(body['rows'] as { id: string }[]).map((row) => row.id),
        ...(body['broken'] as { row: string }[]).map(({ row }) => row),
      )
      cursor = body['cursor']
    } while (cursor)
    expect(ids).toHaveLength(2_500)
    expect(new Set(ids).size).toBe(2_500)
  })

  test('of ten megabytes is taken, of more than twenty refused for what it is', async () => {
    const large = await newProvider(owner, 'ten-megabytes', { size: 1_000, descriptionLength: 10_000 })
    expect(await begin(large, '/offer')).toMatchObject({ state: 'done', found: { finding: 'works', services: 997 } })
    const huge = await newProvider(owner, 'twenty-megabytes', { size: 1_000, descriptionLength: 21_500 })
    expect(await begin(huge, '/offer')).toMatchObject({
      state: 'failed',
      failure: 'no-usable-answer',
      found: { finding: 'too-large' },
    })
  })

  test('cannot be fetched while it is being imported, and the other way round', async () => {
    const id = await newProvider(owner, 'busy', { size: 500 })
    const answers = await Promise.all(
      Array.from({ length: 6 }, (_, index) => owner.call('POST', at(id, index % 2 === 0 ? '/imports' : '/offer'), { percent: 25 })),
    )
    expect(answers.filter(({ status }) => status === 202)).toHaveLength(1)
    expect(answers.map(codeOf).filter((code) => code === 'provider-busy')).toHaveLength(5)
    const { underWay } = await read(id)
    await taskDone(owner, id, String(underWay))
    expect(await read(id)).not.toHaveProperty('underWay')
  })
})

describe('an import', () => {
  test('takes only what was chosen, with its mark-up, under the categories and types that staff said', async () => {
    const id = await newProvider(owner, 'chosen', {
      size: 20,
      rows: [
        { service: 900, name: 'Odd', type: 'Telepathy', category: 'Else', rate: '1', min: '10', max: '2000' },
        { service: 901, name: 'Odder', type: 'Telekinesis', category: 'Else', rate: '1', min: '10', max: '2000' },
      ],
    })
    const offerId = await fetched(owner, id)
    const { rows } = (await owner.call('GET', '/api/admin/categories')).body as { rows: { categoryId: string; name: string }[] }
    const [ours] = rows
    const task = await begin(id, '/imports', {
      offerId,
      categories: ['Else', 'Video platform'],
      percent: 12.5,
      fixed: '0.01',
      step: '0.05',
      origin: 'influencer',
      under: [
        { theirs: 'Video platform', categoryId: ours?.categoryId },
        { theirs: 'Else', name: `Curiosities ${offerId}` },
      ],
      types: [{ theirs: 'Telepathy', type: 'Default' }],
    })
    expect(task).toMatchObject({ state: 'done', progress: { left: 1, gone: 0 } })
    const services = await servicesOf(id)
    expect(services.map(({ source }) => source.providerServiceId)).toContain('900')
    // 2.40 and an eighth of it, and 0.01: 2.71, up to the next 0.05.
    expect(theirs(services, '100')).toMatchObject({ rate: 2_750_000, origin: 'influencer', categoryId: ours?.categoryId })
    expect(theirs(services, '900')).toMatchObject({ type: 'Default', source: { typeSaid: 'Telepathy' } })
    expect(theirs(services, '901')).toBeUndefined()
    expect(theirs(services, '103')).toBeUndefined()
    const after = (await owner.call('GET', '/api/admin/categories')).body['rows'] as { name: string }[]
    expect(after.filter(({ name }) => name === `Curiosities ${offerId}`)).toHaveLength(1)
    expect(await notesOf(owner, id, task.taskId)).toEqual([
      { row: '901', name: 'Odder', what: 'left', why: 'nobody knows the type “Telekinesis”' },
    ])
    expect(
      codeOf(await owner.call('POST', at(id, '/imports'), { percent: 1, under: [{ theirs: 'Else', categoryId: 'none' }] })),
    ).toBe('category-not-found')
  })

  test('names every row that it left with the reason, however many there are', async () => {
    const broken = (service: number) => ({
      service,
      name: `Broken ${service}`,
      type: 'Default',
      category: 'X',
      ...[
        { rate: '0', min: '1', max: '2' },
        { rate: '1', min: '9', max: '2' },
        { rate: 'free', min: '1', max: '2' },
        { rate: '1', min: '-1', max: '2' },
      ][service % 4],
    })
    const id = await newProvider(owner, 'broken', {
      size: 12,
      rows: [
        ...Array.from({ length: 700 }, (_, index) => broken(1_000 + index)),
        { service: 2_000, name: '', type: 'Default', rate: '1', min: 1, max: 2 },
        { service: 2_001, name: '<script>alert(1)</script>', type: 'Default', category: '<i>X</i>', rate: '1', min: 1, max: 2 },
        { service: 'no such/id', name: 'Odd id', type: 'Default', rate: '1', min: 1, max: 2 },
        { service: 100, name: 'Twice', type: 'Default', rate: '9', min: 1, max: 2 },
        { service: 2_002, name: 'Trustpilot stars', type: 'Default', rate: '1', min: 1, max: 2 },
      ],
    })
    const task = await begin(id, '/imports', { percent: 25, origin: 'advertising' })
    const notes = await notesOf(owner, id, task.taskId)
    expect(notes).toHaveLength(task.progress.left)
    expect(notes.filter(({ name }) => name.startsWith('Broken'))).toHaveLength(700)
    const why = (row: string) => notes.find((note) => note.row === row)?.why
    expect([why('1000'), why('1001'), why('1002'), why('1003'), why('2000'), why('2002')]).toEqual([
      'its rate is not a price',
      'its bounds make no sense',
      'its rate is not a price',
      'its bounds make no sense',
      'it has no name',
      'it sells reviews, which this panel does not',
    ])
    expect(why('no such/id')).toBe('it has no usable id')
    expect(theirs(await servicesOf(id), '2001')?.name).toBe('alert(1)')
  })

  test('again, brings no service twice and keeps numbers, names and prices that staff set; prices follow the mark-up', async () => {
    const id = await newProvider(owner, 'again', { size: 20 })
    await begin(id, '/imports', { percent: 25, origin: 'advertising' })
    const before = await servicesOf(id)
    const mine = theirs(before, '100') as OurService
    await must(
      owner.call(
        'PATCH',
        `/api/admin/services/${mine.serviceId}`,
        await edited(mine.serviceId, { name: 'Ours', rate: { how: 'set', to: '7.77' } }),
      ),
      'by hand',
    )
    const task = await begin(id, '/imports', { percent: 50, fixed: '0.01', origin: 'advertising' })
    expect(task.progress).toMatchObject({ added: 0, left: 3 })
    const after = await servicesOf(id)
    expect(after.map(({ serviceId }) => serviceId)).toEqual(before.map(({ serviceId }) => serviceId))
    expect(theirs(after, '100')).toMatchObject({ name: 'Ours', rate: 7_770_000 })
    // 9.90 at 25 % was 12.375; at 50 % and 0.01 it is 14.86.
    expect([theirs(before, '1')?.rate, theirs(after, '1')?.rate]).toEqual([12_375_000, 14_860_000])
  })

  test('pauses what became four times as dear and what is gone, takes back what is back, and asks staff for the rest', async () => {
    const id = await newProvider(owner, 'moving', { size: 20 })
    await begin(id, '/imports', { percent: 25, origin: 'advertising' })
    const dear = theirs(await servicesOf(id), '100') as OurService
    const lost = theirs(await servicesOf(id), '101') as OurService
    await account('moving', { size: 20, without: [101], rates: { 100: '9.60' } })
    const task = await begin(id, '/imports', { percent: 25, origin: 'advertising' })
    expect(task.progress).toMatchObject({ paused: 1, gone: 1 })
    expect(await notesOf(owner, id, task.taskId)).toEqual(
      expect.arrayContaining([
        { row: '100', name: dear.name, serviceId: dear.serviceId, what: 'paused', why: 'price-jump' },
        { row: '101', name: lost.name, serviceId: lost.serviceId, what: 'gone' },
      ]),
    )
    const buy = async ({ serviceId }: OurService) =>
      codeOf(
        await customer.page.call('POST', '/api/orders', {
          requestId: randomUUID(),
          serviceId,
          link: 'https://photo.network/x',
          quantity: 100,
        }),
      )
    expect([await buy(dear), await buy(lost)]).toEqual(['service-not-found', 'service-not-found'])
    const waiting = (await owner.call('GET', at(id, '/paused-services'))).body['rows'] as { serviceId: number }[]
    expect(waiting).toEqual([
      expect.objectContaining({ serviceId: dear.serviceId, because: 'price-jump', was: '2.40', cost: '9.60', rate: '12.00' }),
      expect.objectContaining({ serviceId: lost.serviceId, because: 'gone' }),
    ])
    expect(await read(id)).toMatchObject({ paused: 2 })

    await account('moving', { size: 20, rates: { 100: '9.60' } })
    await begin(id, '/imports', { percent: 25, origin: 'advertising' })
    expect(await buy(lost)).toBeUndefined()
    expect(await buy(dear)).toBe('service-not-found')
    const settled = await owner.call('POST', at(id, '/paused-services'), {
      serviceIds: [dear.serviceId, lost.serviceId],
      verdict: 'sell',
      memo: 'the new price is right',
    })
    expect(settled.body).toEqual({ settled: 1 })
    expect(await buy(dear)).toBeUndefined()
    expect(await read(id)).toMatchObject({ paused: 0 })
  })

  test('of a state that was fetched over is refused, as is one nobody fetched', async () => {
    const id = await newProvider(owner, 'stale', { size: 12 })
    const first = await fetched(owner, id)
    await fetched(owner, id)
    expect(await begin(id, '/imports', { offerId: first, percent: 25 })).toMatchObject({ state: 'failed', failure: 'no-offer' })
    expect(await servicesOf(id)).toHaveLength(0)
  })

  test('whose runner is killed in between goes on where it stopped: nothing twice, nothing left out', async () => {
    const id = await newProvider(owner, 'killed', { size: 1_000 })
    const { taskId } = await must(owner.call('POST', at(id, '/imports'), { percent: 25, origin: 'advertising' }), 'importing')
    await until(async () => {
      const { progress } = (await owner.call('GET', at(id, `/tasks/${taskId}`))).body as unknown as Task
      return progress.at > 0 ? true : undefined
    }, 'the first write')
    await cutOff(id)
    const task = await taskDone(owner, id, String(taskId), 120)
    expect(task).toMatchObject({ state: 'done', progress: { steps: 1_000, at: 1_000, added: 997, left: 3 } })
    const services = await servicesOf(id)
    expect(new Set(services.map(({ source }) => source.providerServiceId)).size).toBe(997)
    expect(services).toHaveLength(997)
  })
})
