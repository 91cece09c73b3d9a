import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, it } from 'vitest'
import { must } from '../../local/demo/browser.ts'
import { mailed, sixDigits } from '../../local/demo/mailbox.ts'
import { totpCode } from '../../local/demo/people.ts'
import { png, svg } from '../fixtures/images.ts'
import { desktop, patiently, phone, seen, signIn, useBrowser } from './browser.ts'
import { flaws } from './flaws.ts'
import { at, owners, people, serviceNamed } from './people.ts'
import { nextCode } from './staff.ts'

const browser = useBrowser()
const { customer, console, makeCustomers } = people(owners[7])
const staffMember = owners[16]

// On the disk, where the browser finds it: bytes of that number take long to reach it by way of a test.
const folder = mkdtempSync(join(tmpdir(), 'panel-pictures-'))
const large = join(folder, 'large.png')
writeFileSync(large, '')
truncateSync(large, 25_000_001)

beforeAll(() => makeCustomers(7, '20.00'))
afterAll(() => rmSync(folder, { recursive: true }))

const firefox = 'Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0'

describe('another email', () => {
  it('is mailed a code, and opens the account from then on in place of the former one', async ({ expect }) => {
    const someone = customer()
    const wanted = `${randomUUID().slice(0, 8)}@new.test`
    const { page, complaints } = await browser.openAs(someone, phone)
    await page.goto(`${at.site}/settings`)
    await page.getByRole('button', { name: 'Change email' }).click()
    const sheet = page.getByRole('dialog')
    await sheet.getByLabel('New email').fill(wanted)
    await sheet.getByLabel('Password', { exact: true }).fill('not the password 1')
    await sheet.getByRole('button', { name: 'Send the code' }).click()
    await sheet.getByText('The current password is not right. Nothing was changed.').waitFor()
    await sheet.getByLabel('Password', { exact: true }).fill(someone.password)
    await sheet.getByRole('button', { name: 'Send the code' }).click()
    await sheet.getByText(`A code was mailed to ${wanted}`).waitFor()
    expect(await flaws(page)).toEqual([])
    await sheet.getByLabel('Code').fill(await mailed(at.mailbox, wanted, sixDigits))
    await page.getByRole('region', { name: 'Account' }).getByText(wanted).waitFor()
    await page.goto(`${at.site}/sign-in`)
    await signIn(page, someone)
    await page.getByText('Not signed in').waitFor()
    await signIn(page, { ...someone, email: wanted })
    await page.getByPlaceholder('Search by name, number or category').waitFor()
    expect(complaints.filter((text) => !/422|401/.test(text))).toEqual([])
  })
})

describe('name and picture', () => {
  it('are changed in settings: a picture is cut first and seen in the frame; what is none is refused in words', async ({
    expect,
  }) => {
    const { page, complaints } = await browser.openAs(customer(), phone)
    await page.goto(`${at.site}/settings`)
    const card = page.getByRole('region', { name: 'Account' })
    await card.getByRole('button', { name: 'Change name' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Full name').fill('Grace Hopper')
    await dialog.getByRole('button', { name: 'Save the name' }).click()
    await card.getByText('Grace Hopper').waitFor()

    const field = card.locator('input[type=file]')
    await field.setInputFiles({ name: 'drawing.svg', mimeType: 'image/svg+xml', buffer: svg() })
    await card.getByText('This is no picture this browser can read. PNG, JPEG, WebP and GIF are taken.').waitFor()
    await field.setInputFiles(large)
    await card.getByText('25 MB at most').waitFor()
    await field.setInputFiles({ name: 'me.png', mimeType: 'image/png', buffer: png(300, 200) })
    await dialog.getByRole('img', { name: 'How it will look' }).waitFor()
    await dialog.getByRole('slider', { name: 'Across' }).press('End')
    expect(await flaws(page)).toEqual([])
    await dialog.getByRole('button', { name: 'Use this picture' }).click()
    const frame = card.locator('.avatar-frame img')
    await expect.poll(() => frame.evaluate(({ naturalWidth }: HTMLImageElement) => naturalWidth), patiently).toBe(256)
    const [kept, removed] = await Promise.all([
      card.getByRole('button', { name: 'Replace' }).boundingBox(),
      card.getByRole('button', { name: 'Remove' }).boundingBox(),
    ])
    expect(removed?.y).toBe(kept?.y)
    await card.getByRole('button', { name: 'Remove' }).click()
    await card.getByRole('button', { name: 'Choose a picture' }).waitFor()
    expect(await frame.count()).toBe(0)
    expect(complaints).toEqual([])
  })
})

describe('a second factor', () => {
  it('is set up with an app, asked for at the next sign-in, and a recovery code stands in for it once', async ({ expect }) => {
    const someone = customer()
    const { page, complaints } = await browser.openAs(someone, desktop)
    await page.goto(`${at.site}/settings`)
    const card = page.getByRole('region', { name: 'Second factor' })
    await card.getByRole('button', { name: 'Set up an app' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Password', { exact: true }).fill(someone.password)
    await dialog.getByRole('button', { name: 'Continue' }).click()
    await dialog.getByRole('img', { name: 'The secret as a QR code' }).waitFor()
    expect(await flaws(page)).toEqual([])
    const secret = (await seen(dialog.getByTestId('totp-secret'))).replaceAll(' ', '')
    const used = totpCode(secret)
    await dialog.getByLabel('Code', { exact: true }).fill(used)
    const codes = (await seen(dialog.getByTestId('recovery-codes'))).split(/\s+/)
    expect(codes).toHaveLength(10)
    expect(await flaws(page)).toEqual([])
    await dialog.getByRole('button', { name: 'I have kept them' }).click()
    await card.getByText('10 codes left').waitFor()

    const other = await browser.open(phone)
    await other.page.goto(`${at.site}/sign-in`)
    await signIn(other.page, someone)
    await other.page.getByRole('heading', { name: 'Type the code from your app' }).waitFor()
    await other.page.getByLabel('Code', { exact: true }).fill(used)
    await other.page.getByText('The code is wrong or has expired.').waitFor()
    await other.page.getByLabel('Code', { exact: true }).fill(nextCode(secret))
    await other.page.getByPlaceholder('Search by name, number or category').waitFor()

    const third = await browser.open(phone)
    await third.page.goto(`${at.site}/sign-in?return=/settings`)
    await signIn(third.page, someone)
    await third.page.getByRole('button', { name: 'I have lost the app' }).click()
    await third.page.getByLabel('Recovery code').fill((codes[4] ?? '').toLowerCase())
    expect(await flaws(third.page)).toEqual([])
    await third.page.getByRole('button', { name: 'Sign in', exact: true }).click()
    await third.page.getByRole('button', { name: 'Set up an app' }).waitFor()
    await mailed(at.mailbox, someone.email, /(with the password and a recovery code)/)
    expect(complaints).toEqual([])
  })
})

describe('suspended while ordering', () => {
  it('stops the order, the key and every browser at once; the balance is kept, and all goes on when staff let it', async ({
    expect,
  }) => {
    const someone = customer()
    const { key } = await must(someone.session.call('POST', '/api/keys', { name: 'For a story' }), 'a key')
    const { serviceId, name } = await serviceNamed('Saves from partner accounts, standard')
    const byKey = async (more: Record<string, string>) => {
      const body = new URLSearchParams({ key: String(key), ...more })
      return (await fetch(`${at.site}/api/v2`, { method: 'POST', body })).json() as Promise<Record<string, unknown>>
    }
    const wish = { action: 'add', service: String(serviceId), link: 'https://photos.example.com/p/Suspended', quantity: '1000' }
    const other = await browser.openAs(someone, phone)
    await other.page.goto(`${at.site}/wallet`)
    await other.page.getByRole('heading', { name: 'Statement' }).waitFor()
    const { page } = await browser.openAs(someone, desktop)
    await page.goto(`${at.site}/new?service=${serviceId}`)
    await page.getByRole('heading', { name }).waitFor()
    await page.getByLabel('Link').fill('https://photos.example.com/p/Suspended')
    await page.getByLabel('Quantity').fill('1000')
    const place = page.getByRole('button', { name: /^Place order · / })
    await place.waitFor()
    expect(await byKey({ action: 'balance' })).toMatchObject({ balance: '20.00' })

    const staff = await console()
    const set = (status: string) =>
      must(
        staff.call('PUT', `/api/admin/customers/${someone.customerId}/status`, { status, memo: 'For a story' }),
        'setting the status',
      )
    await set('suspended')
    await place.click()
    await page.getByText('Your balance is kept. This account is suspended.').waitFor()
    expect(await byKey(wish)).toEqual({ error: 'Invalid API key' })
    expect(await byKey({ action: 'balance' })).toEqual({ error: 'Invalid API key' })
    await other.page.reload()
    await other.page.getByText('Your balance is kept. This account is suspended.').waitFor()
    // What renews a session opens no more than the session did.
    await other.context.clearCookies({ name: '__Host-access' })
    await other.page.reload()
    await other.page.getByText('Your balance is kept. This account is suspended.').waitFor()
    const { rows } = await must(staff.call('GET', `/api/admin/customers/${someone.customerId}/orders`), 'the orders')
    expect(rows).toEqual([])

    await set('active')
    await page.goto(`${at.site}/wallet`)
    await page.getByRole('heading', { name: 'Statement' }).waitFor()
    expect(await byKey({ action: 'balance' })).toMatchObject({ balance: '20.00' })
  })
})

describe('what one chooses', () => {
  it('holds at once and in every browser: how numbers are written, and the theme before the first paint', async ({ expect }) => {
    const someone = customer()
    const { page, complaints } = await browser.openAs(someone, desktop)
    await page.goto(`${at.site}/settings`)
    const card = page.getByRole('region', { name: 'Preferences' })
    await card.getByText('Dark', { exact: true }).click()
    await card.getByLabel('Language').selectOption('de')
    const balance = page.getByRole('link', { name: 'Balance' })
    await expect.poll(() => seen(balance), patiently).toContain('20,00')
    await expect.poll(() => page.locator('html').getAttribute('data-mantine-color-scheme'), patiently).toBe('dark')
    const kept = page.waitForResponse(
      (reply) => reply.url().endsWith('/api/me/preferences') && !reply.request().postDataJSON().announcements,
    )
    await card.getByLabel('Announcements by mail').click()
    await kept
    expect(await flaws(page)).toEqual([])

    const other = await browser.openAs(someone, desktop)
    await other.page.goto(`${at.site}/wallet`)
    await expect.poll(() => seen(other.page.getByRole('link', { name: 'Balance' })), patiently).toContain('20,00')
    await expect.poll(() => other.page.locator('html').getAttribute('data-mantine-color-scheme'), patiently).toBe('dark')
    // Known to this browser from now on: the page is dark before anything was asked for.
    await other.page.goto(`${at.site}/settings`, { waitUntil: 'commit' })
    await other.page.waitForFunction(() => document.documentElement.hasAttribute('data-mantine-color-scheme'))
    expect(await other.page.locator('html').getAttribute('data-mantine-color-scheme')).toBe('dark')
    expect(await other.page.getByLabel('Announcements by mail').isChecked()).toBe(false)
    expect(complaints).toEqual([])
  })
})

describe('a second currency', () => {
  it('is offered once staff have set its rate, and stands beside the exact amounts, never in their place', async ({ expect }) => {
    const someone = customer()
    const desk = await browser.open(desktop)
    if (!staffMember) throw new Error('there is no owner')
    await desk.page.goto(`${at.console}/sign-in`)
    await desk.page.getByLabel('Email').fill(staffMember.email)
    await desk.page.getByLabel('Password', { exact: true }).fill(staffMember.password)
    await desk.page.getByRole('button', { name: 'Continue' }).click()
    await desk.page.getByLabel('Code').fill(nextCode(staffMember.totpSecret))
    await desk.page.getByRole('link', { name: 'Currencies' }).click()
    await desk.page.getByRole('button', { name: 'Add a currency' }).click()
    await desk.page.getByLabel('Currency', { exact: true }).fill('eur')
    await desk.page.getByLabel('For 1 USD').fill('0')
    await desk.page.getByRole('button', { name: 'Save' }).click()
    await desk.page.getByText('A number above nothing, like 0.92').waitFor()
    await desk.page.getByLabel('For 1 USD').fill('0.9')
    await desk.page.getByRole('button', { name: 'Save' }).click()
    await desk.page.getByLabel('Reason, for the record').fill('For a story')
    await desk.page.getByRole('button', { name: 'Set them' }).click()
    await desk.page.getByText('Set just now').waitFor()
    expect(await flaws(desk.page)).toEqual([])

    const { page, complaints } = await browser.openAs(someone, desktop)
    await expect
      .poll(
        async () => {
          await page.goto(`${at.site}/settings`)
          const second = page.getByLabel('Second currency')
          await second.waitFor()
          return (await second.locator('option').allInnerTexts()).includes('EUR')
        },
        { timeout: 30_000, interval: 2_000 },
      )
      .toBe(true)
    await page.getByLabel('Second currency').selectOption('EUR')
    const { serviceId } = await serviceNamed('Saves from partner accounts, standard')
    await page.goto(`${at.site}/wallet`)
    await page.getByText('≈ 18.00 EUR').waitFor()
    await page.getByRole('region', { name: 'Balance' }).getByText('20.00').waitFor()
    await page.goto(`${at.site}/new?service=${serviceId}`)
    await page.getByLabel('Link').fill('https://photos.example.com/p/Currency')
    await page.getByLabel('Quantity').fill('2000')
    await page.getByRole('button', { name: 'Place order · 1.45 USD' }).waitFor()
    await page.locator('.price-sum').getByText('≈ 1.31 EUR').waitFor()
    await page.goto(`${at.site}/services`)
    await page
      .getByText(/≈ [\d.]+ EUR/)
      .first()
      .waitFor()
    expect(await flaws(page)).toEqual([])
    expect(complaints).toEqual([])
  })
})

describe('a device the account was not used with before', () => {
  it('is told by mail, and put out from the browser one has', async ({ expect }) => {
    const someone = customer()
    const { page } = await browser.openAs(someone, desktop)
    const other = await browser.open({ ...phone, userAgent: firefox })
    await other.page.goto(`${at.site}/sign-in`)
    await signIn(other.page, someone)
    await other.page.getByRole('heading', { name: 'New order' }).waitFor()
    const device = await mailed(at.mailbox, someone.email, /Device: (Firefox on Windows)/)

    await page.goto(`${at.site}/settings`)
    const sessions = page.getByRole('region', { name: 'Where you are signed in' })
    await sessions.getByRole('button', { name: `Sign out ${device}` }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Sign out' }).click()
    await expect.poll(() => sessions.getByText(device).count(), patiently).toBe(0)
    await other.page.goto(`${at.site}/orders`)
    await other.page.getByText('Your session has ended, or there was none.').waitFor()
    // The browser that put it out goes on.
    await page.goto(`${at.site}/wallet`)
    await page.getByRole('heading', { name: 'Statement' }).waitFor()
  })
})
