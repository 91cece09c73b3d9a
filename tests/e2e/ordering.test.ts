import type { Page } from 'playwright-core'
import { beforeAll, describe, it } from 'vitest'
import { desktop, patiently, phone, seen, useBrowser } from './browser.ts'
import { at, type Customer, owners, people, providerBehaves, serviceNamed } from './people.ts'

const browser = useBrowser()
const { customer, makeCustomers } = people(owners[2])

beforeAll(async () => {
  await providerBehaves({ secondsToComplete: 600, partialRate: 0, faultRate: 0 })
  await makeCustomers(7, '10.00')
})

const link = 'https://photos.example.com/p/Story'

interface Books {
  readonly orders: readonly { readonly charge: string }[]
  readonly available: string
}

/** What the panel itself knows of a customer's orders and money. */
async function books({ session }: Customer): Promise<Books> {
  const orders = (await session.call('GET', '/api/orders')).body['rows'] as Books['orders']
  return { orders, available: String((await session.call('GET', '/api/wallet')).body['available']) }
}

async function openForm(page: Page, service: string): Promise<void> {
  const { serviceId, name } = await serviceNamed(service)
  await page.goto(`${at.site}/new?service=${serviceId}`)
  await page.getByRole('heading', { name }).waitFor()
}

describe.concurrent('placing an order', () => {
  it('is done with the keyboard alone', async ({ expect }) => {
    const someone = customer()
    const { page, complaints } = await browser.openAs(someone, desktop)
    await page.goto(`${at.site}/orders`)
    await page.getByText('No orders yet').waitFor()
    // The shortcut leads to the search from anywhere, and closes again.
    await page.keyboard.press('Control+K')
    await page.getByRole('dialog').getByRole('combobox', { name: 'Search services' }).waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
    await page.keyboard.press('Control+K')
    await page.getByRole('dialog').locator('[role=option]').first().waitFor()
    await page.keyboard.type('profile visits')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: /Profile visits/ }).waitFor()
    // On the order page the shortcut is the finder's own field; choosing leads on to the link.
    await page.getByLabel('Link').waitFor()
    await page.keyboard.press('Control+K')
    await page.keyboard.type('saves from partner')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: /Saves from partner accounts, standard/ }).waitFor()
    await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('name')), patiently).toBe('link')
    await page.keyboard.type(link)
    await page.keyboard.press('Tab')
    await page.keyboard.type('2000')
    await page.getByRole('button', { name: 'Place order · 1.45 USD' }).waitFor()
    await page.keyboard.press('Enter')
    await page.getByText(/Order \d+ placed/).waitFor()
    expect(await books(someone)).toMatchObject({ orders: [{ charge: '1.45' }], available: '8.55' })
    expect(complaints).toEqual([])
  })

  it('on a phone goes from the list to the form and back', async ({ expect }) => {
    const someone = customer()
    const { page } = await browser.openAs(someone, phone)
    await page.goto(`${at.site}/new`)
    await page.getByRole('option', { name: /Campaign starter package/ }).click()
    // A package asks for a link alone.
    expect(await page.getByLabel('Quantity', { exact: true }).count()).toBe(0)
    await page.getByRole('button', { name: 'Choose another service' }).click()
    await page.getByPlaceholder('Search by name, number or category').fill('comments package')
    await page.locator('[role=option]').first().click()
    await page.getByLabel('Link').fill(link)
    await page.getByLabel(/^Comments/).fill('One\nTwo\n\nThree')
    await page.getByText('3 lines').waitFor()
    await page.getByRole('button', { name: 'Place order · 0.4375 USD' }).click()
    await page.getByText(/Order \d+ placed/).waitFor()
    expect((await books(someone)).available).toBe('9.5625')
  })

  it('checks the form as it is typed, and offers what was meant', async ({ expect }) => {
    const { page } = await browser.openAs(customer(), desktop)
    await openForm(page, 'Comments by influencers')
    await page.getByLabel('Link').fill('photos.example.com/p/Story')
    await page.getByRole('button', { name: `Use ${link}` }).click()
    expect(await page.getByLabel('Link').inputValue()).toBe(link)
    await page.getByLabel(/^Comments/).fill('One\nTwo')
    await page.getByText('The smallest order of this service is 5 lines.').waitFor()
    await page.getByRole('button', { name: 'Place order' }).click()
    await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('name')), patiently).toBe('comments')
    await page.getByLabel(/^Comments/).fill('One\nTwo\nThree\nFour\nFive')
    await page.getByRole('button', { name: 'Place order · 0.075 USD' }).waitFor()
    await page.getByLabel('Link').fill('https://somebody:secret@photos.example.com/')
    await page.getByText('Leave out the user name and password').waitFor()
  })

  it('that the balance does not cover says the money first', async ({ expect }) => {
    const someone = customer()
    const { page } = await browser.openAs(someone, phone)
    await openForm(page, 'Profile visits from influencer mentions, standard')
    await page.getByLabel('Link').fill(link)
    await page.getByLabel('Quantity', { exact: true }).fill('8000')
    await page.getByText('Missing in the balance').waitFor()
    await page.getByRole('button', { name: 'Place order · 11.20 USD' }).click()
    const notice = page.getByRole('alert')
    await notice.waitFor()
    expect(await seen(notice)).toMatch(
      /^Nothing was charged: the balance does not cover this\.\s+The order costs 11\.20 USD and 10\.00 USD is available\. 1\.20 USD is missing\./,
    )
    expect(await books(someone)).toEqual({ orders: [], available: '10.00' })
  })

  it('whose answer is lost is asked for again under the same number: one order, one charge', async ({ expect }) => {
    const someone = customer()
    const { page } = await browser.openAs(someone, desktop)
    const sent: string[] = []
    await page.route('**/api/orders', async (route) => {
      if (route.request().method() !== 'POST') return route.continue()
      sent.push(route.request().postDataJSON().requestId)
      // The panel takes it; the first answer never arrives.
      if (sent.length === 1) {
        await route.fetch()
        return route.abort()
      }
      return route.continue()
    })
    await openForm(page, 'Saves from partner accounts, standard')
    await page.getByLabel('Link').fill(link)
    await page.getByLabel('Quantity', { exact: true }).fill('1000')
    await page.getByRole('button', { name: 'Place order · 0.725 USD' }).click()
    await page.getByText('We did not hear back. Nothing is charged twice.').waitFor()
    await page.getByText(/Order \d+ placed/).waitFor()
    expect(new Set(sent).size).toBe(1)
    expect(sent.length).toBeGreaterThan(1)
    expect(await books(someone)).toMatchObject({ orders: [{ charge: '0.725' }], available: '9.275' })
  })

  it('whose page is loaded anew before the answer is still placed once', async ({ expect }) => {
    const someone = customer()
    const { page } = await browser.openAs(someone, desktop)
    let cut = true
    await page.route('**/api/orders', async (route) => {
      if (route.request().method() !== 'POST' || !cut) return route.continue()
      await route.fetch()
      return route.abort()
    })
    await openForm(page, 'Saves from partner accounts, standard')
    await page.getByLabel('Link').fill(link)
    await page.getByLabel('Quantity', { exact: true }).fill('1000')
    await page.getByRole('button', { name: 'Place order · 0.725 USD' }).click()
    await page.getByText('We did not hear back.').waitFor()
    cut = false
    await page.reload()
    await page.getByText(/Order \d+ placed/).waitFor()
    expect((await books(someone)).orders).toHaveLength(1)
  })
})

describe('what was not delivered', () => {
  it('comes back, and the order and the statement say so', async ({ expect }) => {
    await providerBehaves({ secondsToComplete: 1, partialRate: 1 })
    const someone = customer()
    const { page } = await browser.openAs(someone, desktop)
    await openForm(page, 'Saves from partner accounts, standard')
    await page.getByLabel('Link').fill(link)
    await page.getByLabel('Quantity', { exact: true }).fill('1000')
    await page.getByRole('button', { name: 'Place order · 0.725 USD' }).click()
    // 300 of 1,000 remain, at 0.725 per 1,000.
    await page.getByRole('region', { name: 'Receipt' }).getByText('0.2175').waitFor({ timeout: 30_000 })
    await expect.poll(() => seen(page.getByLabel('Balance').first()), patiently).toContain('9.4925')
    await page.getByRole('link', { name: /^\d+$/ }).click()
    const sheet = page.getByRole('dialog')
    await sheet.getByText('700 of 1,000 delivered. The charge for the rest went back to the balance.').waitFor()
    expect(await seen(sheet)).toMatch(/Paid in the end\s+0\.5075 USD/)
    await page.keyboard.press('Escape')
    await sheet.waitFor({ state: 'hidden' })
    await page.getByRole('button', { name: 'Partial' }).click()
    await expect.poll(() => page.getByRole('row', { name: /Saves from partner/ }).count(), patiently).toBe(1)
    await page.getByRole('button', { name: 'Canceled' }).click()
    await page.getByText('None of these').waitFor()
  })
})
