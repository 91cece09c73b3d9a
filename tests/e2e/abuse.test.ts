import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { must } from '../../local/demo/browser.ts'
import { mailed } from '../../local/demo/mailbox.ts'
import { desktop, patiently, phone, useBrowser, type Watched } from './browser.ts'
import { flaws } from './flaws.ts'
import { at, type Customer, owners, people, providerBehaves, serviceNamed } from './people.ts'
import { signInAtTheConsole } from './staff.ts'

const browser = useBrowser()
const { customer, makeCustomers } = people(owners[21])
const owner = owners[22]
const profile = `https://photos.example.com/${randomUUID().slice(0, 12)}`
const email = `${randomUUID().slice(0, 8)}@elsewhere.test`

let desk: Watched
let visit: Watched
let someone: Customer
let orderId: string
let serviceId: number

const ordered = () =>
  someone.session.call('POST', '/api/orders', { serviceId, quantity: 1000, link: `${profile}/p/1`, requestId: randomUUID() })

beforeAll(async () => {
  if (!owner) throw new Error('there is no owner')
  desk = await browser.open(desktop)
  await signInAtTheConsole(desk.page, at.console, owner)
  await providerBehaves({ secondsToComplete: 600, partialRate: 0, faultRate: 0 })
  await makeCustomers(1, '20.00')
  someone = customer()
  serviceId = (await serviceNamed('Saves from partner accounts, standard')).serviceId
  orderId = String((await must(ordered(), 'ordering'))['orderId'])
  visit = await browser.open(phone)
}, 90_000)

describe('somebody without an account', () => {
  it('writes by the contact form, without cookies, and is answered by mail', async () => {
    const { page, context, complaints } = await browser.open(phone)
    await page.goto(`${at.site}/about`)
    await page.getByRole('link', { name: 'Contact' }).click()
    await page.getByLabel('Name').fill('Nora Nobody')
    await page.getByLabel('Email').fill(email)
    await page.getByLabel('Subject').fill('Do you sell to companies?')
    await page.getByLabel('Your message').fill('My card is 4111 1111 1111 1111.')
    await page.getByText('This looks like a card number').waitFor()
    await page.getByRole('button', { name: 'Send' }).click()
    await page.getByText('It is with us').waitFor()
    expect(await context.cookies()).toEqual([])
    expect(complaints).toEqual([])
    await context.close()
    await desk.page.goto(at.console)
    await desk.page.getByRole('link', { name: /by the contact form/ }).click()
    await desk.page
      .getByRole('link', { name: /Do you sell to companies/ })
      .first()
      .click()
    await desk.page.getByText('My card is [card number removed].').waitFor()
    expect(await flaws(desk.page)).toEqual([])
    await desk.page.setViewportSize(desktop.viewport)
    await desk.page.getByLabel('Answer', { exact: true }).fill('Yes, we do.')
    await desk.page.getByRole('button', { name: 'Answer by mail' }).click()
    expect(await mailed(at.mailbox, email, /(Yes, we do\.)/)).toBe('Yes, we do.')
  })

  it('reports that orders come for a profile of theirs, and gets a code that shows whose it is', async () => {
    const { page } = visit
    await page.goto(`${at.site}/abuse`)
    await page.getByLabel('Link of the profile or page').fill(profile)
    await page.getByLabel('Email').fill(email)
    await page.getByLabel('What happens').fill('A thousand saves a day since Monday.')
    await page.getByRole('button', { name: 'Report it' }).click()
    await page.getByText('One thing is left to do').waitFor()
    expect(await flaws(page)).toEqual([])
    expect(visit.complaints).toEqual([])
  })
})

describe('staff', () => {
  it('see the evidence and block the target; what is under way for it is listed, and nothing is ordered for it any more', async () => {
    const { page } = desk
    await page.goto(`${at.console}/inquiries?kind=abuse`)
    await page.getByRole('link', { name: new RegExp(profile) }).click()
    await expect
      .poll(() => page.getByRole('complementary', { name: 'Evidence' }).textContent(), patiently)
      .toMatch(/owner-[0-9a-f]{8}/)
    await page.getByRole('button', { name: 'It is theirs: block it' }).click()
    await page.getByLabel('How it was shown who owns it').fill('The code is in the bio.')
    await page.getByRole('button', { name: 'Block it', exact: true }).click()
    await page.getByRole('heading', { name: profile.slice('https://'.length) }).waitFor()
    await page.getByRole('link', { name: `Order ${orderId}` }).waitFor()
    expect(await flaws(page)).toEqual([])
    await page.setViewportSize(desktop.viewport)
    expect((await ordered()).body).toMatchObject({ error: { code: 'target-blocked' } })
    // A report that was followed is closed by it.
    await page.goto(`${at.console}/inquiries?kind=abuse`)
    await expect.poll(() => page.getByRole('link', { name: new RegExp(profile) }).count(), patiently).toBe(0)
  })

  it('unblock it for a reason, and it is ordered for again', async () => {
    const { page } = desk
    await page.goto(`${at.console}/blocked`)
    await page.getByRole('link', { name: new RegExp(profile.slice('https://'.length)) }).click()
    await page.getByRole('button', { name: 'Unblock' }).first().click()
    await page.getByLabel('Reason, for the record').fill('It was somebody else.')
    await page.getByRole('dialog').getByRole('button', { name: 'Unblock' }).click()
    await expect.poll(async () => (await ordered()).status, patiently).toBe(201)
    expect(desk.complaints).toEqual([])
  })
})
