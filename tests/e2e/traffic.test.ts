import { beforeAll, describe, expect, it } from 'vitest'
import { desktop, phone, seen, useBrowser, type Watched } from './browser.ts'
import { flaws } from './flaws.ts'
import { at, owners } from './people.ts'
import { nextCode } from './staff.ts'

const browser = useBrowser()
let desk: Watched

beforeAll(async () => {
  desk = await browser.open(desktop)
  const owner = owners[24]
  if (!owner) throw new Error('there is no owner')
  const post = async (path: string, data: object) => {
    const reply = await desk.context.request.post(`${at.console}${path}`, { headers: { origin: at.console }, data })
    if (!reply.ok()) throw new Error(`${path}: ${reply.status()} ${await reply.text()}`)
  }
  await post('/api/admin/session', { email: owner.email, password: owner.password })
  await post('/api/admin/session/totp', { code: nextCode(owner.totpSecret) })
})

describe('traffic (P-LOG-3)', () => {
  it('shows the pages that somebody turned, whence he came and with what; and who was refused much to who asks, on record', async () => {
    const visitor = await browser.open(desktop)
    await visitor.page.setExtraHTTPHeaders({ referer: 'https://www.directory.example/panels?who=me' })
    // A page is told of once it is shown: whoever leaves before that has not seen it.
    const turned = (path: string) =>
      Promise.all([visitor.page.waitForResponse(`${at.site}/beacon${path}`), visitor.page.goto(`${at.site}${path}`)])
    await turned('/about')
    await visitor.page.setExtraHTTPHeaders({})
    await turned('/terms')
    for (let time = 0; time < 25; time++) await visitor.context.request.get(`${at.site}/api/me`)
    await visitor.page.close()

    const { page, complaints } = desk
    await page.goto(`${at.console}/traffic`)
    const told = async (): Promise<string> => {
      await page.reload()
      await page.getByRole('heading', { name: 'Traffic' }).waitFor()
      return seen(page.locator('main'))
    }
    // The log is delivered in files: the two pages need not stand in the same.
    await expect
      .poll(told, { timeout: 30_000, interval: 500 })
      .toMatch(/^(?=[\s\S]*\/terms)[\s\S]*\/about[\s\S]*directory\.example/)
    expect(await seen(page.getByRole('region', { name: 'Pages', exact: true }))).toContain('/terms')
    expect(await seen(page.getByRole('region', { name: 'Browsers', exact: true }))).toMatch(/Chrome \d+/)
    expect(await seen(page.getByRole('region', { name: 'Visits', exact: true }))).toMatch(/^Visits\s*[1-9]/)
    expect(await flaws(page)).toEqual([])
    await page.getByRole('button', { name: '7 days' }).click()
    await page.waitForURL(/days=7/)
    await page.getByText('in 7 days').first().waitFor()

    await page.setViewportSize(desktop.viewport)
    const suspicious = page.getByRole('region', { name: 'Suspicious access' })
    const show = suspicious.getByRole('button', { name: 'Show the addresses' })
    const listed = async (): Promise<boolean> => {
      await page.goto(`${at.console}/signals`)
      await suspicious.getByRole('button', { name: 'Look at it' }).click()
      return show.waitFor({ timeout: 3_000 }).then(
        () => true,
        () => false,
      )
    }
    await expect.poll(listed, { timeout: 30_000 }).toBe(true)
    expect(await seen(suspicious)).not.toMatch(/127\.0\.0\.1|::1/)
    await show.click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('What for').selectOption('misuse')
    await dialog.getByLabel('Reason, for the record').fill('Asks without being signed in')
    await dialog.getByRole('button', { name: 'Show for 30 min' }).click()
    await suspicious
      .getByRole('button', { name: /What .* asked for/ })
      .first()
      .click()
    await dialog.getByLabel('Reason, for the record').fill('Asks without being signed in')
    await dialog.getByRole('button', { name: 'Show it' }).click()
    await dialog.getByText('/api/me').first().waitFor()
    expect(complaints).toEqual([])
    await page.setViewportSize(phone.viewport)
    expect(await flaws(page)).toEqual([])
  })
})
