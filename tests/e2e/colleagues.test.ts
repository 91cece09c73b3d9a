import { randomUUID } from 'node:crypto'
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import type { StaffRole } from '../../core/staff/roles.ts'
import { must } from '../../local/demo/browser.ts'
import { mailed } from '../../local/demo/mailbox.ts'
import { type DemoStaff, enrolStaff } from '../../local/demo/people.ts'
import { patiently, seen, useBrowser } from './browser.ts'
import { flaws } from './flaws.ts'
import { at, type Customer, owners, people } from './people.ts'
import { nextCode } from './staff.ts'

const browser = useBrowser()
const { console, customer, makeCustomers } = people(owners[12])
let colleagues: Readonly<Record<'owner' | 'finance' | 'agreeing', DemoStaff>>
let buyer: Customer

beforeAll(async () => {
  const [owner, finance, agreeing] = await Promise.all([newColleague('owner'), newColleague('finance'), newColleague('finance')])
  colleagues = { owner, finance, agreeing }
  await makeCustomers(1, '0')
  buyer = customer()
})

async function newColleague(role: StaffRole): Promise<DemoStaff> {
  const email = `${role}-${randomUUID().slice(0, 8)}@panel.test`
  await must((await console()).call('POST', '/api/admin/staff', { email, role, memo: 'for a test' }), 'inviting')
  return (await enrolStaff(at.console, email, await mailed(at.mailbox, email, /password (\S+)/))).staff
}

/** The console, with somebody of the staff signed in. */
async function consoleOf({ email, password, totpSecret }: DemoStaff) {
  const watched = await browser.open()
  const post = async (path: string, data: object): Promise<void> => {
    const reply = await watched.context.request.post(`${at.console}${path}`, { headers: { origin: at.console }, data })
    if (!reply.ok()) throw new Error(`${path}: ${reply.status()} ${await reply.text()}`)
  }
  await post('/api/admin/session', { email, password })
  await post('/api/admin/session/totp', { code: nextCode(totpSecret) })
  return watched
}

const rowOf = (page: Page, email: string) => page.getByRole('row', { name: new RegExp(email) })

describe('colleagues', () => {
  it('are invited, change their role and are removed, each with a reason that the audit page shows', async () => {
    const { page, complaints } = await consoleOf(colleagues.owner)
    await page.goto(`${at.console}/staff`)
    const email = `new-${randomUUID().slice(0, 8)}@panel.test`
    await page.getByRole('button', { name: 'Invite' }).click()
    await page.getByRole('dialog').getByLabel('Email').fill(email)
    await page.getByRole('dialog').getByLabel('Reason, for the record').fill('Starts on Monday')
    await page.getByRole('dialog').getByRole('button', { name: 'Invite' }).click()
    await page.getByText(`${email} is invited`).waitFor()

    await page.getByRole('button', { name: `Change ${email}` }).click()
    await page.getByRole('menuitem', { name: 'Change the role' }).click()
    await page.getByLabel(`Role of ${email}`).selectOption('catalogue')
    await page.getByLabel('Reason, for the record').fill('Looks after the catalogue from now on')
    await page.getByRole('button', { name: 'Make them catalogue' }).click()
    await page.getByText(`${email} is catalogue now`).waitFor()
    await expect.poll(() => seen(rowOf(page, email)), patiently).toContain('catalogue')
    expect(await flaws(page)).toEqual([])

    await page.getByRole('button', { name: `Change ${email}` }).click()
    await page.getByRole('menuitem', { name: 'Remove' }).click()
    await page.getByLabel('Reason, for the record').fill('Has left')
    await page.getByRole('button', { name: 'Remove', exact: true }).click()
    await page.getByText(`${email} is removed`).waitFor()

    await page.goto(`${at.console}/audit`)
    const removal = page.getByRole('row', { name: /Remove staff/ }).first()
    await removal.waitFor()
    expect(await seen(removal)).toMatch(/“Has left”[\s\S]*status active → removed/)
    const promotion = page.getByRole('row', { name: /Set staff role/ }).first()
    expect(await seen(promotion)).toMatch(/“Looks after the catalogue from now on”[\s\S]*role support → catalogue/)
    expect(await seen(page.getByRole('row', { name: /Invite staff/ }).first())).toContain('“Starts on Monday”')
    expect(await flaws(page)).toEqual([])
    expect(complaints).toEqual([])
  })

  it('need a second one for a large credit, who finds it under “Needs you” with its evidence and its buttons', async () => {
    const asking = await consoleOf(colleagues.finance)
    await asking.page.goto(`${at.console}/customers/${buyer.customerId}`)
    await asking.page.getByLabel('Amount, USD').fill('250000')
    await asking.page.getByLabel('Memo, which the customer reads').fill('Wire 4711')
    await asking.page.getByRole('button', { name: /^Credit 250.?000.00 USD/ }).click()
    await asking.page.getByText('It waits for a second person').waitFor()
    await asking.page.goto(at.console)
    const own = asking.page.getByRole('listitem').filter({ hasText: 'Wire 4711' })
    await own.getByRole('button', { name: 'Take it back' }).waitFor()
    expect(await own.getByRole('button', { name: 'Agree' }).count()).toBe(0)

    const { page, complaints } = await consoleOf(colleagues.agreeing)
    await page.goto(at.console)
    const waiting = page.getByRole('listitem').filter({ hasText: 'Wire 4711' })
    await waiting.waitFor()
    expect(await seen(waiting)).toContain(colleagues.finance.email)
    expect(await flaws(page)).toEqual([])
    await waiting.getByRole('button', { name: 'Agree' }).click()
    await page.getByLabel('Reason, for the record').fill('Seen on the bank’s statement')
    await page.getByRole('button', { name: /^Credit 250.?000.00 USD/ }).click()
    await page.getByText(/^250.?000.00 USD is credited/).waitFor()
    await expect.poll(() => waiting.count(), patiently).toBe(0)
    expect(complaints).toEqual([])
  })
})
