import { randomUUID } from 'node:crypto'
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { must } from '../../local/demo/browser.ts'
import { mailed } from '../../local/demo/mailbox.ts'
import { png, pngBomb, svg } from '../fixtures/images.ts'
import { desktop, patiently, phone, seen, useBrowser, type Watched } from './browser.ts'
import { flaws } from './flaws.ts'
import { at, type Customer, owners, people, serviceNamed } from './people.ts'
import { signInAtTheConsole } from './staff.ts'

const browser = useBrowser()
const { customer, makeCustomers } = people(owners[19])
const owner = owners[20]

let desk: Watched
let asking: Watched
let someone: Customer
let orderId: string
let number: string

beforeAll(async () => {
  if (!owner) throw new Error('there is no owner')
  desk = await browser.open(desktop)
  await signInAtTheConsole(desk.page, at.console, owner)
  await makeCustomers(2, '20.00')
  someone = customer()
  const { serviceId } = await serviceNamed('Saves from partner accounts, standard')
  const wish = { serviceId, quantity: 1000, link: `https://photos.example.com/p/${randomUUID()}`, requestId: randomUUID() }
  orderId = String((await must(someone.session.call('POST', '/api/orders', wish), 'ordering'))['orderId'])
  asking = await browser.openAs(someone, phone)
}, 90_000)

const attach = (page: Page, files: Readonly<Record<string, Buffer>>) =>
  page.locator('input[type=file]').setInputFiles(
    Object.entries(files).map(([name, buffer]) => ({
      name,
      mimeType: name.endsWith('.svg') ? 'image/svg+xml' : name.endsWith('.txt') ? 'text/plain' : 'image/png',
      buffer,
    })),
  )

/** Opens what is attached to a message, and answers how wide the picture is that is then seen. */
async function opened(page: Page, said: string): Promise<number> {
  await page.getByRole('listitem').filter({ hasText: said }).getByRole('button', { name: 'Attachment 1' }).click()
  const picture = page.getByRole('dialog').getByRole('img', { name: 'Attachment 1' })
  await picture.waitFor()
  await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.complete), patiently).toBe(true)
  const width = await picture.evaluate((image: HTMLImageElement) => image.naturalWidth)
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'hidden' })
  return width
}

describe('a ticket', () => {
  it('is asked from an order, on a phone, with a picture: what is none says why (P-COL-2); a password is warned of, and gone before anybody reads it', async () => {
    const { page } = asking
    await page.goto(`${at.site}/orders/${orderId}`)
    await page.getByRole('link', { name: 'Ask support about this order' }).click()
    expect(await page.getByLabel('Order numbers').inputValue()).toBe(orderId)
    await page.getByLabel('Subject').fill('Nothing has come')
    await page.getByLabel('Your message').fill('It was ordered an hour ago.\nMy password: hunter2')
    await page.getByText('This looks like a password').waitFor()
    await attach(page, { 'a.svg': svg(), 'bomb.png': pngBomb(), 'large.png': Buffer.alloc(10_000_001), 'seen.png': png(90, 60) })
    const attached = page.getByRole('list', { name: 'Attached' }).getByRole('listitem')
    await attached.filter({ hasText: 'a.svg' }).getByText('Files of this kind are not taken').waitFor()
    await attached.filter({ hasText: 'large.png' }).getByText('too large: 10 MB at most').waitFor()
    await attached.filter({ hasText: 'bomb.png' }).getByText('too many pixels').waitFor()
    await page.getByText('To send, leave out what was not taken.').waitFor()
    expect(await page.getByRole('button', { name: 'Send to support' }).isDisabled()).toBe(true)
    // The browser itself notes the two that were refused before they were sent.
    expect(
      asking.complaints
        .splice(0)
        .map((line) => /\b4\d\d\b/.exec(line)?.[0])
        .toSorted(),
    ).toEqual(['413', '422'])
    expect(await flaws(page)).toEqual([])
    await page.setViewportSize(phone.viewport)
    for (const refused of ['a.svg', 'bomb.png', 'large.png'])
      await page.getByRole('button', { name: `Leave ${refused} out` }).click()
    await page.getByRole('button', { name: 'Send to support' }).click()
    await page.getByText('My password: [password removed]').waitFor()
    await page.getByRole('link', { name: `Order ${orderId}` }).waitFor()
    number = new URL(page.url()).pathname.split('/').at(-1) ?? ''
    expect(number).toMatch(/^\d+$/)
    expect(await opened(page, 'It was ordered an hour ago.')).toBe(90)
  })

  it('stands with staff under what needs them; they look at the picture, take a saved reply, note something, and answer with a picture of theirs', async () => {
    const { page } = desk
    await page.goto(`${at.console}/saved-replies`)
    await page.getByRole('button', { name: 'New reply' }).first().click()
    await page.getByLabel('Title').fill('Slow start')
    await page.getByLabel('Text').fill('Hello {name}, order {order} starts within the day.')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('heading', { name: 'Slow start' }).waitFor()
    await page.goto(at.console)
    await page
      .getByRole('region', { name: 'Tickets' })
      .getByRole('link', { name: /nobody’s/ })
      .click()
    await page.getByRole('link', { name: new RegExp(`#${number}\\b`) }).click()
    await page.getByText('It was ordered an hour ago.').waitFor()
    expect(await opened(page, 'It was ordered an hour ago.')).toBe(90)
    await page.getByRole('button', { name: 'Note for colleagues' }).click()
    await page.getByLabel('Note', { exact: true }).fill('The provider is slow today.')
    await page.getByRole('button', { name: 'Add the note' }).click()
    await page.getByRole('list', { name: 'Messages and notes' }).getByText('The provider is slow today.').waitFor()
    await page.getByRole('button', { name: 'Answer', exact: true }).first().click()
    await page.getByLabel('Saved reply').selectOption('Slow start')
    await expect
      .poll(() => page.getByLabel('Answer', { exact: true }).inputValue(), patiently)
      .toBe('Hello {name}, order {order} starts within the day.')
    await attach(page, { 'curve.png': png(70, 50) })
    await page.getByRole('list', { name: 'Attached' }).locator('[data-ready=true]').waitFor()
    expect(await flaws(page)).toEqual([])
    await page.setViewportSize(desktop.viewport)
    await page.getByRole('button', { name: 'Answer and close' }).click()
    await page.getByText('Closed').first().waitFor()
    // Whoever answers what is nobody's has it.
    await expect.poll(() => page.getByLabel('Who has it').locator('option:checked').textContent(), patiently).toContain('(you)')
  })

  it('tells its customer by a mail without the answer, and by a mark; read, the mark is gone, and the note was never there; its pictures are nobody else’s', async () => {
    expect(await mailed(at.mailbox, someone.email, /(there is an answer in your ticket \d+)/)).toContain(number)
    const { page } = asking
    await page.goto(`${at.site}/tickets`)
    await page
      .getByRole('link', { name: /1 unread/ })
      .first()
      .waitFor()
    expect(await flaws(page)).toEqual([])
    await page.setViewportSize(phone.viewport)
    await page
      .getByRole('main')
      .getByRole('link', { name: /Nothing has come/ })
      .click()
    await page.getByText(`Hello Casey Customer, order ${orderId} starts within the day.`).waitFor()
    await expect.poll(() => page.getByText('unread').count(), patiently).toBe(0)
    expect(await opened(page, 'starts within the day')).toBe(70)
    const { conversation } = await must(someone.session.call('GET', `/api/tickets/${number}`), 'reading')
    for (const { files } of conversation as { files: string[] }[])
      expect((await desk.context.request.get(`${at.site}/api/files/${files[0]}`)).status()).toBe(401)
    expect(await seen(page.getByRole('main'))).not.toContain('slow today')
  })

  it('closed, it is opened again by writing on', async () => {
    const { page } = asking
    await page.getByText('This ticket is closed').waitFor()
    await page.getByLabel('Your message').fill('Still nothing.')
    await page.getByRole('button', { name: 'Send and reopen' }).click()
    await page.getByText('With support').waitFor()
    await desk.page.goto(`${at.console}/tickets?show=mine`)
    await desk.page.getByRole('link', { name: new RegExp(`#${number}\\b`) }).waitFor()
    expect([...asking.complaints, ...desk.complaints]).toEqual([])
  })

  it('P-RT-1, P-RT-3: about one’s own data has a due date; staff make the archive there for its customer alone, and close the account', async () => {
    const theirs = customer()
    const asked = {
      category: 'privacy-request',
      subject: 'My data, please',
      text: 'Then close it. Keep the money.',
      requestId: randomUUID(),
    }
    const { ticketId } = await must(theirs.session.call('POST', '/api/tickets', asked), 'asking')
    const { page } = desk
    await page.goto(`${at.console}/tickets/${theirs.customerId}/${ticketId}`)
    await page.getByRole('complementary', { name: 'Context' }).getByText('Due', { exact: true }).waitFor()
    const card = page.getByRole('region', { name: 'Their data' })
    await card.getByRole('button', { name: 'Make their archive' }).click()
    await page.getByRole('dialog').getByLabel('Reason, for the record').fill('asked for in this ticket')
    await page.getByRole('dialog').getByRole('button', { name: 'Make the archive' }).click()
    await page.getByText('Had the archive of their data made: asked for in this ticket').waitFor()
    await card.getByText('Ready; they can fetch it until').waitFor()
    expect(await flaws(page)).toEqual([])
    await mailed(at.mailbox, theirs.email, /(is ready\. Sign in and fetch it)/)
    const { rows } = await must(theirs.session.call('GET', '/api/me/archives'), 'listing')
    expect(rows).toMatchObject([{ state: 'ready' }])

    await card.getByRole('button', { name: 'Close their account' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Reason, for the record').fill('asked for in this ticket')
    const close = dialog.getByRole('button', { name: 'Close it' })
    expect(await close.isDisabled()).toBe(true)
    await dialog.getByLabel('They gave up 20.00 USD').check()
    await close.click()
    await card.getByText('Closed; erased on').waitFor()
    await page.getByText('Closed the account: asked for in this ticket').waitFor()
    await mailed(at.mailbox, theirs.email, /(Keep my account)/)
    expect((await theirs.session.call('GET', '/api/me')).status).toBe(401)
  })
})
