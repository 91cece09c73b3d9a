import type { Page } from 'playwright-core'
import { beforeAll, describe, it } from 'vitest'
import { must } from '../../local/demo/browser.ts'
import { mailed } from '../../local/demo/mailbox.ts'
import { desktop, phone, signIn, useBrowser } from './browser.ts'
import { flaws } from './flaws.ts'
import { at, owners, people } from './people.ts'
import { nextCode } from './staff.ts'

const browser = useBrowser()
const { customer, makeCustomers, console } = people(owners[25])
const staffMember = owners[26]

let desk: Page
beforeAll(() => makeCustomers(2, '12.50'))

async function atTheDesk() {
  if (!staffMember) throw new Error('there are fewer owners than files that need one')
  const { email, password, totpSecret } = staffMember
  const { context, page } = await browser.open(desktop)
  for (const [path, data] of [
    ['/api/admin/session', { email, password }],
    ['/api/admin/session/totp', { code: nextCode(totpSecret) }],
  ] as const)
    await context.request.post(`${at.console}${path}`, { headers: { origin: at.console }, data })
  return page
}

describe('P-RT-1, P-RET-2: the way out', () => {
  it('leads through an archive and everything that becomes of the account, and back again', async ({ expect }) => {
    const someone = customer()
    const { page, complaints } = await browser.openAs(someone, phone)
    await page.goto(`${at.site}/settings`)
    const card = page.getByRole('region', { name: 'Your data' })
    await card.getByRole('button', { name: 'Get everything about me' }).click()
    const sheet = page.getByRole('dialog')
    await sheet.getByLabel('Password', { exact: true }).fill(someone.password)
    await sheet.getByRole('button', { name: 'Make the archive' }).click()
    await mailed(at.mailbox, someone.email, /everything that (\S+) holds about you/)
    await card.getByRole('button', { name: 'Fetch it' }).waitFor()
    expect(await flaws(page)).toEqual([])
    await card.getByRole('button', { name: 'Fetch it' }).click()
    await sheet.getByLabel('Password', { exact: true }).fill(someone.password)
    const download = page.waitForEvent('download')
    await sheet.getByRole('button', { name: 'Fetch it' }).click()
    expect((await download).suggestedFilename()).toBe('your-data.zip')

    await page.goto(`${at.site}/settings`)
    await card.getByRole('link', { name: 'Close the account' }).click()
    await page.getByRole('cell', { name: 'Your statement: every movement of money' }).waitFor()
    expect(await flaws(page)).toEqual([])
    const close = page.getByRole('button', { name: 'Close the account' })
    expect(await close.isDisabled()).toBe(true)
    await page.getByLabel('I give up 12.50 USD').check()
    await close.click()
    await sheet.getByLabel('Password', { exact: true }).fill(someone.password)
    await sheet.getByRole('button', { name: 'Close the account' }).click()
    await mailed(at.mailbox, someone.email, /(Keep my account)/)

    await page.waitForURL(/sign-in$/)
    await page.waitForLoadState('networkidle')
    await signIn(page, someone)
    await page.getByText('You closed this account').waitFor()
    // What was asked for before is fetched until it is erased.
    await card.getByRole('button', { name: 'Fetch it' }).click()
    await sheet.getByLabel('Password', { exact: true }).fill(someone.password)
    const again = page.waitForEvent('download')
    await sheet.getByRole('button', { name: 'Fetch it' }).click()
    expect((await again).suggestedFilename()).toBe('your-data.zip')
    await sheet.waitFor({ state: 'detached' })
    expect(await flaws(page)).toEqual([])

    // Staff see it, and can hold what becomes of it.
    desk = await atTheDesk()
    await desk.goto(`${at.console}/privacy`)
    const row = desk
      .getByRole('row')
      .filter({ hasText: 'Closure, then erasure' })
      .filter({ hasText: someone.customerId.slice(0, 8) })
    await row.getByRole('button', { name: 'Hold' }).click()
    await desk.getByRole('dialog').getByLabel('Reason, for the record').fill('a court asks for it')
    await desk.getByRole('dialog').getByRole('button', { name: 'Set the hold' }).click()
    await row.getByText('legal hold').waitFor()
    expect(await flaws(desk)).toEqual([])
    await row.getByRole('button', { name: 'Lift the hold' }).click()
    await desk.getByRole('dialog').getByLabel('Reason, for the record').fill('the court is done')
    await desk.getByRole('dialog').getByRole('button', { name: 'Lift the hold' }).click()
    await row.getByText('can still be kept').waitFor()

    await page.getByRole('button', { name: 'Keep my account' }).click()
    await page.getByText('You closed this account').waitFor({ state: 'detached' })
    await page.goto(`${at.site}/wallet`)
    await page.getByText('12.50').first().waitFor()
    expect(complaints.filter((text) => !/401|403|422/.test(text))).toEqual([])
  })

  it('is open to a suspended customer too: staff decide before anything is erased, and kept it is suspended again', async ({
    expect,
  }) => {
    const someone = customer()
    const suspension = { status: 'suspended', reason: 'payment-disputed', memo: 'For a story' }
    const path = `/api/admin/customers/${someone.customerId}/status`
    await must((await console()).call('PUT', path, suspension), 'suspending')
    await mailed(at.mailbox, someone.email, /(a payment is disputed)/)
    const { page, complaints } = await browser.openAs(someone, phone)
    await page.goto(`${at.site}/orders`)
    await page.getByText('A payment is disputed.').waitFor()
    expect(await flaws(page)).toEqual([])
    await page.getByRole('button', { name: 'Write to support' }).click()
    await page.getByLabel('Subject').fill('It was not me')
    await page.getByLabel('Your message').fill('My bank did that.')
    await page.getByRole('button', { name: 'Send to support' }).click()
    await page.getByText('With support').waitFor()
    await page.getByRole('link', { name: 'Account' }).first().click()
    const card = page.getByRole('region', { name: 'Your data' })
    await card.getByRole('button', { name: 'Get everything about me' }).waitFor()
    await card.getByRole('link', { name: 'Close the account' }).click()
    await page.getByText('Before anything is erased').waitFor()
    expect(await flaws(page)).toEqual([])
    await page.getByLabel('I give up 12.50 USD').check()
    await page.getByRole('button', { name: 'Close the account' }).click()
    await page.getByRole('dialog').getByLabel('Password', { exact: true }).fill(someone.password)
    await page.getByRole('dialog').getByRole('button', { name: 'Close the account' }).click()
    await page.waitForURL(/sign-in$/)

    await desk.goto(at.console)
    await desk.getByRole('link', { name: /suspended customer closed/ }).click()
    const row = desk
      .getByRole('row')
      .filter({ hasText: 'closed while suspended' })
      .filter({ hasText: someone.customerId.slice(0, 8) })
    await row.getByRole('button', { name: 'Let it be erased' }).click()
    expect(await flaws(desk)).toEqual([])
    await desk.getByRole('dialog').getByLabel('Reason, for the record').fill('the bank has decided')
    await desk.getByRole('dialog').getByRole('button', { name: 'Let it be erased' }).click()
    await row.waitFor({ state: 'detached' })

    await signIn(page, someone)
    await page.getByRole('button', { name: 'Keep my account' }).click()
    await page.getByText('Your balance is kept. This account is suspended.').waitFor()
    expect(complaints.filter((text) => !/401|403|422/.test(text))).toEqual([])
  })
})
