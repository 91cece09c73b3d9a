import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DeleteCommand, DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb'
import type { BrowserContext, Page } from 'playwright-core'
import { beforeAll, describe, expect, inject, it } from 'vitest'
import { must } from '../../local/demo/browser.ts'
import { totpCode } from '../../local/demo/people.ts'
import { tableName } from '../../local/names.ts'
import { desktop, patiently, phone, seen, useBrowser } from './browser.ts'
import { flaws } from './flaws.ts'
import { at, owners, people, providerBehaves, serviceNamed } from './people.ts'
import { nextCode } from './staff.ts'

const browser = useBrowser()
const { customer, makeCustomers, console } = people(owners[29])

beforeAll(async () => {
  await providerBehaves({ secondsToComplete: 600, partialRate: 0, faultRate: 0 })
  await makeCustomers(2, '20.00')
})

/** What pages and answers leave in a browser: collected while it is used. */
async function collecting(context: BrowserContext) {
  const cookies = new Set<string>()
  const stored = new Set<string>()
  await context.exposeFunction('noteStored', (name: string) => stored.add(name))
  await context.addInitScript(() => {
    const note = (name: string): void => void (globalThis as unknown as { noteStored(name: string): void }).noteStored(name)
    for (const store of [localStorage, sessionStorage]) for (const name of Object.keys(store)) note(name)
    const set = Storage.prototype.setItem
    Storage.prototype.setItem = function setItem(name: string, value: string) {
      note(name)
      set.call(this, name, value)
    }
  })
  context.on('response', async (response) => {
    const headers = await response.headersArray().catch(() => [])
    for (const { name, value } of headers) if (name.toLowerCase() === 'set-cookie') noteCookie(value)
  })
  /** As the page tells of it: name, path and lifetime; what takes a cookie away is not one. */
  function noteCookie(header: string): void {
    const [pair = '', ...attributes] = header.split('; ')
    const of = (name: string) => attributes.find((one) => one.startsWith(`${name}=`))?.slice(name.length + 1) ?? ''
    if (of('Max-Age') === '0') return
    expect(attributes.filter((one) => !/^(Path|Max-Age)=/.test(one))).toEqual(['HttpOnly', 'Secure', 'SameSite=Strict'])
    cookies.add(`${pair.split('=')[0]} ${of('Path')} ${inWords(Number(of('Max-Age')))}`)
  }
  return { cookies, stored, noteCookie }
}

function inWords(seconds: number): string {
  const [count, unit] =
    seconds % 86_400 === 0 ? [seconds / 86_400, 'day'] : seconds % 3600 === 0 ? [seconds / 3600, 'hour'] : [seconds / 60, 'minute']
  return `${count} ${unit}${count === 1 ? '' : 's'}`
}

/** What the cookie page lists under a heading. */
async function listed(page: Page, heading: string, columns: readonly number[], table = 0): Promise<string[]> {
  const rows = page
    .locator('section', { has: page.getByRole('heading', { name: heading, exact: true }) })
    .locator('table')
    .nth(table)
  const cells = await rows
    .locator('tbody tr')
    .evaluateAll((all) => all.map((row) => [...row.querySelectorAll('td')].map((cell) => cell.textContent ?? '')))
  return cells.map((row) => columns.map((at) => row[at] ?? '').join(' ')).sort()
}

describe('P-CK-1: the cookie page', () => {
  it('lists exactly what the site leaves in a browser, signed out, signing up, signing in and ordering', async () => {
    const { page, context } = await browser.open(desktop)
    const { cookies, stored, noteCookie } = await collecting(context)
    for (const path of ['/about', '/services', '/changes', '/terms', '/privacy', '/sign-in', '/versions']) {
      await page.goto(`${at.site}${path}`)
      await page.locator('main').waitFor()
    }
    expect(cookies.size).toBe(0)
    await page.goto(`${at.site}/sign-up`)
    await page.getByLabel('Full name').fill('Nobody Yet')
    await page.getByLabel('Email').fill(`nobody-${Date.now()}@customer.test`)
    await page.getByLabel('Password', { exact: true }).fill('A-long-one-77x')
    await page.getByRole('checkbox').check()
    await page.getByRole('button', { name: 'Create account' }).last().click()
    await page.getByLabel(/code/i).first().waitFor()

    const { session, email, password } = customer()
    const { secret } = await must(session.call('POST', '/api/me/second-factor/secret', { password }), 'a secret')
    await must(session.call('POST', '/api/me/second-factor', { password, code: totpCode(String(secret)) }), 'a second factor')
    await page.goto(`${at.site}/sign-in`)
    await page.getByLabel('Email').fill(email)
    await page.getByLabel('Password', { exact: true }).fill(password)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page
      .getByLabel(/code/i)
      .first()
      .fill(nextCode(String(secret)))
    await page.keyboard.press('Enter')
    await page.getByLabel('Balance').first().waitFor()
    const { serviceId } = await serviceNamed('Saves from partner accounts, standard')
    await page.goto(`${at.site}/new?service=${serviceId}`)
    await page.getByLabel('Link').fill('https://photos.example.com/p/Cookies')
    await page.getByLabel('Quantity', { exact: true }).fill('1000')
    await page.getByRole('button', { name: /^Place order · / }).click()
    await page.getByRole('region', { name: 'Receipt' }).waitFor()
    await page.goto(`${at.site}/settings`)
    await page.getByText('Dark', { exact: true }).click()
    await page.getByLabel('Language').selectOption('de')
    for (const path of ['/orders', '/wallet', '/keys', '/news', '/tickets', '/cookies']) {
      await page.goto(`${at.site}${path}`)
      await page.locator('main').waitFor()
    }
    const renewed = await context.request.post(`${at.site}/api/session/refresh`, { headers: { origin: at.site } })
    for (const { name, value } of renewed.headersArray()) if (name.toLowerCase() === 'set-cookie') noteCookie(value)
    await page.getByRole('heading', { name: 'Cookies', exact: true, level: 2 }).waitFor()
    expect([...cookies].sort()).toEqual(await listed(page, 'Cookies', [0, 3, 4]))
    expect([...stored].sort()).toEqual(await listed(page, 'Storage in your browser', [0]))
    expect((await context.cookies()).filter(({ domain }) => !at.site.includes(domain))).toEqual([])
    await context.close()
  })

  it('lists exactly the console’s cookies, and nothing is stored there that it does not name', async () => {
    const owner = owners[27]
    if (!owner) throw new Error('there is no owner')
    const { page, context } = await browser.open(desktop)
    const { cookies, stored } = await collecting(context)
    await page.goto(`${at.console}/sign-in`)
    await page.getByLabel('Email').fill(owner.email)
    await page.getByLabel('Password', { exact: true }).fill(owner.password)
    await page.getByRole('button', { name: 'Continue' }).click()
    await page.getByLabel('Code').fill(nextCode(owner.totpSecret))
    await page.getByRole('navigation', { name: 'Main' }).waitFor()
    for (const path of ['/orders', '/customers', '/services', '/providers', '/policies', '/announcements', '/staff']) {
      await page.goto(`${at.console}${path}`)
      await page.locator('main').waitFor()
      expect.soft(path === '/policies' || path === '/announcements' ? await flaws(page) : [], path).toEqual([])
    }
    await page.goto(`${at.site}/cookies`)
    await page.getByRole('heading', { name: 'In the staff’s console' }).waitFor()
    expect([...cookies].sort()).toEqual(await listed(page, 'In the staff’s console', [0, 3, 4]))
    const named = await listed(page, 'In the staff’s console', [0], 1)
    expect(
      [...stored].filter((name) => !named.some((one) => (one.endsWith('*') ? name.startsWith(one.slice(0, -1)) : name === one))),
    ).toEqual([])
    await context.close()
  })
})

describe('P-CK-2: with cookies off', () => {
  it('public pages work, and those that need cookies say so', async () => {
    const { page, context } = await browser.open(phone)
    // As Chromium has it where a site may not keep anything: no cookies, and storage that throws.
    await page.addInitScript(() => {
      Object.defineProperty(Navigator.prototype, 'cookieEnabled', { get: () => false })
      for (const name of ['localStorage', 'sessionStorage'])
        Object.defineProperty(globalThis, name, {
          get: () => {
            throw new DOMException('denied', 'SecurityError')
          },
        })
    })
    for (const [path, text] of [
      ['/about', 'How it works'],
      ['/services', 'prices in'],
      ['/terms', 'Refunds of orders'],
      ['/privacy', 'How long it is kept'],
      ['/cookies', 'Without cookies'],
    ] as const) {
      await page.goto(`${at.site}${path}`)
      await page.getByText(text).first().waitFor()
    }
    for (const path of ['/sign-in', '/sign-up']) {
      await page.goto(`${at.site}${path}`)
      await page.getByText('Cookies are switched off in this browser.').waitFor()
    }
    expect(await context.cookies()).toEqual([])
    await context.close()
  })
})

describe('P-RT-4: a binding version', () => {
  it('is asked for when somebody orders; accepted, the order goes', async () => {
    const someone = customer()
    await acceptedNothing(someone.customerId)
    const staff = await console()
    const { rows } = (await must(staff.call('GET', '/api/admin/policies'), 'the versions')) as { rows: { version: number }[] }
    const body = { from: new Date(Date.now() - 1_000).toISOString(), memo: 'For a story' }
    await must(staff.call('PUT', `/api/admin/policies/${rows[0]?.version}/binding`, body), 'binding it')

    const { page, context, complaints } = await browser.openAs(someone, desktop)
    const { serviceId } = await serviceNamed('Saves from partner accounts, standard')
    await page.goto(`${at.site}/new?service=${serviceId}`)
    await page.getByText('Accept the new terms to go on ordering').waitFor()
    expect(await flaws(page)).toEqual([])
    await page.setViewportSize(desktop.viewport)
    await page.getByLabel('Link').fill('https://photos.example.com/p/Terms')
    await page.getByLabel('Quantity', { exact: true }).fill('1000')
    await page.getByRole('button', { name: /^Place order · / }).click()
    await page.getByText('The terms have changed. Read and accept the current version').first().waitFor()
    expect((await must(someone.session.call('GET', '/api/orders'), 'orders'))['rows']).toEqual([])
    await page.getByRole('button', { name: /^Accept version/ }).click()
    await expect.poll(() => page.getByText('Accept the new terms to go on ordering').count(), patiently).toBe(0)
    await page.getByRole('button', { name: /^Place order · / }).click()
    await page.getByRole('region', { name: 'Receipt' }).waitFor()
    await page.goto(`${at.site}/settings`)
    await page.getByLabel('Accepted versions').waitFor()
    expect(await seen(page.getByLabel('Accepted versions'))).toContain(`Version ${rows[0]?.version}`)
    expect(complaints.filter((one) => !one.includes('409'))).toEqual([])
    await context.close()
  })
})

/** As an account is that was opened before the version that holds now. */
async function acceptedNothing(customerId: string): Promise<void> {
  const db = DynamoDBDocumentClient.from(
    new DynamoDBClient({
      region: 'us-east-1',
      endpoint: `http://127.0.0.1:${inject('pages').database}`,
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    }),
  )
  await db.send(new DeleteCommand({ TableName: tableName, Key: { pk: `ACCEPTANCE#${customerId}`, sk: '0000000001' } }))
  await db.send(
    new UpdateCommand({
      TableName: tableName,
      Key: { pk: `WALLET#${customerId}`, sk: 'WALLET' },
      UpdateExpression: 'SET accepted = :none',
      ExpressionAttributeValues: { ':none': 0 },
    }),
  )
}
