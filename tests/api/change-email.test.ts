import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { Browser, Reply } from '../../local/demo/browser.ts'
import { sixDigits } from '../../local/demo/mailbox.ts'
import { newPassword } from '../../local/demo/people.ts'
import { mailAbout, mailsTo } from './mailbox.ts'
import { at, browser, newCustomer, ownersConsole, signIn } from './people.ts'
import { everything } from './table.ts'

const codeOf = ({ body }: Reply): string | undefined => (body['error'] as { code?: string } | undefined)?.code
const newAddress = (): string => `${randomUUID().slice(0, 8)}@new.test`
const wrong = (code: string): string => (code === '000000' ? '000001' : '000000')

const ask = (page: Browser, email: string, password: string) => page.call('PUT', '/api/me/email', { email, password })
const confirm = (page: Browser, code: string) => page.call('POST', '/api/me/email/confirm', { code })
const mailedCode = async (email: string, number = 1): Promise<string> =>
  sixDigits.exec((await mailAbout(email, /^Your code for/, number)).text)?.[1] ?? ''

describe('the email of an account', () => {
  test('is changed with the password and a code mailed to the new address; both addresses are told', async () => {
    const { page, email, password, customerId } = await newCustomer()
    const wanted = newAddress()
    expect((await ask(page, wanted, password)).status).toBe(202)
    expect((await mailAbout(email, /wants another email/)).text).toContain(wanted)
    expect((await page.call('GET', '/api/me')).body['email']).toBe(email)
    expect((await confirm(page, await mailedCode(wanted))).status).toBe(200)

    expect((await page.call('GET', '/api/me')).body['email']).toBe(wanted)
    await signIn(at.site, { email: wanted, password })
    expect(codeOf(await browser(at.site).call('POST', '/api/session', { email, password }))).toBe('credentials-invalid')
    for (const address of [email, wanted]) expect((await mailAbout(address, /was changed/)).text).toContain(`is ${wanted}`)
    const found = await (await ownersConsole()).call('POST', '/api/admin/customers/find', { email: wanted })
    expect(found.body['customerId']).toBe(customerId)
    // The password is still changed by who has it, and a forgotten one goes to the new address.
    await page.call('PUT', '/api/me/password', { current: password, password: newPassword() })
    expect((await mailAbout(wanted, /^Your password/)).text).toContain('was changed')
    expect((await mailsTo(email)).filter(({ subject }) => subject.startsWith('Your password'))).toEqual([])
  })

  test('stays as it is without the password, with a wrong code, and with the same address', async () => {
    const { page, email, password } = await newCustomer()
    expect(codeOf(await ask(page, newAddress(), 'not the password 1'))).toBe('password-wrong')
    expect(codeOf(await ask(page, email.toUpperCase(), password))).toBe('email-same')
    expect(codeOf(await confirm(page, '123456'))).toBe('code-invalid')
    const wanted = newAddress()
    await ask(page, wanted, password)
    expect(codeOf(await confirm(page, wrong(await mailedCode(wanted))))).toBe('code-invalid')
    expect((await page.call('GET', '/api/me')).body['email']).toBe(email)
  })

  test('has five tries for a code, also when they come at once; then not even the right one is taken', async () => {
    const { page, email, password } = await newCustomer()
    const wanted = newAddress()
    await ask(page, wanted, password)
    const code = await mailedCode(wanted)
    await Promise.all(Array.from({ length: 12 }, () => confirm(page, wrong(code))))
    expect(codeOf(await confirm(page, code))).toBe('code-invalid')
    expect((await page.call('GET', '/api/me')).body['email']).toBe(email)
  })

  test('is not changed by a code that was mailed for another wish, nor by another account’s', async () => {
    const [one, other] = [await newCustomer(), await newCustomer()]
    const [first, second] = [newAddress(), newAddress()]
    await ask(one.page, first, one.password)
    const stale = await mailedCode(first)
    await ask(one.page, second, one.password)
    const fresh = await mailedCode(second)
    if (stale !== fresh) expect(codeOf(await confirm(one.page, stale))).toBe('code-invalid')
    await ask(other.page, newAddress(), other.password)
    expect(codeOf(await confirm(other.page, fresh))).toBe('code-invalid')
    expect((await confirm(one.page, fresh)).status).toBe(200)
    expect((await one.page.call('GET', '/api/me')).body['email']).toBe(second)
    expect(codeOf(await confirm(one.page, fresh))).toBe('code-invalid')
  })

  test('is changed once by two who confirm at once, and goes to one of two accounts that want the same', async () => {
    const [one, other] = [await newCustomer(), await newCustomer()]
    const wanted = newAddress()
    await ask(one.page, wanted, one.password)
    const oneCode = await mailedCode(wanted)
    await ask(other.page, wanted, other.password)
    const otherCode = await mailedCode(wanted, 2)
    const answers = await Promise.all([
      confirm(one.page, oneCode),
      confirm(one.page, oneCode),
      confirm(other.page, otherCode),
      confirm(other.page, otherCode),
    ])
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    const emails = await Promise.all([one, other].map(async ({ page }) => (await page.call('GET', '/api/me')).body['email']))
    expect(emails.filter((email) => email === wanted)).toHaveLength(1)
  })

  test('that somebody has already is answered as a free one is; only its owner is told', async () => {
    const [one, holder] = [await newCustomer(), await newCustomer()]
    const free = await ask(one.page, newAddress(), one.password)
    const held = await ask(one.page, holder.email, one.password)
    expect(held).toEqual(free)
    expect((await mailAbout(holder.email, /^You already have an account/)).text).toContain('another account')
    expect((await mailsTo(holder.email)).filter(({ subject }) => subject === 'Your code for Panel')).toHaveLength(0)
    expect(codeOf(await confirm(one.page, '123456'))).toBe('code-invalid')
    await signIn(at.site, holder)
  })

  test('is not blocked by a sign-up that was never confirmed', async () => {
    const { page, password } = await newCustomer()
    const wanted = newAddress()
    const squatter = { fullName: 'S', email: wanted, password: newPassword(), acceptedTerms: 1 }
    await browser(at.site).call('POST', '/api/sign-up', squatter)
    await ask(page, wanted, password)
    expect((await confirm(page, await mailedCode(wanted))).status).toBe(200)
    expect((await page.call('GET', '/api/me')).body['email']).toBe(wanted)
    expect(codeOf(await browser(at.site).call('POST', '/api/session', squatter))).toBe('credentials-invalid')
  })

  test('has its code in the mail and nowhere else', async () => {
    const { page, password, customerId } = await newCustomer()
    const wanted = newAddress()
    await ask(page, wanted, password)
    const code = await mailedCode(wanted)
    const kept = (await everything()).filter(({ pk }) => pk === `EMAIL-CHANGE#${customerId}`)
    expect(kept).toHaveLength(1)
    expect(JSON.stringify(kept)).not.toContain(code)
  })
})
