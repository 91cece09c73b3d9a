import { randomUUID } from 'node:crypto'
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { type Browser, must } from '../../local/demo/browser.ts'
import { mailed } from '../../local/demo/mailbox.ts'
import { enrolStaff } from '../../local/demo/people.ts'
import { desktop, keepNothing, patiently, phone, seen, showsInTime, useBrowser } from './browser.ts'
import { flaws } from './flaws.ts'
import { at, owners, people } from './people.ts'

const browser = useBrowser()
const { console } = people(owners[9])

/** Each look loads the page. */
const looking = { timeout: 30_000, interval: 500 } as const

/** Somebody new in the team, who may keep the catalogue. */
async function newcomer(): Promise<Browser> {
  const email = `catalogue-${randomUUID().slice(0, 8)}@panel.test`
  await must((await console()).call('POST', '/api/admin/staff', { email, role: 'catalogue', memo: 'for a test' }), 'inviting')
  return (await enrolStaff(at.console, email, await mailed(at.mailbox, email, /password (\S+)/))).page
}

/** Takes two services over that the provider has had since just now; answers one of them. */
async function importTwo(staff: Browser): Promise<{ readonly serviceId: number; readonly name: string; readonly rate: string }> {
  await fetch(`${at.control}/catalogue`, { method: 'POST', body: JSON.stringify({ size: 66 }) })
  const { rows } = await must(staff.call('GET', '/api/admin/providers'), 'the providers')
  // Other stories have providers of their own.
  const sandbox = (rows as { providerId: string; name: string }[]).find(({ name }) => name === 'Sandbox')
  const providerId = sandbox?.providerId ?? ''
  const wish = { percent: 25, origin: 'advertising', ids: ['156', '157'] }
  const { taskId } = await must(staff.call('POST', `/api/admin/providers/${providerId}/imports`, wish), 'the import')
  const state = async () => (await staff.call('GET', `/api/admin/providers/${providerId}/tasks/${taskId}`)).body['state']
  await expect.poll(state, { timeout: 40_000 }).toBe('done')
  const { rows: services } = await must(staff.call('GET', '/api/admin/services'), 'the services')
  const one = (services as { serviceId: number; name: string; rate: string; providerId: string; providerServiceId: string }[]).find(
    (service) => service.providerId === providerId && service.providerServiceId === '156',
  )
  if (!one) throw new Error('nothing was imported')
  return one
}

async function change(staff: Browser, serviceId: number, part: object): Promise<void> {
  const { revision } = await must(staff.call('GET', `/api/admin/services/${serviceId}`), 'the service')
  const body = { revision, change: part, memo: 'for a story' }
  await must(staff.call('PATCH', `/api/admin/services/${serviceId}`, body), 'changing it')
}

const lines = async (page: Page): Promise<string[]> => {
  await page.goto(`${at.site}/changes`)
  await page.locator('.changes tbody tr').first().waitFor()
  return (await Promise.all((await page.locator('.changes tbody tr').all()).map(seen))).map((line) => line.replaceAll(/\s+/g, ' '))
}

it('a newcomer imports, changes a price and takes a service off: anybody reads it, with the price before and after', async () => {
  const staff = await newcomer()
  const { page, complaints } = await browser.open(desktop)
  await keepNothing(page)
  const one = await importTwo(staff)
  const isNew = (line: string): boolean => line.includes(one.name) && line.includes('New')
  await expect.poll(async () => (await lines(page)).some(isNew), looking).toBe(true)

  await change(staff, one.serviceId, { rate: { how: 'percent', percent: 10 } })
  const raised = (line: string): boolean => line.includes(one.name) && line.includes('Price up by 10')
  // A sync by the clock may have said something since.
  await expect.poll(async () => (await lines(page)).findIndex(raised), looking).toBeGreaterThanOrEqual(0)
  const up = (await lines(page)).find(raised) ?? ''
  const [before, after] = [...up.matchAll(/\d+\.\d+(?! %)/g)].map(Number).slice(-2)
  expect(before).toBeCloseTo(Number(one.rate), 4)
  expect(after).toBeGreaterThan(Number(one.rate))

  // The service is one click away, at its new price, as soon as the catalogue has it.
  const link = page.getByRole('link', { name: one.name }).first()
  await showsInTime(page, `${at.site}/changes`, link)
  await link.click()
  await page.getByText('1 service, prices in').waitFor()
  expect(await seen(page.locator('.service-link'))).toContain(one.name)

  await change(staff, one.serviceId, { enabled: false })
  const isGone = (line: string): boolean => line.includes(one.name) && line.includes('Gone')
  await expect.poll(async () => (await lines(page)).some(isGone), looking).toBe(true)
  await page.getByRole('button', { name: 'Gone' }).click()
  await expect.poll(() => page.url(), patiently).toContain('kind=gone')
  await page.getByRole('cell', { name: one.name }).first().waitFor()
  expect(await flaws(page)).toEqual([])
  expect(complaints).toEqual([])
}, 180_000)

it('the catalogue is narrowed by what one needs, the address keeps it, and everything is a tap away on a phone', async () => {
  const { page, complaints } = await browser.open(phone)
  // What other stories changed may still be on its way here: all is what this page has read last.
  let all = 0
  page.on('response', async (reply) => {
    if (!reply.url().endsWith('/api/catalogue')) return
    // Left behind by a reload, an answer cannot be read any more: another follows.
    const read = (await reply.json().catch(() => undefined)) as { services: unknown[] } | undefined
    all = read?.services.length ?? all
  })
  await page.goto(`${at.site}/services`)
  const total = page.getByRole('status').filter({ hasText: 'prices in' })
  const shown = async (): Promise<number> => Number((await seen(total)).replace(/\D.*/, ''))
  await expect.poll(async () => (await shown()) === all, patiently).toBe(true)
  await page.getByRole('button', { name: 'Filters' }).click()
  await page.getByLabel('Kind').selectOption('Package')
  await expect.poll(() => page.url(), patiently).toContain('type=Package')
  await expect.poll(shown, patiently).toBeLessThan(all)
  const packages = await shown()
  expect(packages).toBeGreaterThan(0)
  await page.getByLabel('Rate from').fill('20')
  await expect.poll(shown, patiently).toBeLessThan(packages)
  await page.reload()
  await page.getByRole('button', { name: 'Filters · 2' }).waitFor()
  expect(await page.getByLabel('Kind').inputValue()).toBe('Package')
  // Nothing matches, and there is a way out.
  await page.getByPlaceholder('Search by name').fill('nothing is called so')
  await page.getByText('No service matches').waitFor()
  expect(await flaws(page)).toEqual([])
  await page.getByRole('button', { name: 'Clear filters' }).last().click()
  await expect.poll(async () => (await shown()) === all, patiently).toBe(true)
  await expect.poll(() => page.url(), patiently).toBe(`${at.site}/services`)
  expect(complaints).toEqual([])
})
