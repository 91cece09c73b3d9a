import { beforeAll, describe, it } from 'vitest'
import { must } from '../../local/demo/browser.ts'
import { desktop, phone, seen, useBrowser } from './browser.ts'
import { at, type Customer, owners, people, serviceNamed } from './people.ts'

const browser = useBrowser()
const { customer, makeCustomers } = people(owners[4])

let newcomer: Customer
beforeAll(async () => {
  await makeCustomers(1, '0')
  newcomer = customer()
  await makeCustomers(5, '20.00')
})

const fault = {
  status: 500,
  json: { error: { code: 'fault', message: 'Something failed on our side.', reference: 'ref-4711' } },
}

describe.concurrent('when something does not work', () => {
  it('a list that cannot be read says what that means for the money, with a reference and another try', async ({ expect }) => {
    const { page } = await browser.openAs(customer(), phone)
    await page.route('**/api/wallet/entries', (route) => route.fulfill(fault))
    await page.goto(`${at.site}/wallet`)
    const notice = page.getByRole('alert')
    await notice.waitFor()
    expect(await seen(notice)).toMatch(/The statement could not be read\s+Something failed on our side\. Your money is as it was\./)
    expect(await seen(notice)).toContain('Reference ref-4711')
    await page.unroute('**/api/wallet/entries')
    await notice.getByRole('button', { name: 'Try again' }).click()
    await page.getByText('For a story').waitFor()
  })

  it('the gateway’s own answer is told with the gateway’s reference', async () => {
    const { page } = await browser.openAs(customer(), desktop)
    await page.route('**/api/orders', (route) =>
      route.fulfill({ status: 503, headers: { 'apigw-requestid': 'gw-1234' }, json: { message: 'Service Unavailable' } }),
    )
    await page.goto(`${at.site}/orders`)
    await page.getByText('Reference gw-1234').waitFor()
  })

  it('offline is said at once, nothing is charged meanwhile, and it goes on by itself afterwards', async ({ expect }) => {
    const { page, context } = await browser.openAs(customer(), phone)
    await page.goto(`${at.site}/wallet`)
    await page.getByText('For a story').waitFor()
    await context.setOffline(true)
    await page.getByText(/Offline since \d\d:\d\d\. What is shown may have changed; nothing is charged/).waitFor()
    // What was there stays readable.
    expect(await page.getByText('For a story').count()).toBe(1)
    await context.setOffline(false)
    await page.getByText(/Offline since/).waitFor({ state: 'hidden' })
    expect(await page.getByRole('alert').count()).toBe(0)
  })

  it('somebody else’s order is not there', async () => {
    const { serviceId } = await serviceNamed('Saves from partner accounts, standard')
    const order = { serviceId, quantity: 100, link: 'https://photos.example.com/p/Theirs', requestId: 'somebody-elses' }
    const theirs = await must(customer().session.call('POST', '/api/orders', order), 'ordering')
    const { page } = await browser.openAs(customer(), desktop)
    await page.goto(`${at.site}/orders`)
    await page.getByLabel('Find an order by its number').fill(String(theirs['orderId']))
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').getByText('There is no order of yours with this number.').waitFor()
  })

  it('empty lists say what they will hold', async ({ expect }) => {
    const { page, complaints } = await browser.openAs(newcomer, phone)
    for (const [path, says] of [
      ['/orders', 'No orders yet'],
      ['/wallet', 'No movements yet'],
      ['/keys', 'No keys yet'],
    ] as const) {
      await page.goto(`${at.site}${path}`)
      await page.getByText(says).waitFor()
    }
    expect(complaints).toEqual([])
  })
})
