import { randomUUID } from 'node:crypto'
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { must } from '../../local/demo/browser.ts'
import { mailed } from '../../local/demo/mailbox.ts'
import { type DemoStaff, totpCode } from '../../local/demo/people.ts'
import { sandboxKey } from '../../local/provider/protocol.ts'
import { desktop, patiently, phone, seen, useBrowser, type Watched } from './browser.ts'
import { flaws } from './flaws.ts'
import { at, type Customer, owners, people, providerBehaves, serviceNamed } from './people.ts'
import { nextCode } from './staff.ts'

const browser = useBrowser()
const { customer, makeCustomers } = people(owners[5])
const owner = owners[6]

let desk: Watched
let someone: Customer
let unknownOrder: string
let providerPath = '/providers'

beforeAll(async () => {
  if (!owner) throw new Error('there is no owner')
  desk = await browser.open(desktop)
  await signInToTheConsole(desk.page, owner, nextCode(owner.totpSecret))
  await makeCustomers(1, '20.00')
  someone = customer()
  await providerBehaves({ faultRate: 1, addFault: 'http-500-after-accept', secondsToComplete: 600, partialRate: 0 })
  const { serviceId } = await serviceNamed('Saves from partner accounts, standard')
  const order = { serviceId, quantity: 1000, link: 'https://photos.example.com/p/Lost', requestId: randomUUID() }
  unknownOrder = String((await must(someone.session.call('POST', '/api/orders', order), 'ordering'))['orderId'])
})

async function signInToTheConsole(page: Page, { email, password }: DemoStaff, code: string): Promise<void> {
  await page.goto(`${at.console}/sign-in`)
  await page.getByLabel('Email').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByLabel('Code').fill(code)
  await page.getByRole('navigation', { name: 'Main' }).waitFor()
}

describe('the console', () => {
  it('has what a machine cannot know as its home page, with the evidence', async () => {
    const { page } = desk
    await page.goto(at.console)
    const row = page.getByRole('row', { name: /Lost|Being checked/ })
    await expect.poll(() => row.count(), { timeout: 20_000 }).toBe(1)
    await page.getByRole('link', { name: unknownOrder, exact: true }).click()
    const sheet = page.getByRole('dialog')
    await sheet.getByText('The provider may have it.').first().waitFor()
    await sheet.getByRole('link', { name: /…$/ }).click()
    await page.getByRole('heading', { name: 'C••• C•••' }).waitFor()
  })

  it('settles what hangs: under the number found there, or with the money back as it was previewed', async () => {
    const { page } = desk
    const { orders } = (await (await fetch(`${at.control}/orders`)).json()) as { orders: { order: number; link: string }[] }
    const there = String(orders.find(({ link }) => link.endsWith('/Lost'))?.order)
    await page.goto(`${at.console}/needs/${unknownOrder}`)
    const sheet = page.getByRole('dialog', { name: `Order ${unknownOrder}` })
    await sheet.getByRole('region', { name: 'Evidence' }).getByText('HTTP 500: {"error":"Internal error"}').waitFor()
    await sheet.getByRole('button', { name: 'Delivered in part' }).click()
    await page.getByLabel('Remains, of 1,000').fill('250')
    await page.getByRole('button', { name: 'Refund 0.18125 USD' }).waitFor()
    await page.getByRole('button', { name: 'Leave it' }).click()
    await sheet.getByRole('button', { name: 'Found: enter its number' }).click()
    await page.getByLabel('The provider’s number').fill(there)
    await page.getByLabel('Reason, for the record').fill('It is in their list')
    await page.getByRole('button', { name: 'Take it up under this number' }).click()
    await sheet.getByText('it is asked about under its number').waitFor()
    await sheet.getByText(there, { exact: true }).first().waitFor()
    await expect.poll(() => page.getByRole('row', { name: /Lost/ }).count(), patiently).toBe(0)
  })

  it('has a new error said once what it means, and settles what hangs on it', async () => {
    const { page } = desk
    await providerBehaves({ faultRate: 1, addFault: 'new-words' })
    const { serviceId } = await serviceNamed('Saves from partner accounts, standard')
    const order = { serviceId, quantity: 1000, link: 'https://photos.example.com/p/Asleep', requestId: randomUUID() }
    await must(someone.session.call('POST', '/api/orders', order), 'ordering')
    await page.goto(at.console)
    await expect.poll(() => page.getByRole('row', { name: /Asleep/ }).count(), { timeout: 30_000 }).toBe(1)
    await page.getByRole('link', { name: 'Say what it means' }).click()
    await page.getByRole('button', { name: 'Say what it means' }).click()
    await page.getByText('It does not take the order').click()
    await page.getByLabel('Reason, for the record').fill('They say so in their help')
    await page.getByRole('button', { name: 'Classify it' }).click()
    await page.getByLabel('Reason, which the customers read').fill('The supplier did not take it')
    await page.getByRole('button', { name: 'Refund 1 order' }).click()
    await page.getByText('1 order settled').waitFor()
    await page.goto(at.console)
    await expect.poll(() => page.getByRole('row', { name: /Asleep/ }).count(), patiently).toBe(0)
    const { rows } = (await someone.session.call('GET', '/api/orders')).body as {
      rows: { state: string; charge: string; refunded: string }[]
    }
    expect(rows[0]).toMatchObject({ state: 'canceled', refunded: rows[0]?.charge })
    await providerBehaves({ faultRate: 0 })
  })

  it('debits with a preview, and refuses to take what is not there', async () => {
    const { page } = desk
    await page.goto(`${at.console}/customers/${someone.customerId}`)
    const card = page.getByRole('region', { name: 'Credit or debit' })
    await card.getByText('Debit', { exact: true }).click()
    await page.getByLabel('Amount, USD').fill('100')
    await card.getByText('Not available').waitFor()
    expect(await card.getByRole('button', { name: 'Debit 100.00 USD' }).isDisabled()).toBe(true)
    await page.getByLabel('Amount, USD').fill('1.2345678')
    await card.getByText('At most six decimals').waitFor()
    await page.getByLabel('Amount, USD').fill('4.275')
    await page.getByLabel('Memo, which the customer reads').fill('Booked twice')
    expect(await seen(card)).toMatch(/Balance after\s+15\.00 USD/)
    await card.getByRole('button', { name: 'Debit 4.275 USD' }).click()
    await expect.poll(() => seen(page.getByRole('row', { name: /Booked twice/ })), patiently).toContain('−4.275')
  })

  it('suspends with a reason, and restores', async () => {
    const { page } = desk
    await page.goto(`${at.console}/customers/${someone.customerId}`)
    await page.getByRole('button', { name: 'Suspend the account' }).click()
    const go = page.getByRole('dialog').getByRole('button', { name: 'Suspend', exact: true })
    expect(await go.isDisabled()).toBe(true)
    await page.getByLabel('Reason, for the record').fill('Disputed payment')
    expect(await go.isDisabled()).toBe(true)
    await page.getByLabel('What the customer is told').selectOption('A disputed payment')
    await go.click()
    await page.getByText('Suspended', { exact: true }).waitFor()
    await page.getByRole('button', { name: 'Restore the account' }).click()
    await page.getByLabel('Reason, for the record').fill('Cleared up')
    await page.getByRole('dialog').getByRole('button', { name: 'Restore', exact: true }).click()
    await page.getByText('Active', { exact: true }).waitFor()
  })

  it('adds a provider, imports its services with a mark-up, and says which it left out', async () => {
    const { page } = desk
    await page.goto(`${at.console}/providers`)
    await page.getByRole('button', { name: 'Add provider' }).click()
    await page.getByLabel('Name').fill('Second source')
    await page.getByLabel('Address of its API').fill(at.provider)
    await page.getByLabel('API key').fill(sandboxKey)
    await page.getByRole('dialog').getByRole('button', { name: 'Add provider' }).click()
    await page.getByRole('heading', { name: 'Second source' }).waitFor()
    providerPath = new URL(page.url()).pathname
    await page.getByRole('button', { name: 'Test the connection' }).click()
    await page.getByText(/\d+ services in \d+ ms/).waitFor()

    await page.getByRole('link', { name: 'Import services' }).click()
    await page.getByRole('button', { name: 'Fetch its catalogue' }).click()
    await page.getByLabel('Search its catalogue').fill('partner accounts, standard')
    await page.getByLabel('Choose all 2 shown').check()
    await page.getByRole('button', { name: 'Import 2 services' }).waitFor()
    await page.getByLabel('Search its catalogue').fill('')
    await page.getByLabel('Choose all 2 shown').waitFor({ state: 'detached' })
    await page.getByLabel(/^Choose all \d+ shown$/).check()
    await page.getByLabel('Mark-up, per cent').fill('12.5')
    // 9.90 there, and an eighth of it.
    await page.getByRole('region', { name: 'Mark-up' }).getByText('11.1375').waitFor()
    await page.getByLabel('Its effect comes from').selectOption('advertising')
    await page.getByRole('button', { name: /^Import \d+ services$/ }).click()
    await page.getByText(/\d+ new, 0 brought up to date/).waitFor({ timeout: 30_000 })
    await page.getByText('Left out: the type Poll is not sold here yet').waitFor()
    // The import has an address of its own: it can be left and come back to.
    await page.reload()
    await page.getByText(/\d+ new, 0 brought up to date/).waitFor()
    await page.getByRole('link', { name: 'Second source' }).click()

    await page.getByRole('button', { name: 'Pause sending' }).click()
    await page.getByLabel('Reason, for the record').fill('Prices under review')
    await page.getByRole('dialog').getByRole('button', { name: 'Pause', exact: true }).click()
    await page.getByText('Paused', { exact: true }).waitFor()
    await page.getByRole('button', { name: 'Resume sending' }).click()
    await page.getByLabel('Reason, for the record').fill('Reviewed')
    await page.getByRole('dialog').getByRole('button', { name: 'Resume', exact: true }).click()
    await page.getByText('Active', { exact: true }).waitFor()
  })

  it('lets somebody invited in with a password of their own and an app, and shows them their role’s pages alone', async () => {
    const email = `support-${randomUUID().slice(0, 8)}@panel.test`
    await desk.page.goto(`${at.console}/staff`)
    await desk.page.getByRole('button', { name: 'Invite' }).click()
    await desk.page.getByLabel('Email').fill(email)
    await desk.page.getByLabel('Role').selectOption('read-only')
    await desk.page.getByLabel('Reason, for the record').fill('Looks on')
    await desk.page.getByRole('dialog').getByRole('button', { name: 'Invite' }).click()
    await desk.page.getByText(`${email} is invited`).waitFor()

    const { page, complaints } = await browser.open(phone)
    await page.goto(`${at.console}/sign-in`)
    await page.getByLabel('Email').fill(email)
    await page.getByLabel('Password', { exact: true }).fill(await mailed(at.mailbox, email, /password (\S+)/))
    await page.getByRole('button', { name: 'Continue' }).click()
    await page.getByLabel('New password').fill('my own 9 password')
    await page.getByRole('button', { name: 'Set the password' }).click()
    await page.getByRole('img', { name: 'The secret as a QR code' }).waitFor()
    const secret = (await seen(page.getByTestId('totp-secret'))).replaceAll(' ', '')
    await page.getByLabel('Code', { exact: true }).fill(totpCode(secret))
    await page.getByRole('heading', { name: 'Needs you' }).waitFor()
    const places = page.getByRole('navigation', { name: 'Main' }).getByRole('link')
    expect(await places.allInnerTexts()).toEqual(['Needs you', 'Orders', 'Services', 'Providers'])
    expect(complaints).toEqual([])

    // What the role may not do is refused, and shown as such.
    await page.goto(`${at.console}/staff`)
    await page.getByText('Your role does not allow this.').waitFor()
  })

  it('looks as it should on a phone and on a desktop, in both themes', async () => {
    const { page, complaints } = await browser.open({ ...desktop, storageState: await desk.context.storageState() })
    const customers = `/customers/${someone.customerId}`
    for (const path of [
      '/',
      '/orders',
      `/orders/${unknownOrder}`,
      '/customers',
      customers,
      '/providers',
      providerPath,
      `${providerPath}/import`,
      `${providerPath}/paused`,
      '/errors',
      '/staff',
    ]) {
      await page.goto(`${at.console}${path}`)
      await page.getByRole('main').getByRole('heading').first().waitFor({ state: 'attached' })
      expect.soft(await flaws(page), path).toEqual([])
    }
    expect(complaints).toEqual([])
  })
})
