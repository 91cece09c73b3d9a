import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { must } from '../../local/demo/browser.ts'
import { desktop, patiently, phone, seen, useBrowser } from './browser.ts'
import { flaws } from './flaws.ts'
import { at, type Customer, owners, people, providerBehaves, serviceNamed } from './people.ts'

const browser = useBrowser()
const { customer, makeCustomers } = people(owners[23])
const usual = { secondsToComplete: 1, partialRate: 0, faultRate: 0 }

let buyer: Customer
beforeAll(async () => {
  await providerBehaves(usual)
  await makeCustomers(1, '50.00')
  buyer = customer()
})
afterAll(() => providerBehaves(usual))

async function order(serviceId: number, link = `https://photos.example.com/p/${randomUUID()}`): Promise<number> {
  const wish = { serviceId, quantity: 100, link, requestId: randomUUID() }
  return Number((await must(buyer.session.call('POST', '/api/orders', wish), 'ordering'))['orderId'])
}
const stateOf = async (number: number): Promise<unknown> => (await buyer.session.call('GET', `/api/orders/${number}`)).body['state']

describe('many orders at once', () => {
  it('are refilled where they may be, the others say why not; one is ordered again, and all are saved as a file', async () => {
    const refilled = (await serviceNamed('Channel promotion through ad placements, standard')).serviceId
    const not = (await serviceNamed('Video views from in-feed advertising, standard')).serviceId
    const good = [await order(refilled), await order(refilled, 'https://photos.example.com/p/;=1+1')]
    const bad = await order(not)
    for (const number of [...good, bad]) await expect.poll(() => stateOf(number), { timeout: 40_000 }).toBe('completed')

    const { page, complaints } = await browser.openAs(buyer, desktop)
    await page.goto(`${at.site}/orders`)
    await page.getByLabel('Choose all orders shown').check()
    const bar = page.getByRole('region', { name: 'Chosen orders' })
    expect(await seen(bar)).toContain('3 chosen')
    await bar.getByRole('button', { name: 'Refill…' }).click()
    const dialog = page.getByRole('dialog', { name: 'Refill 3 orders' })
    await dialog.getByRole('button', { name: 'Refill 2 orders' }).waitFor()
    expect(await seen(dialog)).toMatch(new RegExp(`1 order left out\\s*This service is not refilled\\.\\s*${bad}`))
    expect(await flaws(page)).toEqual([])
    await dialog.getByRole('button', { name: 'Refill 2 orders' }).click()
    await dialog.getByText('2 orders: a refill is asked for').waitFor()
    await dialog.getByRole('button', { name: 'Close', exact: true }).last().click()
    for (const number of good)
      expect(((await buyer.session.call('GET', `/api/orders/${number}`)).body['refills'] as unknown[]).length).toBe(1)

    // What was carried out is not chosen any more.
    await expect.poll(() => seen(bar), patiently).toContain('1 chosen')
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'All as CSV' }).click()])
    const lines = readFileSync((await file.path()) ?? '', 'utf8').split('\r\n')
    expect(lines.filter((line) => /^\d/.test(line)).map((line) => Number(line.split(',')[0]))).toEqual([bad, ...good.toReversed()])
    expect(lines.join('\n')).toContain("/p/;'=1+1")
    expect(lines[1]).toContain('"Completed"')

    await bar.getByRole('button', { name: 'Order again' }).click()
    await expect
      .poll(() => page.locator('input[name=link]').inputValue(), patiently)
      .toMatch(/^https:\/\/photos\.example\.com\/p\//)
    expect(complaints).toEqual([])
  })

  it('that wait for their provider are canceled on a phone, and what comes back is said before', async () => {
    const service = await serviceNamed('Channel promotion through ad placements, standard')
    await providerBehaves({ faultRate: 1, addFault: 'out-of-funds' })
    const waiting = [await order(service.serviceId), await order(service.serviceId)]
    for (const number of waiting) await expect.poll(() => stateOf(number), { timeout: 40_000 }).toBe('parked')
    const { page, complaints } = await browser.openAs(buyer, phone)
    await page.goto(`${at.site}/orders`)
    for (const number of waiting) await page.getByLabel(`Choose order ${number}`).check()
    await page.getByRole('region', { name: 'Chosen orders' }).getByRole('button', { name: 'Cancel…' }).click()
    const dialog = page.getByRole('dialog', { name: 'Cancel 2 orders' })
    await dialog.getByRole('button', { name: 'Cancel 2 orders' }).waitFor()
    expect(await seen(dialog)).toMatch(/2 orders were not sent yet: .*USD comes back to the balance at once/)
    expect(await flaws(page)).toEqual([])
    await dialog.getByRole('button', { name: 'Cancel 2 orders' }).click()
    await dialog.getByText('2 orders canceled, or asked to stop').waitFor()
    for (const number of waiting) expect(await stateOf(number)).toBe('canceled')
    expect(complaints).toEqual([])
    await providerBehaves(usual)
  })
})
