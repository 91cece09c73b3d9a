import type { Page } from 'playwright-core'
import { beforeAll, describe, it } from 'vitest'
import { must } from '../../local/demo/browser.ts'
import { patiently, phone, useBrowser } from './browser.ts'
import { at, owners, people, providerBehaves, serviceNamed } from './people.ts'

const browser = useBrowser()
const { console, customer, makeCustomers } = people(owners[30])

beforeAll(() => makeCustomers(1, '10.00'))

const link = 'https://photos.example.com/p/Story'

async function openForm(page: Page, service: string): Promise<void> {
  const { serviceId, name } = await serviceNamed(service)
  await page.goto(`${at.site}/new?service=${serviceId}`)
  await page.getByRole('heading', { name }).waitFor()
}

describe('an order in runs', () => {
  it('shows its sum and its runs; what has not begun is paused, resumed, and canceled for its exact price', async ({ expect }) => {
    await providerBehaves({ secondsToComplete: 600, partialRate: 0 })
    const name = 'Saves from partner accounts, targeted Europe'
    const { serviceId } = await serviceNamed(name)
    const owner = await console()
    const path = `/api/admin/services/${serviceId}`
    const { revision } = await must(owner.call('GET', path), 'the service')
    await must(owner.call('PATCH', path, { revision, change: { dripFeed: true } }), 'selling it in runs')
    const someone = customer()
    const { page, complaints } = await browser.openAs(someone, phone)
    await expect
      .poll(
        async () => {
          await openForm(page, name)
          return page.getByRole('button', { name: /Deliver in runs/ }).count()
        },
        { timeout: 30_000 },
      )
      .toBe(1)
    await page.getByLabel('Link').fill(`${link}/runs`)
    await page.getByLabel('Quantity', { exact: true }).fill('200')
    await page.getByRole('button', { name: /Deliver in runs/ }).click()
    await page.getByLabel('Runs', { exact: true }).fill('5')
    await page.getByRole('button', { name: 'Every hour' }).click()
    await page.getByText('× 200 × 5 runs ÷ 1,000').waitFor()
    await page.getByRole('button', { name: 'Place order · 0.9788 USD' }).click()
    await page.getByText(/Order \d+ placed/).waitFor()
    await page.getByRole('region', { name: 'Receipt' }).getByRole('link', { name: /^\d+$/ }).click()
    const sheet = page.getByRole('dialog').first()
    await sheet.getByText('1 of 5 started.').waitFor({ timeout: 30_000 })
    await sheet.getByRole('button', { name: 'Pause' }).click()
    await sheet.getByText(/Paused by you.*What has not begun by .+ is canceled/).waitFor()
    await sheet.getByRole('button', { name: 'Resume' }).click()
    await sheet.getByRole('button', { name: 'Cancel remaining' }).click()
    await page.getByRole('button', { name: 'Cancel 4 runs' }).click()
    await sheet.getByText('What had not begun was canceled').waitFor()
    // Four fifths of 0.9788 come back.
    await expect.poll(async () => (await someone.session.call('GET', '/api/wallet')).body['available'], patiently).toBe('9.80424')
    await sheet.getByRole('region', { name: 'Runs' }).getByRole('link', { name: /^\d+$/ }).click()
    await page.getByText(/1 of order \d+/).waitFor()
    expect(complaints).toEqual([])
  })
})
