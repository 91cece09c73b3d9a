import { randomUUID } from 'node:crypto'
import { request } from 'node:http'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Browser, must } from '../../local/demo/browser.ts'
import { newPassword, signUp } from '../../local/demo/people.ts'
import { desktop, patiently, seen, useBrowser, type Watched } from './browser.ts'
import { flaws } from './flaws.ts'
import { at, owners } from './people.ts'
import { nextCode } from './staff.ts'

const browser = useBrowser()
let desk: Watched
let walker: Browser
let key: string

beforeAll(async () => {
  const who = { email: `${randomUUID().slice(0, 8)}@customer.test`, password: newPassword(), fullName: 'Wanda Walker' }
  walker = await signUp(at.site, at.mailbox, who)
  key = String((await must(walker.call('POST', '/api/keys', { name: 'Walker' }), 'a key'))['key'])
  desk = await browser.open(desktop)
  const owner = owners[10]
  if (!owner) throw new Error('there is no owner')
  const post = async (path: string, data: object) => {
    const reply = await desk.context.request.post(`${at.console}${path}`, { headers: { origin: at.console }, data })
    if (!reply.ok()) throw new Error(`${path}: ${reply.status()} ${await reply.text()}`)
  }
  await post('/api/admin/session', { email: owner.email, password: owner.password })
  await post('/api/admin/session/totp', { code: nextCode(owner.totpSecret) })
})

/** From an address of its own, so that nobody else is slowed down for it. */
const wrongKey = (): Promise<void> =>
  new Promise((done, failed) => {
    const { port } = new URL(at.site)
    const headers = { host: `localhost:${port}`, 'content-type': 'application/x-www-form-urlencoded' }
    const options = { host: '127.0.0.1', port, path: '/api/v2', method: 'POST', headers, localAddress: '127.0.0.51' }
    request(options, (reply) => reply.resume().on('end', done))
      .on('error', failed)
      .end(new URLSearchParams({ key: `pk_${randomUUID()}`, action: 'balance' }).toString())
  })
const walk = async (first: number): Promise<unknown> => {
  const orders = Array.from({ length: 100 }, (_, index) => first + index).join(',')
  const body = new URLSearchParams({ key, action: 'status', orders })
  return (await fetch(`${at.site}/api/v2`, { method: 'POST', body })).json()
}

describe('signals in the console', () => {
  it('of a day without any say what would be there', async () => {
    const { page } = desk
    await page.goto(`${at.console}/signals?day=2020-02-02`)
    await page.getByText('No signals on this day').waitFor()
    expect(await flaws(page)).toEqual([])
    await page.setViewportSize(desktop.viewport)
  })

  it('show a walk through order numbers: its key is revoked with a reason, and what came of it stands there for colleagues', async () => {
    const { page, complaints } = desk
    await walk(1_000_000_000)
    await walk(1_000_000_100)
    await page.goto(`${at.console}/signals`)
    const row = page.getByRole('row').filter({ hasText: 'Walks through order numbers' })
    expect(await seen(row)).toMatch(/Customer \w{8}… with key \w{6}…\s+200/)
    await row.getByRole('button', { name: /^More for/ }).click()
    await page.getByRole('menuitem', { name: 'Revoke the key' }).click()
    const revoke = page.getByRole('dialog').getByRole('button', { name: 'Revoke the key' })
    expect(await revoke.isDisabled()).toBe(true)
    await page.getByLabel('Reason, for the record').fill('Walks through order numbers')
    await revoke.click()
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
    expect(await walk(1)).toEqual({ error: 'Invalid API key' })
    await row.getByRole('button', { name: /^Mark as looked into/ }).click()
    await page.getByLabel('Reason, for the record').fill('Wrote to the customer')
    await page.getByRole('dialog').getByRole('button', { name: 'Mark as looked into' }).click()
    await expect.poll(() => seen(row), patiently).toContain('Wrote to the customer')
    expect(complaints).toEqual([])
  })

  it('show a flood of wrong keys by the hour and by network, with no address and no customer to act on', async () => {
    const { page } = desk
    for (let round = 0; round < 10; round++) await Promise.all(Array.from({ length: 12 }, wrongKey))
    await page.goto(`${at.console}/signals`)
    const row = page.getByRole('row').filter({ hasText: 'Floods of wrong keys' })
    await row.waitFor()
    expect(await seen(row)).toMatch(/Network [\w-]{6}/)
    expect(await row.getByRole('button', { name: /^More for/ }).count()).toBe(0)
    expect(await seen(page.getByRole('main'))).not.toContain('127.0.0.51')
    const drawn = page.getByRole('img', { name: /^Floods of wrong keys, by hour/ })
    expect(await drawn.getAttribute('aria-label')).toMatch(/\d\d:00: \d+/)
    expect(await flaws(page)).toEqual([])
    await page.setViewportSize(desktop.viewport)
  })

  it('lead to the customer, who can be suspended from there or at once', async () => {
    const { page } = desk
    await page.goto(`${at.console}/signals`)
    const row = page.getByRole('row').filter({ hasText: 'Walks through order numbers' })
    await row.getByRole('button', { name: /^More for/ }).click()
    await page.getByRole('menuitem', { name: 'Suspend the account' }).click()
    await page.getByLabel('Reason, for the record').fill('Went on after a warning')
    await page.getByLabel('What the customer is told').selectOption('Nothing: a law forbids to tell it')
    await page.getByRole('dialog').getByRole('button', { name: 'Suspend', exact: true }).click()
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
    expect((await walker.call('GET', '/api/orders')).status).toBe(403)
    await row.getByRole('link', { name: /^Customer/ }).click()
    await page.getByRole('heading', { name: 'W••• W•••' }).waitFor()
    await page.getByText('Suspended', { exact: true }).waitFor()
  })

  it('that cannot be read are said to be, and read again', async () => {
    const { page } = desk
    await page.route('**/api/admin/signals**', (route) => route.abort())
    await page.goto(`${at.console}/signals`)
    await page.getByText('The signals could not be read').waitFor()
    await page.unroute('**/api/admin/signals**')
    await page.getByRole('button', { name: 'Try again' }).click()
    await page.getByRole('heading', { name: 'Walks through order numbers' }).waitFor()
  })
})
