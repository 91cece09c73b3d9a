import { randomUUID } from 'node:crypto'
import type { Page } from 'playwright-core'
import { beforeAll, describe, it } from 'vitest'
import { must } from '../../local/demo/browser.ts'
import { mailed, sixDigits } from '../../local/demo/mailbox.ts'
import { desktop, patiently, phone, seen, signIn, useBrowser } from './browser.ts'
import { flaws } from './flaws.ts'
import { at, owners, people } from './people.ts'

const browser = useBrowser()
const { customer, console, makeCustomers } = people(owners[1])

beforeAll(() => makeCustomers(9, '9.87'))

/** What the page says, but for the email that was typed. */
const words = async (page: Page, email: string): Promise<string> => (await seen(page.getByRole('main'))).replaceAll(email, '…')

describe.concurrent('signing in', () => {
  it('a wrong password and an email nobody has are refused in the same words', async ({ expect }) => {
    const someone = customer()
    const { page } = await browser.open(phone)
    await page.goto(`${at.site}/sign-in`)
    const refused = async (email: string): Promise<string> => {
      await signIn(page, { email, password: 'not the password 1' })
      const notice = page.getByRole('alert').filter({ hasText: 'Not signed in' })
      await notice.waitFor()
      const text = await seen(notice)
      await page.reload()
      return text.replace(/Reference .*/, '')
    }
    expect(await refused(someone.email)).toBe(await refused('nobody@customer.test'))
  })

  it('who opens a page without a session signs in and is taken there', async ({ expect }) => {
    const someone = customer()
    const { page } = await browser.open(desktop)
    await page.goto(`${at.site}/orders?group=partial`)
    await page.getByText('Sign in to go on.').waitFor()
    await signIn(page, someone)
    await page.getByRole('heading', { name: 'Orders' }).waitFor()
    expect(new URL(page.url()).search).toBe('?group=partial')
  })

  it('an access token that ran out is renewed without the reader noticing', async ({ expect }) => {
    const { page, context } = await browser.openAs(customer(), desktop)
    await page.goto(`${at.site}/wallet`)
    await expect.poll(() => page.getByText('9.87').count(), patiently).toBeGreaterThan(0)
    await context.clearCookies({ name: '__Host-access' })
    let renewals = 0
    page.on('request', (request) => {
      if (request.url().endsWith('/api/session/refresh')) renewals++
    })
    // Several calls find out at the same time: one renewal serves them all.
    await page.reload()
    await expect.poll(() => page.getByRole('row', { name: /For a story/ }).count(), patiently).toBe(1)
    expect(renewals).toBe(1)
  })

  it('a session that was ended elsewhere leads to the sign-in page and back', async () => {
    const someone = customer()
    const { page, context } = await browser.openAs(someone, desktop)
    await page.goto(`${at.site}/wallet`)
    await page.getByRole('heading', { name: 'Statement' }).waitFor()
    await context.clearCookies()
    await page.getByRole('link', { name: 'API' }).click()
    await page.getByText('Your session has ended, or there was none.').waitFor()
    await signIn(page, someone)
    await page.getByRole('heading', { name: 'How to call it' }).waitFor()
  })

  it('signing out leaves nothing of the account on the page', async ({ expect }) => {
    const someone = customer()
    const { page } = await browser.openAs(someone, desktop)
    await page.goto(`${at.site}/wallet`)
    await page.getByRole('button', { name: 'Account' }).click()
    await page.getByRole('menuitem', { name: 'Sign out' }).click()
    await page.getByRole('button', { name: 'Create an account' }).waitFor()
    expect(await page.getByText('9.87').count()).toBe(0)
    await page.goto(`${at.site}/wallet`)
    await page.getByRole('heading', { name: 'Sign in' }).waitFor()
  })

  it('with cookies off, the sign-in page says what does not work', async () => {
    const { page } = await browser.open(phone)
    await page.addInitScript(() => Object.defineProperty(Navigator.prototype, 'cookieEnabled', { get: () => false }))
    await page.goto(`${at.site}/sign-in`)
    await page.getByText('Cookies are switched off in this browser.').waitFor()
  })
})

describe('the account’s own page', () => {
  it('shows where one is signed in, signs another browser out, and changes the password', async ({ expect }) => {
    const someone = customer()
    const { page, complaints } = await browser.openAs(someone, desktop)
    const other = await browser.openAs(someone, phone)
    await other.page.goto(`${at.site}/wallet`)
    await other.page.getByRole('heading', { name: 'Statement' }).waitFor()
    await page.goto(`${at.site}/settings`)
    const sessions = page.getByRole('region', { name: 'Where you are signed in' })
    await sessions.getByText('This browser').waitFor()
    await sessions.getByRole('button', { name: 'Sign out everywhere else' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Sign out' }).click()
    await expect.poll(() => sessions.getByRole('listitem').count(), patiently).toBe(1)
    await other.page.goto(`${at.site}/orders`)
    await other.page.getByRole('heading', { name: 'Sign in' }).waitFor()

    const card = page.getByRole('region', { name: 'Password' })
    const change = async (current: string, password: string): Promise<void> => {
      await card.getByLabel('Current password').fill(current)
      await card.getByLabel('New password').fill(password)
      await card.getByRole('button', { name: 'Change password' }).click()
    }
    await change('not the password 1', 'another horse 8 battery')
    await card.getByText('The current password is not right. Nothing was changed.').waitFor()
    await change(someone.password, 'another horse 8 battery')
    await card.getByText('The password was changed').waitFor()
    await signInAnew(other.page, { email: someone.email, password: 'another horse 8 battery' })
    expect(complaints.filter((text) => !text.includes('422'))).toEqual([])
  })
})

async function signInAnew(page: Page, who: { email: string; password: string }): Promise<void> {
  await page.goto(`${at.site}/sign-in`)
  await signIn(page, who)
  await page.getByRole('heading', { name: 'New order' }).waitFor()
}

describe.concurrent('an email nobody may be told of', () => {
  it('signing up says the same whether or not there is an account', async ({ expect }) => {
    const someone = customer()
    const signUp = async (email: string): Promise<string> => {
      const { page, context } = await browser.open(phone)
      await page.goto(`${at.site}/sign-up`)
      await page.getByLabel('Full name').fill('Casey Customer')
      await page.getByLabel('Email').fill(email)
      await page.getByLabel('Password', { exact: true }).fill('correct horse 7 battery')
      await page.getByRole('checkbox').check()
      await page.getByRole('button', { name: 'Create account' }).last().click()
      await page.getByRole('heading', { name: 'Type the code from the mail' }).waitFor()
      const text = await words(page, email)
      await context.close()
      return text.replace(/in \d+ s/, 'in … s')
    }
    expect(await signUp(someone.email)).toBe(await signUp(`${randomUUID().slice(0, 8)}@customer.test`))
  })

  it('a forgotten password is replaced with a mailed code; the old one opens nothing any more', async ({ expect }) => {
    const someone = customer()
    const { page, complaints } = await browser.open(phone)
    await page.goto(`${at.site}/forgot`)
    await page.getByLabel('Email').fill(someone.email)
    await page.getByRole('button', { name: 'Send the code' }).click()
    await page.getByText('If there is an account with').waitFor()
    await page.getByLabel('Code').fill(await mailed(at.mailbox, someone.email, /password[\s\S]*: (\d{6})\b/i))
    await page.getByLabel('New password').fill('quite another 8 horse')
    await page.getByRole('button', { name: 'Set the password' }).click()
    await page.getByText('The new password is set.').waitFor()
    expect(complaints).toEqual([])
    await signIn(page, someone)
    await page.getByText('Not signed in').waitFor()
    await signIn(page, { ...someone, password: 'quite another 8 horse' })
    await page.getByPlaceholder('Search by name, number or category').waitFor()
  })

  it('a wrong code is told, and the right one still works', async () => {
    const email = `${randomUUID().slice(0, 8)}@customer.test`
    const { page } = await browser.open(phone)
    await page.goto(`${at.site}/sign-up`)
    await page.getByLabel('Full name').fill('Casey Customer')
    await page.getByLabel('Email').fill(email)
    await page.getByLabel('Password', { exact: true }).fill('short')
    await page.getByRole('button', { name: 'Create account' }).last().click()
    await page.getByText('The password does not keep the rule yet.').waitFor()
    await page.getByText('An account needs your agreement to the terms.').waitFor()
    await page.getByLabel('Password', { exact: true }).fill('correct horse 7 battery')
    await page.getByRole('checkbox').check()
    await page.getByRole('button', { name: 'Create account' }).last().click()
    const code = await mailed(at.mailbox, email, sixDigits)
    await page.getByLabel('Code').fill(code === '000000' ? '111111' : '000000')
    await page.getByText('The code is wrong or has expired.').waitFor()
    await page.getByLabel('Code').fill(code)
    await page.getByPlaceholder('Search by name, number or category').waitFor()
  })
})

describe.concurrent('a suspended customer', () => {
  it('is told about the balance first, on the page and when signing in', async ({ expect }) => {
    const someone = customer()
    const { page } = await browser.openAs(someone, desktop)
    await page.goto(`${at.site}/orders`)
    await page.getByText('No orders yet').waitFor()
    const staff = await console()
    const status = { status: 'suspended', reason: 'fraud', memo: 'For a story' }
    await must(staff.call('PUT', `/api/admin/customers/${someone.customerId}/status`, status), 'suspending')
    await page.reload()
    await page.getByText('Your balance is kept. This account is suspended.').waitFor()
    await page.getByText('There are signs of fraud.').waitFor()
    expect(await flaws(page)).toEqual([])
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.getByRole('link', { name: 'Sign in' }).first().click()
    await signIn(page, someone)
    await page.getByText('Your balance is kept. This account is suspended.').waitFor()
  })
})
