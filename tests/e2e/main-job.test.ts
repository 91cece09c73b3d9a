import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { mailed, sixDigits } from '../../local/demo/mailbox.ts'
import { desktop, patiently, phone, seen, useBrowser } from './browser.ts'
import { at, owners, providerBehaves, serviceNamed } from './people.ts'
import { nextCode } from './staff.ts'

const browser = useBrowser()

beforeAll(() => providerBehaves({ secondsToComplete: 4, partialRate: 0, faultRate: 0 }))

describe('from signing up to an order that is done', () => {
  it('somebody signs up, staff credit them, and their order is delivered and charged to the last digit', async () => {
    const email = `${randomUUID().slice(0, 8)}@customer.test`
    const { page, complaints } = await browser.open(desktop)

    // They look at prices before anything else.
    await page.goto(at.site)
    await page.getByLabel('Search services').fill('post reach')
    await page.getByText('Post reach through sponsored stories, standard').first().waitFor()

    // They sign up, with the code from the mail.
    await page.getByRole('button', { name: 'Create an account' }).click()
    await page.getByLabel('Full name').fill('Robin Reader')
    await page.getByLabel('Email').fill(email)
    await page.getByLabel('Password', { exact: true }).fill('correct horse 7 battery')
    await page.getByRole('checkbox').check()
    await page.getByRole('button', { name: 'Create account' }).last().click()
    await page.getByRole('heading', { name: 'Type the code from the mail' }).waitFor()
    const code = await mailed(at.mailbox, email, sixDigits)
    // Pasted the way mail programs give it.
    await page.evaluate((text) => navigator.clipboard.writeText(text), `${code.slice(0, 3)} ${code.slice(3)}`)
    await page.getByLabel('Code').focus()
    await page.keyboard.press('Control+V')
    await page.getByRole('heading', { name: 'New order' }).waitFor()

    // Staff credit them in the console, with both factors.
    await creditInTheConsole(email, '25.00')

    // The balance comes to the page without a reload.
    await page.getByRole('link', { name: 'Wallet', exact: true }).click()
    await expect.poll(() => page.getByText('Paid by transfer').count(), { timeout: 35_000 }).toBe(1)
    await expect.poll(() => seen(page.getByLabel('Balance').first()), patiently).toContain('25.00 USD')

    // They order. The price is a sum they can follow, and the server's.
    const { serviceId, name } = await serviceNamed('Post reach through sponsored stories, standard')
    await page.getByRole('link', { name: 'New order' }).last().click()
    await page.getByPlaceholder('Search by name, number or category').fill('sponsored stories standard')
    await page
      .getByRole('option', { name: new RegExp(name) })
      .first()
      .click()
    await page.getByLabel('Link').fill('https://photos.example.com/p/Robin')
    await page.getByLabel('Quantity', { exact: true }).fill('1250')
    await page.getByRole('button', { name: 'Place order · 0.53125 USD' }).click()
    const receipt = page.getByRole('region', { name: 'Receipt' })
    await receipt.getByText(/Order \d+ placed/).waitFor()
    expect(page.url()).toContain(`service=${serviceId}`)
    // The next link can be typed at once.
    await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('name')), patiently).toBe('link')

    // It is delivered while they look on: nothing is reloaded, the row changes in place.
    await page.getByRole('link', { name: 'Orders', exact: true }).click()
    const row = page.getByRole('row', { name: /Post reach through sponsored stories/ })
    await expect.poll(() => seen(row), { timeout: 30_000 }).toContain('Completed')
    expect(await seen(row)).toContain('1,250 of 1,250')

    // The wallet shows the exact charge, and the balance it left.
    await page.getByRole('link', { name: 'Wallet', exact: true }).click()
    const entry = page.getByRole('row', { name: /Order \d+/ })
    await expect.poll(() => seen(entry), patiently).toContain('−0.53125')
    expect(await seen(entry)).toContain('24.46875')
    await entry.getByRole('link').click()
    await page.getByRole('dialog').getByText('Delivered in full.').waitFor()
    expect(complaints).toEqual([])
  })

  it('a key is shown once, opens the reseller protocol, and opens nothing after it was revoked', async () => {
    const { page, complaints } = await browser.open(phone)
    await page.goto(`${at.site}/sign-up`)
    const email = `${randomUUID().slice(0, 8)}@customer.test`
    await page.getByLabel('Full name').fill('Kim Keys')
    await page.getByLabel('Email').fill(email)
    await page.getByLabel('Password', { exact: true }).fill('correct horse 7 battery')
    await page.getByRole('checkbox').check()
    await page.getByRole('button', { name: 'Create account' }).last().click()
    await page.getByLabel('Code').fill(await mailed(at.mailbox, email, sixDigits))
    await page.getByRole('button', { name: 'More' }).click()
    await page.getByRole('dialog').getByRole('link', { name: 'API' }).click()

    await page.getByRole('button', { name: 'New key' }).click()
    await page.getByRole('textbox', { name: 'Name' }).fill('Shop robot')
    await page.getByRole('button', { name: 'Create key' }).click()
    const key = await seen(page.getByTestId('new-key'))
    const ask = async (): Promise<unknown> =>
      (await fetch(`${at.site}/api/v2`, { method: 'POST', body: new URLSearchParams({ key, action: 'balance' }) })).json()
    expect(await ask()).toEqual({ balance: '0.00', currency: 'USD' })

    await page.getByRole('button', { name: 'I have kept it' }).click()
    expect(await page.getByText(key).count()).toBe(0)
    await page.getByRole('button', { name: /^Actions for Shop robot/ }).click()
    await page.getByRole('menuitem', { name: 'Revoke' }).click()
    await page.getByRole('button', { name: 'Revoke key' }).click()
    await page.getByText(/Revoked just now/).waitFor()
    expect(await ask()).toEqual({ error: 'Invalid API key' })
    expect(complaints).toEqual([])
  })
})

async function creditInTheConsole(email: string, amount: string): Promise<void> {
  const [owner] = owners
  if (!owner) throw new Error('there is no owner')
  const { page, context, complaints } = await browser.open(desktop)
  await page.goto(`${at.console}/customers`)
  await page.getByLabel('Email').fill(owner.email)
  await page.getByLabel('Password', { exact: true }).fill(owner.password)
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByLabel('Code').fill(nextCode(owner.totpSecret))
  // Back to where they wanted to go.
  await page.getByRole('heading', { name: 'Find a customer' }).waitFor()
  await page.getByLabel('Email').fill(email)
  await page.getByRole('button', { name: 'Find' }).click()
  // Who it is shows after they said what they want to know it for.
  await page.getByRole('heading', { name: 'R••• R•••' }).waitFor()
  await page.getByRole('button', { name: 'Show who this is' }).click()
  await page.getByLabel('What for').selectOption('An order or a payment')
  await page.getByLabel('Reason, for the record').fill('A transfer under that name')
  await page.getByRole('button', { name: 'Show for 30 min' }).click()
  await page.getByRole('heading', { name: 'Robin Reader' }).waitFor()
  await page.getByText('You see the name, the email and the addresses').waitFor()
  await page.getByLabel('Amount, USD').fill(amount)
  await page.getByLabel('Memo, which the customer reads').fill('Paid by transfer')
  // What it will leave is shown before anything moves.
  expect(await seen(page.getByRole('region', { name: 'Credit or debit' }))).toMatch(/Balance after\s+25\.00 USD/)
  await page.getByRole('button', { name: 'Credit 25.00 USD' }).click()
  await page.getByText('25.00 USD is available now.').waitFor()
  await expect.poll(() => page.getByRole('row', { name: /Paid by transfer/ }).count(), patiently).toBe(1)
  // Being sent to the sign-in page is a 401 the browser notes by itself.
  expect(complaints.filter((text) => !text.includes('401'))).toEqual([])
  await context.close()
}
