import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { optOutByMail } from '../../functions/public/opt-out-by-mail.ts'
import { type Browser, must } from '../../local/demo/browser.ts'
import { mailAbout, mailsTo } from './mailbox.ts'
import { at, browser, type Customer, newCustomer, newKey, ownersConsole, protocol, serviceOf, until } from './people.ts'
import { forgetAcceptance } from './table.ts'

const codeOf = (body: Record<string, unknown>): string | undefined => (body['error'] as { code?: string } | undefined)?.code
const inSeconds = (seconds: number): string => new Date(Date.now() + seconds * 1000).toISOString()

interface Row {
  readonly title: string
  readonly announcementId: string
  readonly read: boolean
  readonly mailing: { readonly state: string; readonly mailed: number }
}
const rowsOf = async (page: Browser, path: string): Promise<Row[]> => (await must(page.call('GET', path), path))['rows'] as Row[]

async function announce(part: object = {}): Promise<string> {
  const title = `Maintenance ${randomUUID().slice(0, 8)}`
  const body = {
    requestId: randomUUID(),
    title,
    text: 'On Sunday the panel rests for an hour.',
    audience: 'everybody',
    importance: 'notice',
    from: inSeconds(-1),
    until: inSeconds(3600),
    memo: 'for a test',
    ...part,
  }
  await must((await ownersConsole()).call('POST', '/api/admin/announcements', body), 'announcing')
  return title
}

const mailedWholly = (title: string): Promise<Row> =>
  until(
    async () =>
      (await rowsOf(await ownersConsole(), '/api/admin/announcements')).find(
        (row) => row.title === title && row.mailing.state === 'done',
      ),
    'the mailing',
    60,
  )

const optOutOf = (text: string): string => /opt-out\?token=(\S+)/.exec(text)?.[1] ?? ''

describe('P-RT-4: the policy', () => {
  test('is read by anybody, filled with who runs the panel and how long things are kept; its versions stay readable', async () => {
    const policy = (await must(browser(at.site).call('GET', '/api/policy'), 'the policy')) as { version: number }
    const text = JSON.stringify(policy)
    expect(text).toContain('Example Operator Ltd')
    expect(text).toContain('Recovery copies of the database')
    expect(text).not.toMatch(/undefined|\$\{|NaN/)
    const [latest] = (await until(async () => {
      const { rows } = (await browser(at.site).call('GET', '/api/policy/versions')).body as { rows: { version: number }[] }
      return rows.length > 0 ? rows : undefined
    }, 'the first version')) as { version: number }[]
    expect(latest?.version).toBe(policy.version)
    const former = await browser(at.site).call('GET', `/api/policy?version=${policy.version}`)
    expect(former.body['documents']).toEqual((policy as unknown as { documents: unknown }).documents)
    expect(codeOf((await browser(at.site).call('GET', '/api/policy?version=999')).body)).toBe('policy-version-not-found')
  })

  test('is on record with version and time, first at registration', async () => {
    const { page } = await newCustomer()
    const { accepted, version } = (await must(page.call('GET', '/api/me/policy'), 'what was accepted')) as {
      accepted: { version: number; at: string }[]
      version: number
    }
    expect(accepted.map((one) => one.version)).toEqual([version])
    expect(Date.now() - Date.parse(accepted[0]?.at ?? '')).toBeLessThan(60_000)
    expect((await page.call('POST', '/api/me/policy', { version })).status).toBe(200)
    expect(codeOf((await page.call('POST', '/api/me/policy', { version: version + 1 })).body)).toBe('terms-outdated')
  })
})

describe('P-USE-2: announcements', () => {
  let reader: Customer
  let other: Customer
  beforeAll(async () => {
    reader = await newCustomer()
    other = await newCustomer()
  })

  test('are shown and mailed once to those they are for; who opted out gets none, and whoever has read one is not shown it again', async () => {
    const preferences = { language: 'en', theme: 'auto', announcements: false }
    await must(other.page.call('PUT', '/api/me/preferences', preferences), 'opting out')
    const title = await announce()
    const { text } = await mailAbout(reader.email, new RegExp(title))
    expect(text).toContain('On Sunday the panel rests')
    await mailedWholly(title)
    expect((await mailsTo(reader.email)).filter(({ subject }) => subject.includes(title))).toHaveLength(1)
    expect((await mailsTo(other.email)).filter(({ subject }) => subject.includes(title))).toEqual([])
    // On the site both see it.
    for (const { page } of [reader, other])
      expect((await rowsOf(page, '/api/announcements')).find((row) => row.title === title)?.read).toBe(false)
    const id = (await rowsOf(reader.page, '/api/announcements')).find((row) => row.title === title)?.announcementId ?? ''
    await must(reader.page.call('PUT', `/api/announcements/${encodeURIComponent(id)}/read`), 'reading it')
    expect((await rowsOf(reader.page, '/api/announcements')).find((row) => row.title === title)?.read).toBe(true)
  })

  test('for resellers are for whoever has a key', async () => {
    const seller = await newCustomer()
    await newKey(seller)
    const title = await announce({ audience: 'resellers', importance: 'important' })
    await mailAbout(seller.email, new RegExp(title))
    await mailedWholly(title)
    expect((await mailsTo(reader.email)).filter(({ subject }) => subject.includes(title))).toEqual([])
    expect((await rowsOf(reader.page, '/api/announcements')).some((row) => row.title === title)).toBe(false)
  })

  test('stop with one click in the mail, without cookies and without an origin; mail about the account goes on', async () => {
    const stopping = await newCustomer()
    const first = await announce()
    const mail = await mailAbout(stopping.email, new RegExp(first))
    const token = optOutOf(mail.text)
    expect(mail.headers).toEqual([
      { name: 'List-Unsubscribe', value: `<${at.site}/webhooks/opt-out?token=${token}>` },
      { name: 'List-Unsubscribe-Post', value: 'List-Unsubscribe=One-Click' },
    ])
    const click = (given: string) =>
      fetch(`${at.site}/webhooks/opt-out?token=${given}`, {
        method: 'POST',
        body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }),
      })
    expect((await click(token.replace(stopping.customerId, reader.customerId))).status).toBe(422)
    expect((await click(token.replace('announcements', 'changes'))).status).toBe(422)
    expect(await (await click(token)).json()).toEqual({ stopped: 'announcements' })
    const { preferences } = (await stopping.page.call('GET', '/api/me')).body as { preferences: object }
    expect(preferences).toMatchObject({ announcements: false, language: 'en' })
    const second = await announce()
    await mailedWholly(second)
    expect((await mailsTo(stopping.email)).filter(({ subject }) => subject.includes(second))).toEqual([])
    await newKey(stopping)
    await mailAbout(stopping.email, /new API key/)
    expect(optOutByMail.routes).toEqual(['POST /webhooks/opt-out'])
  })
})

// At the end: everybody in this panel is asked for it from here on.
describe('a binding version', () => {
  test('is told by mail, refuses orders by site and API from its time on, and lets them pass once it is accepted', async () => {
    const [seller, staff] = [await newCustomer('50'), await ownersConsole()]
    const key = await newKey(seller)
    const { serviceId, min } = await serviceOf('Default')
    const order = () => ({ serviceId, quantity: min, link: `https://photos.example.com/${randomUUID()}`, requestId: randomUUID() })
    const add = () =>
      protocol({ key, action: 'add', service: serviceId, quantity: min, link: `https://photos.example.com/${randomUUID()}` })
    await must(seller.page.call('POST', '/api/orders', order()), 'ordering before')
    // As somebody has it who signed up before the version that holds now.
    await forgetAcceptance(seller.customerId)
    const { version } = (await must(seller.page.call('GET', '/api/me/policy'), 'the version')) as { version: number }
    const bind = (from: string) =>
      must(staff.call('PUT', `/api/admin/policies/${version}/binding`, { from, memo: 'for a test' }), 'binding it')
    await bind(inSeconds(3600))
    const { text } = await mailAbout(seller.email, /accept the new terms/)
    expect(text).toContain('API keys included')
    // Until its time keys and pages go on.
    expect(await add()).toHaveProperty('order')
    expect((await seller.page.call('GET', '/api/me/policy')).body['bindsFrom']).toBeDefined()
    await bind(inSeconds(-1))
    expect(await until(async () => ((await add()).error ? add() : undefined), 'the refusal')).toEqual({
      error: 'neworder.error.terms_not_accepted',
    })
    const refused = await seller.page.call('POST', '/api/orders', order())
    expect([refused.status, codeOf(refused.body)]).toEqual([409, 'policy-not-accepted'])
    // What is not ordering goes on.
    expect(await protocol({ key, action: 'balance' })).toHaveProperty('balance')
    await must(seller.page.call('POST', '/api/me/policy', { version }), 'accepting')
    expect(await add()).toHaveProperty('order')
    await must(seller.page.call('POST', '/api/orders', order()), 'ordering after')
    const { rows } = (await staff.call('GET', '/api/admin/policies')).body as { rows: { accepted: { times: number }[] }[] }
    expect(rows[0]?.accepted.reduce((sum, { times }) => sum + times, 0)).toBeGreaterThan(1)
    const { rows: trail } = (await staff.call('GET', '/api/admin/audit')).body as { rows: { action: string }[] }
    expect(trail.filter(({ action }) => action === 'admin.bind-policy').length).toBeGreaterThanOrEqual(2)
  })
})
