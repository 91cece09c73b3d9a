import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { must } from '../../local/demo/browser.ts'
import { desktop, patiently, phone, seen, useBrowser, type Watched } from './browser.ts'
import { flaws } from './flaws.ts'
import { at, type Customer, owners, people, providerBehaves, serviceNamed } from './people.ts'
import { signInAtTheConsole } from './staff.ts'

const browser = useBrowser()
const { customer, console, makeCustomers } = people(owners[14])
const owner = owners[15]
const target = `https://photos.example.com/p/${randomUUID().slice(0, 8)}`

let desk: Watched
let someone: Customer
let refused: string
let finished: string
let theirNumber: string

async function order(link: string): Promise<string> {
  const { serviceId } = await serviceNamed('Saves from partner accounts, standard')
  const wish = { serviceId, quantity: 1000, link, requestId: randomUUID() }
  return String((await must(someone.session.call('POST', '/api/orders', wish), 'ordering'))['orderId'])
}
const known = async (orderId: string) => (await (await console()).call('GET', `/api/admin/orders/${orderId}`)).body

const slowly = { timeout: 30_000, interval: 300 }

beforeAll(async () => {
  if (!owner) throw new Error('there is no owner')
  desk = await browser.open(desktop)
  await signInAtTheConsole(desk.page, at.console, owner)
  await makeCustomers(1, '20.00')
  someone = customer()
  await providerBehaves({ faultRate: 1, addFault: 'refuse', secondsToComplete: 1, partialRate: 0 })
  refused = await order(target)
  await vi.waitFor(async () => expect((await known(refused))['state']).toBe('refused'), slowly)
  await providerBehaves({ faultRate: 0 })
  finished = await order(`${target}/?igsh=share`)
  await vi.waitFor(async () => expect((await known(finished))['providerOrderId']).toBeDefined(), slowly)
  theirNumber = String((await known(finished))['providerOrderId'])
}, 90_000)

describe('support', () => {
  it('finds the orders for a link that somebody wrote in, in another spelling, and reads how one was refused', async () => {
    const { page } = desk
    await page.goto(`${at.console}/orders`)
    const field = page.getByLabel('Order number, provider’s number or link')
    await field.fill(target.replace('https://', 'www.'))
    await page.getByRole('button', { name: 'Find', exact: true }).click()
    const list = page.getByRole('region', { name: 'By link' })
    await expect.poll(() => list.getByRole('row').count(), patiently).toBe(3)
    await list.getByRole('link', { name: refused, exact: true }).click()
    const sheet = page.getByRole('dialog')
    await sheet.getByText('neworder.error.link').waitFor()
    expect((await seen(sheet.getByRole('list'))).replaceAll(/\s+/g, ' ')).toMatch(
      /Accepted and paid.*−.*Being sent.*Refused.*The charge went back.*Refunded.*\+/,
    )
    // Closed, the search is still there; and it is in the address.
    await page.keyboard.press('Escape')
    await expect.poll(() => list.getByRole('row').count(), patiently).toBe(3)
    await page.reload()
    await expect.poll(() => list.getByRole('row').count(), patiently).toBe(3)
    await page.getByRole('button', { name: 'Clear the search' }).click()
    await page.getByLabel('Status').waitFor()
  })

  it('finds an order by the number its provider gave it, and says so where we have none of that number', async () => {
    const { page } = desk
    await page.goto(`${at.console}/orders`)
    await page.getByLabel('Order number, provider’s number or link').fill(theirNumber)
    await page.keyboard.press('Enter')
    await page.getByText('No order of ours has this number.').waitFor()
    const list = page.getByRole('region', { name: 'By a provider’s number' })
    await list.getByRole('link', { name: finished, exact: true }).waitFor()
  })

  it('is told what can be looked for where nothing was meant', async () => {
    const { page } = desk
    await page.goto(`${at.console}/orders`)
    await page.getByLabel('Order number, provider’s number or link').fill('the order of yesterday')
    await page.keyboard.press('Enter')
    await page.getByText('This is neither a number nor a link').waitFor()
  })

  it('narrows the list by status and customer, and clears it', async () => {
    const { page } = desk
    await page.goto(`${at.console}/orders?customer=${someone.customerId}`)
    const rows = page.getByRole('main').getByRole('row')
    await expect.poll(() => rows.count(), patiently).toBe(3)
    await page.getByLabel('Status').selectOption('refused')
    await expect.poll(() => rows.count(), patiently).toBe(2)
    expect(new URL(page.url()).searchParams.get('state')).toBe('refused')
    await page.getByLabel('Status').selectOption('parked')
    await page.getByText('No order fits these filters').waitFor()
    await page.getByRole('button', { name: 'Clear filters' }).click()
    await expect.poll(() => new URL(page.url()).search, patiently).toBe('')
  })

  it('finds a customer by email, by an order’s number and by the beginning of a key, of which no more is sent', async () => {
    const { page } = desk
    const { key } = await must(someone.session.call('POST', '/api/keys', { name: 'Shop' }), 'a key')
    const sent: string[] = []
    page.on('request', (request) => sent.push(request.postData() ?? ''))
    for (const who of [someone.email, refused, String(key)]) {
      await page.goto(`${at.console}/customers`)
      await page.getByLabel('Email, order number or key').fill(who)
      await page.getByRole('button', { name: 'Find', exact: true }).click()
      await page.getByRole('heading', { name: 'C••• C•••' }).waitFor()
    }
    expect(sent.join('\n')).toContain(String(key).slice(0, 9))
    expect(sent.join('\n')).not.toContain(String(key).slice(0, 12))
    await page.goto(`${at.console}/customers`)
    await page.getByLabel('Email, order number or key').fill('Casey')
    await page.getByRole('button', { name: 'Find', exact: true }).click()
    await page.getByText('the beginning of a key: pk_ and six more').waitFor()
  })

  it('notes something for colleagues, and ends a session with a reason', async () => {
    const { page } = desk
    const theirs = await browser.openAs(someone)
    await theirs.page.goto(`${at.site}/orders`)
    await page.goto(`${at.console}/customers/${someone.customerId}?view=notes`)
    await page.getByLabel('New note').fill('Wants refunds as balance.\nSister pays.')
    await page.getByRole('button', { name: 'Add the note' }).click()
    const note = page.getByRole('listitem').filter({ hasText: 'Sister pays.' })
    await expect.poll(() => seen(note), patiently).toContain(owner?.email)

    await page.getByRole('button', { name: 'Sessions', exact: true }).click()
    await page.getByRole('button', { name: 'Sign out everywhere' }).click()
    const go = page.getByRole('dialog').getByRole('button', { name: 'Sign out', exact: true })
    expect(await go.isDisabled()).toBe(true)
    await page.getByLabel('Reason, for the record').fill('They lost their phone')
    await go.click()
    await page.getByText('Signed in nowhere').waitFor()
    await theirs.page.goto(`${at.site}/wallet`)
    await theirs.page.getByRole('button', { name: 'Sign in' }).waitFor()
  })

  it('looks as it should on a phone and on a desktop, in both themes', async () => {
    const { page, complaints } = await browser.open({ ...phone, storageState: await desk.context.storageState() })
    const views = ['statement', 'orders', 'sessions', 'keys', 'notes'].map(
      (view) => `/customers/${someone.customerId}?view=${view}`,
    )
    for (const path of [
      '/orders?state=refused',
      `/orders?customer=${someone.customerId}&day=2026-11-22`,
      `/orders?find=${encodeURIComponent(target)}`,
      `/orders/${refused}`,
      '/customers',
      ...views,
    ]) {
      await page.goto(`${at.console}${path}`)
      await page.getByRole('main').getByRole('heading').first().waitFor({ state: 'attached' })
      expect.soft(await flaws(page), path).toEqual([])
    }
    expect(complaints).toEqual([])
  })
})
