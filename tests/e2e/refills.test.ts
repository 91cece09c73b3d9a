import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { must } from '../../local/demo/browser.ts'
import { desktop, patiently, phone, seen, useBrowser } from './browser.ts'
import { flaws } from './flaws.ts'
import { at, type Customer, owners, people, providerBehaves, serviceNamed } from './people.ts'
import { nextCode } from './staff.ts'

const browser = useBrowser()
const { console, customer, makeCustomers } = people(owners[28])
const owner = owners[18]
const usual = { secondsToComplete: 1, partialRate: 0, faultRate: 0 }

let buyer: Customer
let serviceId: number
beforeAll(async () => {
  await providerBehaves(usual)
  await makeCustomers(1, '20.00')
  buyer = customer()
  // The first of the sandbox provider's services has refills and cancels.
  serviceId = (await serviceNamed('Channel promotion through ad placements, standard')).serviceId
})
afterAll(() => providerBehaves(usual))

async function order(quantity = 100): Promise<string> {
  const wish = { serviceId, quantity, link: `https://photos.example.com/p/${randomUUID()}`, requestId: randomUUID() }
  return String((await must(buyer.session.call('POST', '/api/orders', wish), 'ordering'))['orderId'])
}

describe('after an order was placed', () => {
  it('it is refilled by its provider while the customer looks on, and the next one says when it opens', async () => {
    const number = await order()
    const { page, complaints } = await browser.openAs(buyer, desktop)
    await page.goto(`${at.site}/orders/${number}`)
    const sheet = page.getByRole('dialog')
    await sheet.getByText('Delivered in full.').waitFor({ timeout: 30_000 })
    await sheet.getByRole('button', { name: 'Refill', exact: true }).click()
    await sheet.getByText(/Refill \d+ is asked for/).waitFor()
    await sheet.getByText('Refilled', { exact: true }).waitFor({ timeout: 30_000 })
    expect(await sheet.getByRole('button', { name: 'Refill', exact: true }).isDisabled()).toBe(true)
    expect(await seen(sheet)).toMatch(/One refill a day\. Refill opens (in 23 h|\d+ \w+, \d\d:\d\d)\./)
    expect(await flaws(page)).toEqual([])
    expect(complaints).toEqual([])
  })

  it('one that waits for its provider is canceled on a phone, and all of it comes back', async () => {
    await providerBehaves({ faultRate: 1, addFault: 'out-of-funds' })
    const number = await order()
    const { page, complaints } = await browser.openAs(buyer, phone)
    await page.goto(`${at.site}/orders/${number}`)
    const sheet = page.getByRole('dialog', { name: `Order ${number}` })
    await sheet.getByText('Waiting', { exact: true }).first().waitFor({ timeout: 30_000 })
    await sheet.getByRole('button', { name: 'Cancel', exact: true }).click()
    const asked = page.getByRole('dialog', { name: `Cancel order ${number}?` })
    expect(await seen(asked)).toContain('comes back to the balance at once')
    await asked.getByRole('button', { name: 'Cancel the order' }).click()
    await sheet.getByText('The order is canceled').waitFor()
    await expect.poll(() => seen(sheet), patiently).toContain('went back to the balance')
    expect(await flaws(page)).toEqual([])
    expect(complaints).toEqual([])
    await providerBehaves(usual)
  })

  it('what no machine can do stands before staff, and their word reaches the customer', async () => {
    if (!owner) throw new Error('there is no owner')
    // Bought where nothing is refilled, and sold with it.
    const other = (await serviceNamed('Video views from in-feed advertising, standard')).serviceId
    const { revision } = await must((await console()).call('GET', `/api/admin/services/${other}`), 'the service')
    await must(
      (await console()).call('PATCH', `/api/admin/services/${other}`, { revision, change: { refillDays: 30 } }),
      'promising',
    )
    const wish = { serviceId: other, quantity: 100, link: 'https://photos.example.com/p/Lost', requestId: randomUUID() }
    const theirs = String((await must(buyer.session.call('POST', '/api/orders', wish), 'ordering'))['orderId'])
    await expect
      .poll(async () => (await buyer.session.call('POST', `/api/orders/${theirs}/refills`)).status, { timeout: 30_000 })
      .toBe(201)

    const { page, complaints } = await browser.open(desktop)
    await page.goto(`${at.console}/sign-in`)
    await page.getByLabel('Email').fill(owner.email)
    await page.getByLabel('Password', { exact: true }).fill(owner.password)
    await page.getByRole('button', { name: 'Continue' }).click()
    await page.getByLabel('Code').fill(nextCode(owner.totpSecret))
    await page.getByRole('navigation', { name: 'Main' }).waitFor()
    const card = page.getByRole('region', { name: 'Refills and cancellations' })
    const row = card.getByRole('listitem').filter({ hasText: theirs })
    expect(await seen(row)).toContain('Its provider does not do this')
    expect(await flaws(page)).toEqual([])
    await row.getByRole('button', { name: 'Turn down' }).click()
    await page.getByLabel('Reason, for the record').fill('Nothing was lost')
    await page.getByRole('button', { name: 'Turn it down' }).click()
    await page.getByText(/Refill \d+ is turned down/).waitFor()
    await row.waitFor({ state: 'hidden' })
    expect(complaints).toEqual([])

    const reader = await browser.openAs(buyer, desktop)
    await reader.page.goto(`${at.site}/orders/${theirs}`)
    await reader.page.getByRole('dialog').getByText('Nothing was lost').waitFor()
  })
})
