import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Browser } from '../../local/demo/browser.ts'
import { mailAbout, mailsTo } from './mailbox.ts'
import { type Customer, must, newCustomer, newStaff, serviceOf, until } from './people.ts'
import { auditOf } from './table.ts'

let [asker, other]: Customer[] = []
let support: Browser
let order: number

beforeAll(async () => {
  ;[asker, other, support] = await Promise.all([newCustomer('20'), newCustomer(), newStaff('support')])
  const { serviceId, min } = await serviceOf('Default')
  const wish = { serviceId, quantity: min, link: `https://photo.network/${randomUUID()}`, requestId: randomUUID() }
  order = Number((await must(asker.page.call('POST', '/api/orders', wish), 'ordering'))['orderId'])
})

const customers = (): readonly [Customer, Customer] => {
  if (!asker || !other) throw new Error('there are no customers')
  return [asker, other]
}
const wish = (more: object = {}) => ({
  category: 'order',
  subject: 'Where is it?',
  text: 'Nothing has come yet.',
  orders: [order],
  requestId: randomUUID(),
  ...more,
})
const opened = async (who: Customer, more: object = {}) =>
  Number((await must(who.page.call('POST', '/api/tickets', wish(more)), 'opening a ticket'))['ticketId'])
const codeOf = (body: Record<string, unknown>) => (body['error'] as { code?: string } | undefined)?.code

describe('a ticket', () => {
  test('goes from question to answer, with a mail that says there is one and not what', async () => {
    const [me] = customers()
    const number = await opened(me)
    const listed = (await support.call('GET', '/api/admin/tickets?show=unassigned&category=order')).body['rows'] as {
      ticketId: number
      customerId: string
    }[]
    expect(listed).toContainEqual(expect.objectContaining({ ticketId: number, customerId: me.customerId, status: 'open' }))
    const path = `/api/admin/tickets/${me.customerId}/${number}`
    await must(support.call('POST', `${path}/notes`, { text: 'The provider is slow today.', requestId: randomUUID() }), 'noting')
    const answer = { text: 'It starts within the hour.', requestId: randomUUID() }
    await must(support.call('POST', `${path}/messages`, answer), 'answering')
    await must(support.call('POST', `${path}/messages`, answer), 'answering once more')
    const mail = await mailAbout(me.email, new RegExp(`ticket ${number} `))
    expect(mail.text).toContain('Casey Customer')
    expect(mail.text).not.toMatch(/hour|Where is it|Nothing has come/)
    const read = (await me.page.call('GET', `/api/tickets/${number}`)).body
    expect(read).toMatchObject({ status: 'answered', messages: 2, unread: 1, orders: [{ orderId: order }] })
    expect((read['conversation'] as object[]).map((said) => Object.keys(said).toSorted())).toEqual([
      ['at', 'author', 'text'],
      ['at', 'author', 'text'],
    ])
    // A colleague's note is for colleagues alone.
    expect(JSON.stringify(read)).not.toContain('slow today')
    expect(JSON.stringify((await support.call('GET', path)).body)).toContain('slow today')
    await must(me.page.call('PUT', `/api/tickets/${number}/seen`, { messages: 2 }), 'seeing')
    expect((await me.page.call('GET', '/api/tickets')).body['rows']).toContainEqual(
      expect.objectContaining({ ticketId: number, unread: 0 }),
    )
  })

  test('of somebody else is not there, and neither are orders of theirs', async () => {
    const [me, another] = customers()
    const number = await opened(me)
    for (const [method, path, body] of [
      ['GET', '', undefined],
      ['POST', '/messages', { text: 'Hello?', requestId: randomUUID() }],
      ['PUT', '/seen', { messages: 1 }],
      ['POST', '/close', {}],
    ] as const)
      expect([path, (await another.page.call(method, `/api/tickets/${number}${path}`, body)).status]).toEqual([
        path,
        path === '/seen' ? 200 : 404,
      ])
    expect(codeOf((await another.page.call('POST', '/api/tickets', wish())).body)).toBe('order-not-found')
  })

  test('is mailed about to nobody who does not want it', async () => {
    const [me, quiet] = customers()
    const chosen = { language: 'en', theme: 'auto', announcements: true, ticketMails: false }
    await must(quiet.page.call('PUT', '/api/me/preferences', chosen), 'choosing')
    const answered = async (who: Customer) => {
      const number = await opened(who, { orders: [], category: 'other' })
      const path = `/api/admin/tickets/${who.customerId}/${number}/messages`
      await must(support.call('POST', path, { text: 'So.', requestId: randomUUID() }), 'answering')
      return number
    }
    await answered(quiet)
    // What is mailed after it has arrived.
    await mailAbout(me.email, new RegExp(`ticket ${await answered(me)} `))
    expect((await mailsTo(quiet.email)).filter(({ subject }) => subject.includes('ticket'))).toEqual([])
  })

  test('P-SEC-2: whoever of the staff looks at it is on record, and so is what they do, without what was said', async () => {
    const [me] = customers()
    const number = await opened(me)
    const path = `/api/admin/tickets/${me.customerId}/${number}`
    const on = `customer ${me.customerId}, ticket ${number}`
    await must(support.call('GET', path), 'looking')
    await must(support.call('PUT', `${path}/assignment`, {}), 'handing on')
    await must(
      support.call('POST', `${path}/messages`, { text: 'A secret thing.', close: true, requestId: randomUUID() }),
      'answering',
    )
    const records = await auditOf(on)
    expect(records.map(({ action }) => action).toSorted()).toEqual([
      'admin.answer-ticket',
      'admin.assign-ticket',
      'admin.read-ticket',
    ])
    expect(JSON.stringify(records)).not.toContain('secret')
    // Closed by the answer, it is opened again by its customer.
    const again = { text: 'Still nothing.', requestId: randomUUID() }
    expect((await me.page.call('POST', `/api/tickets/${number}/messages`, again)).body).toMatchObject({ status: 'open' })
  })

  test('P-SEC-2: who asks is veiled wherever it is written, under a former name too, until it is asked for', async () => {
    const who = await newCustomer()
    const number = await opened(who, { orders: [], subject: 'Casey Customer asks', text: `I am Casey Customer, ${who.email}` })
    const path = `/api/admin/tickets/${who.customerId}/${number}`
    await must(support.call('POST', `${path}/messages`, { text: 'Hello {name}', requestId: randomUUID() }), 'answering')
    await must(support.call('POST', `${path}/notes`, { text: `${who.email} called`, requestId: randomUUID() }), 'noting')
    await must(who.page.call('PUT', '/api/me/name', { fullName: 'Robin Reader' }), 'correcting the name')
    await must(
      who.page.call('POST', `/api/tickets/${number}/messages`, { text: 'I am Robin Reader', requestId: randomUUID() }),
      'writing on',
    )
    const places = [path, '/api/admin/tickets', `/api/admin/customers/${who.customerId}/tickets`]
    const written = async () => JSON.stringify(await Promise.all(places.map(async (at) => (await support.call('GET', at)).body)))
    const names = [who.email, 'Robin Reader', 'Hello Casey Customer']
    const before = await written()
    for (const name of names) expect(before).not.toContain(name)
    expect(JSON.stringify((await support.call('GET', path)).body)).not.toContain('Casey Customer')
    const look = { for: 'request-of-theirs', memo: 'They called' }
    await must(support.call('POST', `/api/admin/customers/${who.customerId}/look`, look), 'asking')
    const after = await written()
    for (const name of names) expect(after).toContain(name)
  })

  test('is one of ten that wait at once, and is asked for twenty times an hour at most', async () => {
    const eager = await newCustomer()
    const tries = []
    for (let nth = 0; nth < 21; nth++)
      tries.push(codeOf((await eager.page.call('POST', '/api/tickets', wish({ orders: [] }))).body))
    expect(tries.map((code) => code ?? 'opened')).toEqual([
      ...Array.from({ length: 10 }, () => 'opened'),
      ...Array.from({ length: 10 }, () => 'too-many-tickets'),
      'too-many-requests',
    ])
  })

  test('P-RT-3: of the kind “privacy request” has a due date, and is counted until it is closed', async () => {
    const [me] = customers()
    const count = async () => Number((await support.call('GET', '/api/admin/ticket-counts')).body['privacyRequests'])
    const number = await opened(me, { category: 'privacy-request', orders: [], subject: 'What you hold' })
    const ticket = (await me.page.call('GET', `/api/tickets/${number}`)).body
    expect(Date.parse(String(ticket['dueAt'])) - Date.parse(String(ticket['createdAt']))).toBe(30 * 86_400_000)
    const before = await until(async () => ((await count()) > 0 ? count() : undefined), 'the count')
    await must(me.page.call('POST', `/api/tickets/${number}/close`, {}), 'closing')
    await until(async () => ((await count()) === before - 1 ? true : undefined), 'the count')
  })
})

/** Announces a file, posts it as a browser would, and waits until it is checked. */
async function uploaded(page: Browser, announceAt: string, askAt: string, more: object = {}): Promise<string> {
  const bytes = Buffer.from('It said: nothing happened.')
  const announced = { ...more, type: 'text/plain', bytes: bytes.length }
  const { fileId, url, fields } = await must(page.call('POST', announceAt, announced), 'announcing')
  const form = new FormData()
  for (const [name, value] of Object.entries(fields as Record<string, string>)) form.append(name, value)
  form.append('file', new Blob([bytes]))
  expect((await fetch(String(url), { method: 'POST', body: form })).status).toBe(204)
  await until(
    async () => ((await page.call('GET', `${askAt}/${fileId}`)).body['state'] === 'ready' ? true : undefined),
    'the check of a file',
  )
  return String(fileId)
}

test('what a customer attaches is read by the customer and by staff, and by nobody else', async () => {
  const [me, another] = customers()
  const fileId = await uploaded(me.page, '/api/uploads', '/api/uploads', { purpose: 'attachment' })
  expect(codeOf((await another.page.call('POST', '/api/tickets', wish({ orders: [], files: [fileId] }))).body)).toBe(
    'file-not-found',
  )
  const number = await opened(me, { files: [fileId] })
  const read = (await me.page.call('GET', `/api/tickets/${number}`)).body
  expect(read['conversation']).toMatchObject([{ files: [fileId] }])
  expect((await me.page.call('GET', `/api/files/${fileId}`)).status).toBe(200)
  expect((await support.call('GET', `/api/admin/customers/${me.customerId}/files/${fileId}`)).status).toBe(200)
  expect((await another.page.call('GET', `/api/files/${fileId}`)).status).toBe(404)
})

test('what staff attach is the customer’s from the answer on, and nobody else’s; that they did is on record (P-COL-2, P-SEC-2)', async () => {
  const [me, another] = customers()
  const number = await opened(me)
  const ticket = `/api/admin/tickets/${me.customerId}/${number}`
  const uploads = `/api/admin/customers/${me.customerId}/uploads`
  const fileId = await uploaded(support, `${ticket}/uploads`, uploads)
  const seenBy = async ({ page }: Customer) =>
    Promise.all([`/api/files/${fileId}`, `/api/uploads/${fileId}`].map(async (path) => (await page.call('GET', path)).status))
  // Not before it is said; nor is it the customer's to attach, nor what the customer uploads the staff's to ask after.
  expect(await seenBy(me)).toEqual([404, 404])
  const own = await uploaded(me.page, '/api/uploads', '/api/uploads', { purpose: 'attachment' })
  expect((await support.call('GET', `${uploads}/${own}`)).status).toBe(404)
  const write = (files: string[]) =>
    me.page.call('POST', `/api/tickets/${number}/messages`, { text: 'Mine?', files, requestId: randomUUID() })
  expect(codeOf((await write([fileId])).body)).toBe('file-not-found')
  expect(codeOf((await me.page.call('POST', '/api/uploads', { purpose: 'reply', type: 'image/png', bytes: 9 })).body)).toBe(
    'invalid-request',
  )

  const answer = { text: 'See what it says.', requestId: randomUUID() }
  const answered = (files: string[]) => support.call('POST', `${ticket}/messages`, { ...answer, files })
  expect(codeOf((await answered([own])).body)).toBe('file-not-found')
  await must(answered([fileId]), 'answering')
  await must(answered([fileId]), 'answering again')
  const { conversation } = (await me.page.call('GET', `/api/tickets/${number}`)).body
  expect(conversation).toMatchObject([{}, { author: 'staff', files: [fileId] }])
  expect(await seenBy(me)).toEqual([200, 404])
  expect(await seenBy(another)).toEqual([404, 404])
  expect((await support.call('GET', `/api/admin/customers/${me.customerId}/files/${fileId}`)).status).toBe(200)
  const trail = await auditOf(`customer ${me.customerId}, ticket ${number}`)
  expect(trail.filter(({ action }) => action === 'admin.begin-upload')).toMatchObject([{ after: { file: fileId } }])
  expect(trail.filter(({ action }) => action === 'admin.answer-ticket')).toMatchObject([{ after: { files: 1 } }])

  const announce = async (body: object) => codeOf((await support.call('POST', `${ticket}/uploads`, body)).body)
  expect(await announce({ type: 'image/svg+xml', bytes: 100 })).toBe('file-type-refused')
  expect(await announce({ type: 'image/png', bytes: 50_000_000 })).toBe('file-too-large')
  const nowhere = `/api/admin/tickets/${another.customerId}/${number}/uploads`
  expect(codeOf((await support.call('POST', nowhere, { type: 'image/png', bytes: 9 })).body)).toBe('ticket-not-found')
})

test('saved replies are staff’s to keep: made, changed with what was read, and deleted', async () => {
  const path = `/api/admin/saved-replies/${randomUUID()}`
  const reply = { title: 'Slow start', text: 'Hello {name}, {order} is slow.', revision: 0 }
  await must(support.call('PUT', path, reply), 'saving')
  expect(codeOf((await support.call('PUT', path, reply)).body)).toBe('already-exists')
  await must(support.call('PUT', path, { ...reply, title: 'Slow', revision: 1 }), 'changing')
  const rows = (await support.call('GET', '/api/admin/saved-replies')).body['rows']
  expect(rows).toContainEqual(expect.objectContaining({ title: 'Slow', revision: 2 }))
  await must(support.call('DELETE', path, {}), 'deleting')
  expect(codeOf((await support.call('DELETE', path, {})).body)).toBe('saved-reply-not-found')
})
