import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { must } from '../../local/demo/browser.ts'
import { desktop, patiently, phone, seen, showsInTime, useBrowser, type Watched } from './browser.ts'
import { flaws } from './flaws.ts'
import { at, owners, people, serviceNamed } from './people.ts'
import { signInAtTheConsole } from './staff.ts'

const browser = useBrowser()
const owner = owners[8]
const { console, customer, makeCustomers } = people(owners[13])
let desk: Watched

beforeAll(async () => {
  if (!owner) throw new Error('there is no owner')
  desk = await browser.open(desktop)
  await signInAtTheConsole(desk.page, at.console, owner)
  await makeCustomers(1, '20.00')
})

/** The rate of a service as the shop shows it. */
const shownRate = async (name: string): Promise<string | undefined> => {
  const { services } = (await (await fetch(`${at.site}/api/catalogue`)).json()) as { services: { name: string; rate: string }[] }
  return services.find((service) => service.name === name)?.rate
}

describe('services in the console', () => {
  const plays = 'Plays from curated playlists, standard'

  it('are changed many at once, after a look at what changes, and the shop shows it', async () => {
    const { page } = desk
    const before = Number(await shownRate(plays))
    await page.goto(`${at.console}/services`)
    await page.getByLabel('Search services').fill('plays from curated')
    await page.getByRole('button', { name: /^Choose all \d+$/ }).click()
    await page.getByRole('button', { name: 'Change…' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Rate', { exact: true }).selectOption('Raise or lower by per cent')
    await dialog.getByLabel('By, per cent').fill('20')
    await dialog.getByLabel('Rounded up to').selectOption('a hundredth')
    // Without a reason there is nothing to look at: prices are changed with one.
    await expect.poll(() => dialog.getByRole('button', { name: 'Show what changes' }).isDisabled(), patiently).toBe(true)
    await dialog.getByLabel('Reason, for the record').fill('Playlists cost more')
    await dialog.getByRole('button', { name: 'Show what changes' }).click()
    const raised = (Math.ceil(Math.round(before * 120_000) / 1_000) / 100).toFixed(2)
    await dialog.getByText(raised, { exact: true }).first().waitFor()
    await dialog.getByRole('button', { name: /^Apply to \d+$/ }).click()
    await dialog.getByText(/services are changed/).waitFor()
    await dialog.getByRole('button', { name: 'Done' }).click()
    await expect.poll(() => shownRate(plays), { timeout: 30_000 }).toBe(raised)

    const shop = await browser.open(phone)
    const row = shop.page.locator('.service-link', { hasText: plays })
    await showsInTime(shop.page, `${at.site}/services?q=${encodeURIComponent(plays)}`, row.getByText(raised))
    expect([...desk.complaints, ...shop.complaints]).toEqual([])
  })

  it('that would be sold at a loss are left alone, and it is said which', async () => {
    const { page } = desk
    await page.goto(`${at.console}/services?text=plays+from+curated`)
    await page.getByRole('button', { name: /^Choose all \d+$/ }).click()
    await page.getByRole('button', { name: 'Change…' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Rate', { exact: true }).selectOption('Raise or lower by per cent')
    await dialog.getByLabel('By, per cent').fill('-60')
    await dialog.getByLabel('Reason, for the record').fill('A mistake')
    await dialog.getByRole('button', { name: 'Show what changes' }).click()
    await dialog.getByText('it would be sold below its cost').first().waitFor()
    await expect.poll(() => dialog.getByRole('button', { name: 'Nothing to change' }).isDisabled(), patiently).toBe(true)
    await page.keyboard.press('Escape')
  })

  it('are taken out of sale and put back on their own page, and nobody’s change is written over', async () => {
    const { page, context } = desk
    await page.goto(`${at.console}/services?text=watch+time`)
    const service = page.getByRole('link', { name: 'Watch time from recommended advertising, standard' })
    await service.first().click()
    await page.getByRole('heading', { name: 'Bought as' }).waitFor()
    const second = await context.newPage()
    await second.goto(page.url())
    await second.getByLabel('Name').fill('Renamed by a colleague')

    await page.getByLabel(/^Enabled/).uncheck()
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Nobody can order it', { exact: true }).waitFor()
    await second.getByRole('button', { name: 'Save' }).click()
    await second.getByText('Somebody changed this meanwhile').waitFor()
    await second.close()

    await page.getByLabel(/^Enabled/).check()
    await page.getByRole('button', { name: 'Save' }).click()
    await expect.poll(() => page.getByText('Nobody can order it', { exact: true }).count(), patiently).toBe(0)
    expect(await seen(page.getByRole('heading', { level: 1 }))).toContain('Watch time')
  })

  it('ask customers for the kind of link that staff chose', async () => {
    const { serviceId, name } = await serviceNamed('Followers from playlist placements, standard')
    const { page } = desk
    await page.goto(`${at.console}/services/${serviceId}`)
    await page.getByLabel('Kind of link').selectOption('Spotify')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('button', { name: 'Undo' }).waitFor({ state: 'detached' })
    const published = async (): Promise<boolean> => (await (await fetch(`${at.site}/api/catalogue`)).text()).includes('"spotify"')
    await expect.poll(published, { timeout: 30_000 }).toBe(true)

    const buyer = await browser.openAs(customer(), phone)
    await showsInTime(buyer.page, `${at.site}/new?service=${serviceId}`, buyer.page.getByText('To Spotify.'))
    await buyer.page.getByRole('heading', { name }).waitFor()
    await buyer.page.getByLabel('Quantity').fill('100')
    // It has a price before there is a link, and none for a link of another kind.
    await buyer.page.getByRole('button', { name: /Place order · / }).waitFor()
    await buyer.page.getByLabel('Link', { exact: true }).fill('https://soundcloud.com/somebody/a-track')
    await buyer.page.getByText('This service is for another kind of link.').waitFor()
    await buyer.page.getByLabel('Link', { exact: true }).fill('https://open.spotify.com/artist/4uLU6hMCjMI75M1A2tKUQC')
    await buyer.page.getByRole('button', { name: /Place order · / }).click()
    await buyer.page
      .getByRole('heading', { name: /^Order \d+/ })
      .or(buyer.page.getByText(/Order \d+/).first())
      .first()
      .waitFor()
  })

  it('stand under categories that are added, moved, renamed and deleted', async () => {
    const { page } = desk
    const name = `Podcasts ${randomUUID().slice(0, 4)}`
    await page.goto(`${at.console}/services/categories`)
    await page.getByRole('button', { name: 'Add category' }).click()
    await page.getByLabel('Name').fill(name)
    await page.getByRole('button', { name: 'Add', exact: true }).click()
    const lines = page.getByRole('listitem')
    await expect.poll(() => seen(lines.last()), patiently).toContain(name)
    await page.getByRole('button', { name: `Move ${name} up` }).click()
    await expect.poll(() => seen(lines.last()), patiently).not.toContain(name)
    await page.getByRole('button', { name: `More for ${name}` }).click()
    await page.getByRole('menuitem', { name: 'Put first' }).click()
    await expect.poll(() => seen(lines.first()), patiently).toContain(name)
    await page.getByRole('button', { name: `More for ${name}` }).click()
    await page.getByRole('menuitem', { name: 'Delete' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click()
    await expect.poll(() => page.getByText(name).count(), patiently).toBe(0)
  })

  it('wait while their provider is failing: why and what comes next is said, and a good probe ends it', async () => {
    const staff = await console()
    const account = (wish: object) =>
      fetch(`${at.control}/account`, { method: 'POST', body: JSON.stringify({ account: 'falling', size: 12, ...wish }) })
    await account({ html: true })
    const key = { name: 'Falling', url: at.provider, apiKey: 'sandbox-provider-key:falling' }
    const { providerId } = await must(staff.call('POST', '/api/admin/providers', key), 'a provider')
    const path = `/api/admin/providers/${providerId}`
    const failing = async () => ((await staff.call('GET', path)).body['line'] as { failing?: object }).failing !== undefined
    // Each asks for its balance and for its services.
    for (let times = 0; times < 3; times++) await must(staff.call('POST', `${path}/tests`), 'a test')
    await expect.poll(failing, { timeout: 30_000 }).toBe(true)

    const { page } = desk
    await page.goto(at.console)
    await page.getByText('Falling is failing and gets no orders').waitFor()
    await page.goto(`${at.console}/providers/${providerId}`)
    const notice = page.getByRole('main')
    await notice.getByText('It does not answer as it should, since').waitFor()
    await notice.getByText('an answer that cannot be read').first().waitFor()
    expect(await flaws(page)).toEqual([])
    await account({})
    await notice.getByRole('button', { name: 'Probe now' }).click()
    await page.getByText('It is failing and gets no orders').waitFor({ state: 'hidden', timeout: 30_000 })
  })

  it('follow their provider’s prices by its own rules; an answer that lost a third is looked at first', async () => {
    const staff = await console()
    const account = (wish: object) =>
      fetch(`${at.control}/account`, { method: 'POST', body: JSON.stringify({ account: 'synced', ...wish }) })
    await account({ size: 24 })
    const key = { name: 'Synced', url: at.provider, apiKey: 'sandbox-provider-key:synced' }
    const { providerId } = await must(staff.call('POST', '/api/admin/providers', key), 'a provider')
    const path = `/api/admin/providers/${providerId}`
    const { taskId } = await must(staff.call('POST', `${path}/imports`, { percent: 50, origin: 'advertising' }), 'an import')
    const imported = async () => (await staff.call('GET', `${path}/tasks/${taskId}`)).body['state']
    await expect.poll(imported, { timeout: 30_000 }).toBe('done')
    await account({ size: 16 })

    const { page } = desk
    await page.goto(`${at.console}/providers/${providerId}`)
    const card = page.getByRole('region', { name: 'Price sync' })
    await card.getByRole('button', { name: 'Change' }).click()
    const sheet = page.getByRole('dialog')
    await sheet.getByLabel('Ask for its prices').selectOption('Every 6 hours')
    await sheet.getByLabel(/a cost rises by more than/).fill('30')
    await sheet.getByLabel('Reason, for the record').fill('It changes prices often')
    await sheet.getByRole('button', { name: 'Save' }).click()
    await card.getByText('Costs that rise by over 30 %').waitFor()

    await card.getByRole('button', { name: 'Sync now' }).click()
    await card.getByText(/^\d+ of \d+ services are missing from its answer$/).waitFor({ timeout: 30_000 })
    expect(await flaws(page)).toEqual([])
    await card.getByRole('button', { name: 'Take it' }).click()
    await page.getByRole('dialog').getByRole('textbox').fill('They stopped selling these')
    await page.getByRole('dialog').getByRole('button', { name: 'Take it' }).click()
    await page.getByRole('heading', { name: 'Price sync' }).waitFor()
    await page
      .getByText(/taken out of sale and wait for you|services brought up to date/)
      .first()
      .waitFor({ timeout: 30_000 })
    await page.getByText('Gone upstream').first().waitFor()
  })

  it('look right on a phone and on a desktop, light and dark', async () => {
    const { page } = desk
    for (const path of ['/services', '/services/1', '/services/categories', '/services?text=no+such+service']) {
      await page.goto(`${at.console}${path}`)
      await page.getByRole('heading', { level: 1 }).waitFor()
      expect(await flaws(page), path).toEqual([])
    }
  })
})
