import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { must } from '../../local/demo/browser.ts'
import { desktop, patiently, phone, seen, useBrowser, type Watched } from './browser.ts'
import { flaws } from './flaws.ts'
import { at, owners, people } from './people.ts'
import { signInAtTheConsole } from './staff.ts'

const browser = useBrowser()
const owner = owners[17]
const { console, customer, makeCustomers } = people(owners[11])
let desk: Watched

beforeAll(async () => {
  if (!owner) throw new Error('there is no owner')
  desk = await browser.open(desktop)
  await signInAtTheConsole(desk.page, at.console, owner)
  await makeCustomers(1, '20.00')
})

describe('a service without a provider', () => {
  it('is added, ordered and delivered by hand, with what was not delivered given back', async () => {
    const { page } = desk
    await page.goto(`${at.console}/services`)
    await page.getByRole('button', { name: 'Add service' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Provider').selectOption('None: people of ours deliver it')
    const name = `Interviews by hand ${randomUUID().slice(0, 4)}`
    await dialog.getByLabel('Name').fill(name)
    await dialog.getByLabel(/We take/).fill('10.00')
    await dialog.getByLabel('Smallest order').fill('1')
    await dialog.getByLabel('Largest order').fill('1000')
    await dialog.getByLabel('Where the effect comes from').selectOption('advertising')
    await dialog.getByLabel('Reason, for the record').fill('We do this ourselves')
    await dialog.getByRole('button', { name: 'Add service' }).click()
    await page.getByRole('heading', { name }).waitFor()
    const serviceId = Number(new URL(page.url()).pathname.split('/').at(-1))
    expect(await seen(page.getByLabel('Bought as'))).toContain('By hand')

    const buyer = customer()
    const wish = { serviceId, link: 'https://video.social/talk', quantity: 400, requestId: randomUUID() }
    const { orderId } = await must(buyer.session.call('POST', '/api/orders', wish), 'an order')
    await page.getByRole('link', { name: 'Manual orders' }).click()
    await page
      .getByRole('link', { name: String(orderId) })
      .first()
      .click()
    const sheet = page.getByRole('dialog')
    await sheet.getByRole('button', { name: 'Take in hand' }).click()
    await sheet.getByLabel('Count at the start').fill('12')
    await sheet.getByLabel(/Still to deliver/).fill('150')
    await sheet.getByRole('button', { name: 'Note it' }).click()
    await sheet.getByText('Noted: the customer sees it.').waitFor()
    expect(await flaws(page)).toEqual([])
    await page.setViewportSize(phone.viewport)
    await sheet.getByRole('button', { name: 'Delivered in part' }).click()
    const ending = page.getByRole('dialog', { name: 'Delivered in part' })
    await ending.getByLabel(/Not delivered/).fill('100')
    await ending.getByLabel(/Reason/).fill('The guest left early')
    await ending.getByRole('button', { name: 'Refund 1.00 USD' }).click()
    await expect.poll(async () => seen(sheet), patiently).toContain('It is over: 1.00 USD went back.')
    await page.setViewportSize(desktop.viewport)
    const { body } = await buyer.session.call('GET', `/api/orders/${String(orderId)}`)
    expect(body).toMatchObject({ state: 'partial', remains: 100, refunded: '1.00', startCount: 12 })
    expect(desk.complaints).toEqual([])
  })
})

describe('fallbacks of a service', () => {
  it('are found in a provider’s catalogue, put in order and saved with a reason', async () => {
    const { page } = desk
    const { rows } = await must((await console()).call('GET', '/api/admin/services'), 'the services')
    const [{ serviceId } = { serviceId: 0 }] = rows as { serviceId: number }[]
    await page.goto(`${at.console}/services/${serviceId}`)
    const card = page.getByLabel('Fallbacks')
    for (const [number, price] of [
      ['elsewhere-1', '0.0001'],
      ['elsewhere-2', '900'],
    ] as const) {
      await card.getByRole('button', { name: 'Add a fallback' }).click()
      const dialog = page.getByRole('dialog')
      await dialog.getByLabel('Its number there').fill(number)
      await dialog.getByLabel(/It takes for 1000/).fill(price)
      await dialog.getByLabel('Its name there').fill('The same elsewhere')
      await dialog.getByLabel('Smallest order').fill('1')
      await dialog.getByLabel('Largest order').fill('100000')
      await dialog.getByRole('button', { name: 'Add at the end' }).click()
    }
    await card.getByText('Dearer than the rate: no order goes there.').waitFor()
    await card.getByRole('button', { name: /elsewhere-2: earlier/ }).click()
    await card.getByRole('button', { name: 'Save the order' }).click()
    const save = page.getByRole('dialog', { name: 'Save the fallbacks' })
    await save.getByLabel('Reason, for the record').fill('In case of need')
    await save.getByRole('button', { name: 'Save', exact: true }).click()
    await expect.poll(() => card.getByRole('button', { name: 'Save the order' }).count(), patiently).toBe(0)
    const { rows: saved } = await must((await console()).call('GET', `/api/admin/services/${serviceId}/fallbacks`), 'the fallbacks')
    expect((saved as { providerServiceId: string }[]).map((row) => row.providerServiceId)).toEqual(['elsewhere-2', 'elsewhere-1'])
    expect(await flaws(page)).toEqual([])
    expect(desk.complaints).toEqual([])
  })
})
