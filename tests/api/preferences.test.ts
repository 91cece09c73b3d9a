import { describe, expect, test } from 'vitest'
import type { Reply } from '../../local/demo/browser.ts'
import { newPassword } from '../../local/demo/people.ts'
import { mailAbout } from './mailbox.ts'
import { at, browser, newCustomer, signIn } from './people.ts'

const codeOf = ({ body }: Reply): string | undefined => (body['error'] as { code?: string } | undefined)?.code
const first = { language: 'en', theme: 'auto', announcements: true, ticketMails: true, changes: false }

describe('preferences', () => {
  test('are the account’s, so that every browser has them', async () => {
    const { page, email, password } = await newCustomer()
    expect((await page.call('GET', '/api/me')).body['preferences']).toEqual(first)
    const chosen = { language: 'de', theme: 'dark', currency: 'EUR', announcements: false, ticketMails: false, changes: true }
    expect((await page.call('PUT', '/api/me/preferences', chosen)).status).toBe(200)
    const other = await signIn(at.site, { email, password })
    expect((await other.call('GET', '/api/me')).body['preferences']).toEqual(chosen)
    await page.call('PUT', '/api/me/preferences', first)
    expect((await other.call('GET', '/api/me')).body['preferences']).toEqual(first)
  })

  test.each([
    ['a language that mails are not written in', { language: 'xx' }],
    ['a theme there is not', { theme: 'pink' }],
    ['a currency that is none', { currency: 'euro' }],
    ['no answer about announcements', { announcements: undefined }],
  ])('with %s are refused, and stay as they were', async (_, over) => {
    const { page } = await newCustomer()
    expect(codeOf(await page.call('PUT', '/api/me/preferences', { ...first, ...over }))).toBe('invalid-request')
    expect((await page.call('GET', '/api/me')).body['preferences']).toEqual(first)
  })

  test.each([
    ['de', /^Anmeldung mit einem neuen Gerät/, /Gerät: Firefox on Linux\nZeit: \d+\. \S+ \d{4}/, /^Ihr Passwort/],
    ['es', /^Un dispositivo nuevo/, /Dispositivo: Firefox on Linux\nHora: \d+ de \S+ de \d{4}/, /^Se ha cambiado su contraseña/],
  ])(
    'say in which language mails come: %s; and those about the account’s safety come in any case',
    async (language, device, words, changed) => {
      const { page, email, password } = await newCustomer()
      await page.call('PUT', '/api/me/preferences', { language, theme: 'auto', announcements: false })
      const firefox = browser(at.site, { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0' })
      await signIn(at.site, { email, password }, firefox)
      expect((await mailAbout(email, device)).text).toMatch(words)
      await page.call('PUT', '/api/me/password', { current: password, password: newPassword() })
      await mailAbout(email, changed)
    },
  )
})
