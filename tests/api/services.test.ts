import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Browser } from '../../local/demo/browser.ts'
import { at, behave, browser, must, newCustomer, newStaff, ownersConsole, until } from './people.ts'
import { auditOf } from './table.ts'

const codeOf = ({ body }: { body: Record<string, unknown> }): unknown => (body['error'] as { code?: string } | undefined)?.code
const link = 'https://social.example.com/somebody'

let editor: Browser
let owner: Browser
let providerId: string
let categoryId: string
beforeAll(async () => {
  await behave({ faultRate: 0, partialRate: 0, secondsToComplete: 600 })
  ;[editor, owner] = [await newStaff('catalogue'), await ownersConsole()]
  const { rows } = await must(editor.call('GET', '/api/admin/providers'), 'the providers')
  // Other files have providers of their own.
  providerId = (rows as { providerId: string; name: string }[]).find(({ name }) => name === 'Sandbox')?.providerId ?? ''
  ;({ categoryId } = (await must(
    editor.call('POST', '/api/admin/categories', { name: `By hand ${randomUUID()}` }),
    'a category',
  )) as { categoryId: string })
})

const byHand = (more: Record<string, unknown> = {}) => ({
  providerId,
  // The sandbox's own number for post reach; every service of ours needs one of its own there.
  providerServiceId: `hand-${randomUUID().slice(0, 8)}`,
  name: 'Post reach through sponsored stories',
  categoryId,
  type: 'Default',
  cost: '0.50',
  rate: '1.00',
  min: 10,
  max: 1_000,
  origin: 'advertising',
  memo: 'for a test',
  ...more,
})
const add = async (more: Record<string, unknown> = {}): Promise<number> =>
  Number((await must(editor.call('POST', '/api/admin/services', byHand(more)), 'a service'))['serviceId'])
const read = (id: number) => must(editor.call('GET', `/api/admin/services/${id}`), 'the service')
const patch = (id: number, body: Record<string, unknown>, by = editor) => by.call('PATCH', `/api/admin/services/${id}`, body)

interface PreviewAnswer {
  readonly changed: readonly { serviceId: number; before: object; after: object; warnings: string[] }[]
  readonly refused: readonly { serviceId: number; reasons: string[] }[]
  readonly unchanged: number
  readonly done: number
  readonly parts: readonly { ids: number[]; digest: string }[]
}
const preview = async (editId: string, ids: readonly number[], change: object): Promise<PreviewAnswer> => {
  const asked = editor.call('POST', '/api/admin/services/preview', { editId, select: { ids }, change })
  return (await must(asked, 'the preview')) as unknown as PreviewAnswer
}
const apply = (editId: string, part: object | undefined, change: object, by = editor) =>
  by.call('POST', '/api/admin/services/edits', { editId, ...part, change, memo: 'prices went up' })

describe('a service added by hand', () => {
  test('is sold, and can be ordered by its own rules', async () => {
    const id = await add()
    expect(await read(id)).toMatchObject({
      name: 'Post reach through sponsored stories',
      rate: '1.00',
      cost: '0.50',
      notSold: [],
      origin: 'advertising',
      byHand: ['rate'],
      attested: { by: expect.any(String) },
    })
    const shown = await until(async () => {
      const { services } = (await browser(at.site).call('GET', '/api/catalogue')).body
      return (services as { serviceId: number }[]).find(({ serviceId }) => serviceId === id)
    }, 'the service in the shop')
    expect(shown).toMatchObject({ rate: '1.00', min: 10, max: 1_000 })
  })

  test.each([
    ['below its cost', { rate: '0.49' }, 'change-refused'],
    ['for nothing', { rate: '0' }, 'change-refused'],
    ['with a minimum above its maximum', { min: 50, max: 10 }, 'change-refused'],
    ['of reviews', { name: 'Google reviews' }, 'change-refused'],
    ['under a category that is not there', { categoryId: 'nowhere' }, 'category-not-found'],
    ['of a provider that is not there', { providerId: randomUUID() }, 'provider-not-found'],
    ['without a reason', { memo: '' }, 'invalid-request'],
    ['of a type nobody knows', { type: 'Telepathy' }, 'invalid-request'],
    ['at a price in words', { rate: 'a lot' }, 'invalid-request'],
    ['with a field of somebody’s own', { everSold: true }, 'invalid-request'],
  ])('is refused %s', async (_, more, code) => {
    expect(codeOf(await editor.call('POST', '/api/admin/services', byHand(more)))).toBe(code)
  })

  test('is there once, however often it is added', async () => {
    const body = byHand()
    const heard = await Promise.all(Array.from({ length: 5 }, () => editor.call('POST', '/api/admin/services', body)))
    expect(heard.map((reply) => codeOf(reply) ?? 'added').toSorted()).toEqual([
      'added',
      ...Array.from({ length: 4 }, () => 'already-exists'),
    ])
  })
})

describe('one service', () => {
  test('is changed, with who did it and why on record', async () => {
    const id = await add()
    const change = { rate: { how: 'set', to: '1.25' }, name: 'Reach <b>&amp; more</b>', linkPattern: 'instagram', min: 20 }
    const changed = await must(patch(id, { revision: 0, change, memo: 'the list of June' }), 'the change')
    // Markup in a name is text, and comes back as it was typed.
    expect(changed).toMatchObject({ rate: '1.25', name: 'Reach <b>&amp; more</b>', min: 20, revision: 1, byHand: ['rate', 'min'] })
    expect(await auditOf(`service ${id}`)).toMatchObject([
      expect.anything(),
      {
        action: 'admin.edit-service',
        why: 'the list of June',
        before: { rate: '1.00', min: 10 },
        after: { rate: '1.25', min: 20 },
      },
    ])
  })

  test('is changed by one of two editors, and the other is told', async () => {
    const id = await add()
    const heard = await Promise.all([
      patch(id, { revision: 0, change: { min: 20 } }),
      patch(id, { revision: 0, change: { min: 30 } }, owner),
    ])
    expect(heard.map(codeOf).toSorted()).toEqual(['changed-meanwhile', undefined])
    expect(await read(id)).toMatchObject({ revision: 1 })
  })

  test.each([
    ['a price below its cost', { rate: { how: 'set', to: '0.4999' } }, 'change-refused'],
    ['no price', { rate: { how: 'set', to: '0' } }, 'change-refused'],
    ['a minimum above its maximum', { min: 5_000 }, 'change-refused'],
    ['a category that is not there', { categoryId: 'nowhere' }, 'category-not-found'],
    ['nothing', {}, 'invalid-request'],
    ['what is not staff’s to set', { everSold: false }, 'invalid-request'],
    ['a pattern of one’s own', { linkPattern: '(a+)+$' }, 'invalid-request'],
    ['a name with a line break', { name: 'a\nb' }, 'invalid-request'],
    ['a minimum of half', { min: 0.5 }, 'invalid-request'],
  ])('is not given %s', async (_, change, code) => {
    const id = await add()
    expect(codeOf(await patch(id, { revision: 0, change, memo: 'for a test' }))).toBe(code)
    expect(await read(id)).toMatchObject({ revision: 0, rate: '1.00', min: 10 })
  })

  test.each([{ rate: { how: 'set', to: '2' } }, { origin: 'influencer' }])('is not given %o without a reason', async (change) => {
    const id = await add()
    expect(codeOf(await patch(id, { revision: 0, change }))).toBe('invalid-request')
  })

  test('whose origin nobody attests any more is not sold, to the next order', async () => {
    const [id, customer] = [await add(), await newCustomer('5')]
    const order = () => customer.page.call('POST', '/api/orders', { requestId: randomUUID(), serviceId: id, link, quantity: 10 })
    expect(codeOf(await order())).toBeUndefined()
    await must(patch(id, { revision: 0, change: { origin: 'unattested' }, memo: 'no proof came' }), 'the change')
    expect(codeOf(await order())).toBe('service-not-found')
    expect(await read(id)).toMatchObject({ notSold: ['unattested'] })
    expect((await read(id))['attested']).toBeUndefined()
  })

  test('takes only the kind of link, and one order for it at a time, as staff set it', async () => {
    const [service, customer] = [await lastImported(), await newCustomer('500')]
    const order = (to: string) =>
      customer.page.call('POST', '/api/orders', {
        requestId: randomUUID(),
        serviceId: service.serviceId,
        link: to,
        quantity: service.min,
      })
    const { revision } = await read(service.serviceId)
    const strict = { linkPattern: 'instagram-post', denyDuplicates: true }
    await must(patch(service.serviceId, { revision: Number(revision), change: strict }), 'the change')
    const { body } = await order('https://www.instagram.com/somebody')
    expect(body['error']).toMatchObject({
      code: 'link-of-another-kind',
      detail: { wants: 'an Instagram post or reel', example: 'https://www.instagram.com/p/CxYz123AbCd/' },
    })
    const post = `https://www.instagram.com/p/${randomUUID().slice(0, 8)}/`
    // At once: the sandbox may have delivered one before the next is asked for.
    const answers = await Promise.all([order(post), order(`${post}?igsh=shared`)])
    const [paid] = answers.map(({ body }) => body).filter(({ orderId }) => orderId !== undefined)
    expect(answers.map(codeOf).filter((code) => code !== undefined)).toEqual(['link-taken'])
    const { rows } = (await customer.page.call('GET', '/api/wallet/entries')).body
    expect((rows as { kind: string; orderId?: number }[]).filter(({ kind }) => kind === 'order')).toMatchObject([
      { orderId: paid?.['orderId'] },
    ])
    const before = { linkPattern: 'any', denyDuplicates: false }
    await must(patch(service.serviceId, { revision: Number(revision) + 1, change: before }), 'the change back')
  })
})

/** One that the sandbox really delivers, and that other tests do not order. */
async function lastImported(): Promise<{ serviceId: number; min: number }> {
  const { rows } = await must(editor.call('GET', '/api/admin/services'), 'the services')
  const imported = (rows as { serviceId: number; min: number; type: string; providerServiceId: string }[]).filter(
    ({ type, providerServiceId }) => type === 'Default' && /^\d+$/.test(providerServiceId),
  )
  const last = imported.at(-1)
  if (!last) throw new Error('nothing was imported')
  return last
}

describe('many services', () => {
  const raise = { rate: { how: 'percent', percent: 10, roundTo: '0.01' } }

  test('are changed as the preview said, and once', async () => {
    const ids = [await add(), await add({ rate: '2.00' }), await add({ rate: '0.51' })]
    const editId = randomUUID()
    const seen = await preview(editId, ids, raise)
    expect(seen.changed.map(({ before, after }) => [before, after])).toMatchObject([
      [{ rate: '1.00' }, { rate: '1.10' }],
      [{ rate: '2.00' }, { rate: '2.20' }],
      [{ rate: '0.51' }, { rate: '0.57' }],
    ])
    expect((await apply(editId, seen.parts[0], raise)).body).toEqual({ done: 3 })
    expect((await apply(editId, seen.parts[0], raise)).body).toEqual({ done: 3 })
    expect(await Promise.all(ids.map(async (id) => (await read(id))['rate']))).toEqual(['1.10', '2.20', '0.57'])
    expect(await preview(editId, ids, raise)).toMatchObject({ changed: [], done: 3 })
  })

  test('are not changed when one of them was meanwhile', async () => {
    const ids = [await add(), await add()]
    const editId = randomUUID()
    const { parts } = await preview(editId, ids, raise)
    await must(patch(ids[1] ?? 0, { revision: 0, change: { enabled: false } }, owner), 'a change of somebody else')
    expect(codeOf(await apply(editId, parts[0], raise))).toBe('changed-meanwhile')
    expect(await read(ids[0] ?? 0)).toMatchObject({ rate: '1.00' })
  })

  test('are left alone where they would be sold at a loss, and it is said', async () => {
    const ids = [await add(), await add({ rate: '0.51' })]
    const editId = randomUUID()
    const lower = { rate: { how: 'percent', percent: -20 } }
    const seen = await preview(editId, ids, lower)
    expect(seen).toMatchObject({ changed: [{ serviceId: ids[0] }], refused: [{ serviceId: ids[1], reasons: ['below-cost'] }] })
    await must(apply(editId, seen.parts[0], lower), 'applying')
    expect(await read(ids[1] ?? 0)).toMatchObject({ rate: '0.51' })
  })

  test('are found by what they are', async () => {
    const id = await add({ name: `Findable ${randomUUID()}`, origin: 'influencer' })
    const { name } = (await read(id)) as { name: string }
    const select = { filter: { text: name, categoryId, origin: 'influencer', enabled: true, sold: true } }
    const { body } = await editor.call('POST', '/api/admin/services/preview', { editId: randomUUID(), select, change: { sort: 5 } })
    expect(body).toMatchObject({ changed: [{ serviceId: id, before: { sort: 0 }, after: { sort: 5 } }] })
  })

  test.each([
    ['a name for all of them', { change: { name: 'One name' } }],
    ['nothing to change', { change: {} }],
    ['no services', { select: { ids: [] } }],
    ['a selection of both kinds', { select: { ids: [1], filter: {} } }],
    ['a price of minus two hundred per cent', { change: { rate: { how: 'percent', percent: -200 } } }],
  ])('%s is refused', async (_, over) => {
    const body = { editId: randomUUID(), select: { ids: [1] }, change: { enabled: false }, ...over }
    expect(codeOf(await editor.call('POST', '/api/admin/services/preview', body))).toBe('invalid-request')
  })

  test('are changed by nobody whose role only reads, whatever the request says of it', async () => {
    const reader = await newStaff('read-only')
    const id = await add()
    const { parts } = await preview(randomUUID(), [id], raise)
    const injected = { role: 'owner', roles: ['owner'], by: 'owner', caller: { role: 'owner' } }
    const tries = await Promise.all([
      patch(id, { revision: 0, change: { enabled: false }, ...injected }, reader),
      apply(randomUUID(), { ...parts[0], ...injected }, raise, reader),
      reader.call('POST', '/api/admin/categories', { name: 'Mine', ...injected }),
    ])
    expect(tries.map(codeOf)).toEqual(['role-forbids', 'role-forbids', 'role-forbids'])
    expect(await reader.call('GET', `/api/admin/services/${id}`)).toMatchObject({ status: 200 })
    expect(await read(id)).toMatchObject({ revision: 0 })
  })
})

describe('the list of services', () => {
  test('is whole, page by page, and shows what is not sold with the reason', async () => {
    const id = await add({ origin: 'unattested' })
    const rows: { serviceId: number; notSold: string[] }[] = []
    let cursor: unknown
    do {
      const page = await must(editor.call('GET', `/api/admin/services${cursor ? `?cursor=${cursor}` : ''}`), 'a page')
      rows.push(...(page['rows'] as typeof rows))
      cursor = page['cursor']
    } while (cursor)
    const numbers = rows.map(({ serviceId }) => serviceId)
    expect(numbers).toEqual([...new Set(numbers)].toSorted((a, b) => a - b))
    expect(rows.find(({ serviceId }) => serviceId === id)?.notSold).toEqual(['unattested'])
    expect(codeOf(await editor.call('GET', '/api/admin/services?cursor=x'))).toBe('invalid-request')
  })
})

describe('categories', () => {
  test('are renamed for everybody who reads the catalogue, and deleted once nothing is under them', async () => {
    const name = `Named ${randomUUID()}`
    const { categoryId: own } = await must(editor.call('POST', '/api/admin/categories', { name }), 'a category')
    const id = await add({ categoryId: own })
    const shownUnder = async () => {
      const { services } = (await browser(at.site).call('GET', '/api/catalogue')).body
      return (services as { serviceId: number; category: string }[]).find(({ serviceId }) => serviceId === id)?.category
    }
    await until(async () => ((await shownUnder()) === name ? true : undefined), 'the service under its category')
    await must(editor.call('PATCH', `/api/admin/categories/${own}`, { name: `${name} anew` }), 'the new name')
    await until(async () => ((await shownUnder()) === `${name} anew` ? true : undefined), 'the new name in the shop')
    expect(codeOf(await editor.call('DELETE', `/api/admin/categories/${own}`))).toBe('category-not-empty')
    await must(patch(id, { revision: 0, change: { categoryId } }), 'moving the service')
    await must(editor.call('DELETE', `/api/admin/categories/${own}`), 'deleting')
    expect(codeOf(await editor.call('PATCH', `/api/admin/categories/${own}`, { name: 'x' }))).toBe('category-not-found')
  })

  test('are not named for reviews', async () => {
    expect(codeOf(await editor.call('POST', '/api/admin/categories', { name: 'Google reviews' }))).toBe('invalid-request')
  })
})
