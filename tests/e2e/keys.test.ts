import { randomUUID } from 'node:crypto'
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { newPassword, signUp } from '../../local/demo/people.ts'
import { desktop, patiently, phone, seen, useBrowser } from './browser.ts'
import { flaws } from './flaws.ts'
import { at } from './people.ts'

const browser = useBrowser()
const who = { email: `${randomUUID().slice(0, 8)}@customer.test`, password: newPassword(), fullName: 'Kim Keys' }
beforeAll(async () => {
  await signUp(at.site, at.mailbox, who)
})

const ask = async (key: string, action = 'balance'): Promise<unknown> =>
  (await fetch(`${at.site}/api/v2`, { method: 'POST', body: new URLSearchParams({ key, action }) })).json()
const refused = (error: string) => ({ error })

const newName = (page: Page) => page.getByRole('dialog').getByRole('textbox', { name: 'Name' })
const shownKey = (page: Page): Promise<string> => seen(page.getByTestId('new-key'))
const rowOf = (page: Page, prefix: string) => page.getByRole('row').filter({ hasText: prefix })
async function act(page: Page, key: string, what: string): Promise<void> {
  await rowOf(page, key.slice(0, 9))
    .getByRole('button', { name: /^Actions for/ })
    .click()
  await page.getByRole('menuitem', { name: what }).click()
}

describe('the page of keys', () => {
  it('makes a key that may do what was chosen from where it was said, and says which line is no address', async () => {
    const { page, complaints } = await browser.openAs(who, desktop)
    await page.goto(`${at.site}/keys`)
    await page.getByText('No keys yet').waitFor()
    await page.getByRole('button', { name: 'New key' }).click()
    await newName(page).fill('Monitor')
    await page.getByText('Read only', { exact: true }).click()
    await page.getByLabel('Where it may be used from').fill('127.0.0.0/8\n\n::1\nnonsense')
    await page.getByRole('button', { name: 'Create key' }).click()
    await page.getByText('Line 3: no address or network').waitFor()
    await page.getByLabel('Where it may be used from').fill('127.0.0.0/8\n::1')
    await page.getByRole('button', { name: 'Create key' }).click()
    const key = await shownKey(page)
    await page.getByText('Whoever has it can read your orders and balance.').waitFor()
    expect(await ask(key)).toMatchObject({ balance: '0.00' })
    expect(await ask(key, 'add')).toEqual(refused('Not allowed with this API key'))
    const row = rowOf(page, key.slice(0, 9))
    expect(await seen(row)).toMatch(/Read only\s+127\.0\.0\.0\/8\s+and 1 more/)
    // What was refused above is on the browser's own console, and nothing else is.
    expect(complaints.filter((text) => !text.includes('422'))).toEqual([])
  })

  it('changes a key’s name, scope and addresses; programs are held to it at once', async () => {
    const { page } = await browser.openAs(who, phone)
    await page.goto(`${at.site}/keys`)
    await page.getByRole('button', { name: 'New key' }).click()
    await newName(page).fill('Till')
    await page.getByRole('button', { name: 'Create key' }).click()
    const key = await shownKey(page)
    expect(await ask(key)).toMatchObject({ balance: '0.00' })
    await act(page, key, 'Edit')
    expect(await newName(page).inputValue()).toBe('Till')
    await newName(page).fill('Till two')
    await page.getByText('Order', { exact: true }).last().click()
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
    expect(await ask(key)).toEqual(refused('Not allowed with this API key'))
    await rowOf(page, 'Till two').waitFor()
    await act(page, key, 'Edit')
    await page.getByLabel('Where it may be used from').fill('198.51.100.7')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
    expect(await ask(key, 'services')).toEqual(refused('Invalid API key'))
  })

  it('rotates a key with an overlap: both are listed with what becomes of them, and either is revoked alone', async () => {
    const { page, complaints } = await browser.openAs(who, desktop)
    await page.goto(`${at.site}/keys`)
    await page.getByRole('button', { name: 'New key' }).click()
    await newName(page).fill('Shop')
    await page.getByRole('button', { name: 'Create key' }).click()
    const old = await shownKey(page)
    await ask(old)
    await act(page, old, 'Rotate')
    await page.getByRole('dialog').getByText('After three days').click()
    await page.getByRole('button', { name: 'Rotate key' }).click()
    await expect.poll(() => shownKey(page), patiently).not.toBe(old)
    const fresh = await shownKey(page)
    expect([await ask(old), await ask(fresh)]).toMatchObject([{ balance: '0.00' }, { balance: '0.00' }])
    await expect.poll(() => seen(rowOf(page, old.slice(0, 9))), patiently).toMatch(/Rotated, closes \d/)
    // What is rotated already is not rotated again.
    await rowOf(page, old.slice(0, 9)).getByRole('button').click()
    await page.getByRole('menuitem', { name: 'Revoke' }).waitFor()
    expect(await page.getByRole('menuitem', { name: 'Rotate' }).count()).toBe(0)
    await page.getByRole('menuitem', { name: 'Revoke' }).click()
    await page.getByRole('button', { name: 'Revoke key' }).click()
    await expect.poll(() => seen(rowOf(page, old.slice(0, 9))), patiently).toContain('Revoked just now')
    expect([await ask(old), await ask(fresh)]).toMatchObject([refused('Invalid API key'), { balance: '0.00' }])
    await page.reload()
    await expect.poll(() => seen(rowOf(page, fresh.slice(0, 9))), patiently).toContain('just now')
    await page.getByText(/^At least \d+ calls?$/).waitFor()
    expect(await page.getByText(fresh).count()).toBe(0)
    expect(complaints).toEqual([])
    expect(await flaws(page)).toEqual([])
  })

  it('says so when the list cannot be read, and reads it again', async () => {
    const { page } = await browser.openAs(who, phone)
    await page.route('**/api/keys', (route) => route.abort())
    await page.goto(`${at.site}/keys`)
    await page.getByText('Your keys could not be read').waitFor()
    await page.unroute('**/api/keys')
    await page.getByRole('button', { name: 'Try again' }).click()
    await rowOf(page, 'Till two').waitFor()
  })

  it('does not pretend to know when nobody answers whether a key was made', async () => {
    const { page } = await browser.openAs(who, desktop)
    await page.goto(`${at.site}/keys`)
    // The panel makes it, and the answer is lost.
    await page.route('**/api/keys', async (route) => {
      if (route.request().method() !== 'POST') return route.fallback()
      await route.fetch()
      return route.abort()
    })
    await page.getByRole('button', { name: 'New key' }).click()
    await newName(page).fill('Lost')
    await page.getByRole('button', { name: 'Create key' }).click()
    await page.getByText('We did not hear back').waitFor()
    await page.getByText(/nobody has seen it, so revoke it/).waitFor()
    await rowOf(page, 'Lost').waitFor()
  })
})
