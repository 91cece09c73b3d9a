import { beforeAll, describe, expect, it } from 'vitest'
import { must } from '../../local/demo/browser.ts'
import { desktop, patiently, useBrowser } from './browser.ts'
import { flaws } from './flaws.ts'
import { at, type Customer, owners, people, providerBehaves, serviceNamed } from './people.ts'

const browser = useBrowser()
const { customer, makeCustomers } = people(owners[3])

const open = [
  '/about',
  '/services',
  '/services?type=Default&quantity=500',
  '/changes',
  '/sign-in',
  '/sign-up',
  '/confirm',
  '/forgot',
  '/terms',
  '/cookies',
  '/versions',
  '/opt-out?token=x.changes.y',
  '/privacy',
  '/contact',
  '/abuse',
  '/nowhere',
] as const
const closed = [
  '/new',
  '/new?service=ID',
  '/changes',
  '/orders',
  '/orders/NUMBER',
  '/wallet',
  '/tickets',
  '/tickets/new',
  '/tickets/TICKET',
  '/keys',
  '/settings',
] as const

let someone: Customer
let orderId: string
let serviceId: number
let ticketId: string

beforeAll(async () => {
  await providerBehaves({ secondsToComplete: 600, partialRate: 0, faultRate: 0 })
  await makeCustomers(1, '50.00')
  someone = customer()
  serviceId = (await serviceNamed('Saves from partner accounts, standard')).serviceId
  const order = {
    serviceId,
    quantity: 1000,
    link: `https://photos.example.com/${'long-path/'.repeat(12)}end`,
    requestId: 'pages-story',
  }
  orderId = String((await must(someone.session.call('POST', '/api/orders', order), 'ordering'))['orderId'])
  const wish = {
    category: 'order',
    subject: 'Where is it?',
    text: 'Long words. '.repeat(30),
    orders: [Number(orderId)],
    requestId: 'pages-ticket',
  }
  ticketId = String((await must(someone.session.call('POST', '/api/tickets', wish), 'asking'))['ticketId'])
})

const address = (path: string): string =>
  `${at.site}${path.replace('ID', String(serviceId)).replace('NUMBER', orderId).replace('TICKET', ticketId)}`

describe('every page, on a phone and on a desktop, in both themes (P-USE-5)', () => {
  for (const [who, paths] of [
    ['nobody', open],
    ['a customer', closed],
  ] as const)
    it(`that ${who} sees: nothing scrolls sideways, is too faint, or is complained of; nothing comes from anybody else`, async () => {
      const { page, complaints, context } = who === 'nobody' ? await browser.open() : await browser.openAs(someone)
      const elsewhere: string[] = []
      page.on('request', (request) => {
        if (!request.url().startsWith(at.site) && !request.url().startsWith('data:')) elsewhere.push(request.url())
      })
      for (const path of paths) {
        await page.goto(address(path))
        expect.soft(await flaws(page), path).toEqual([])
      }
      // P-USE-5: nothing is loaded from third parties.
      expect(elsewhere).toEqual([])
      expect(complaints).toEqual([])
      await context.close()
    })
})

describe('the theme', () => {
  it('is remembered, and is there before the first paint', async () => {
    const { page } = await browser.openAs(someone, { ...desktop, colorScheme: 'light' })
    await page.goto(`${at.site}/settings`)
    await page.getByText('Dark', { exact: true }).click()
    const scheme = (): Promise<string | null> =>
      page.evaluate(() => document.documentElement.getAttribute('data-mantine-color-scheme'))
    await expect.poll(scheme, patiently).toBe('dark')
    // Without any of the page's own code: only the script in front of the first paint has run.
    await page.route('**/assets/*.js', (route) => route.abort())
    await page.reload({ waitUntil: 'commit' })
    await expect.poll(scheme, patiently).toBe('dark')
  })
})

describe('turning pages', () => {
  it('is told to the access log by the route’s pattern: no number, no name, no query', async () => {
    const { page } = await browser.openAs(someone, desktop)
    const beacons: string[] = []
    page.on('request', (request) => {
      if (request.url().includes('/beacon/')) beacons.push(request.url().slice(at.site.length))
    })
    await page.goto(`${at.site}/new`)
    await page.getByRole('link', { name: 'Orders', exact: true }).click()
    await page.getByRole('link', { name: orderId, exact: true }).click()
    await page.getByRole('dialog').waitFor()
    await expect.poll(() => beacons, patiently).toEqual(['/beacon/new', '/beacon/orders', '/beacon/orders/order'])
  })
})

describe('a catalogue of 8,000 services', () => {
  it('is searched as one types, and only what is in sight is drawn', async () => {
    const { page, complaints } = await browser.openAs(someone, desktop)
    const service = {
      type: 'Default',
      charged: 'quantity',
      takesComments: false,
      rate: '0.50',
      min: 10,
      max: 1000,
      refill: true,
      refillDays: 30,
      cancel: false,
      dripFeed: false,
      origin: 'advertising',
      linkPattern: 'any',
      description: '',
    }
    const services = Array.from({ length: 8_000 }, (_, index) => ({
      ...service,
      serviceId: index + 1,
      name: `Service of kind ${index % 97}, variant ${index}`,
      category: `Category ${Math.floor(index / 50)}`,
    }))
    await page.route('**/api/catalogue', (route) =>
      route.fulfill({ json: { panelName: 'Panel', currency: 'USD', links: [], services } }),
    )
    await page.goto(`${at.site}/new`)
    await page.locator('[role=option]').first().waitFor()
    expect(await page.locator('[role=option]').count()).toBeLessThan(60)
    const field = page.getByPlaceholder('Search by name, number or category')
    await field.fill('variant 7777')
    await expect.poll(() => page.locator('[role=option]').count(), { ...patiently, interval: 20 }).toBe(2)
    // The end of the list is a key away, and drawn when it is reached.
    await field.fill('')
    await expect.poll(() => page.locator('[role=option]').count(), patiently).toBeGreaterThan(10)
    await page.locator('.finder-results').evaluate((results) => results.scrollTo({ top: results.scrollHeight }))
    await page.getByText('variant 7999').waitFor()
    expect(await page.locator('[role=option]').count()).toBeLessThan(80)
    expect(complaints).toEqual([])
  })
})
