import { describe, expect, test } from 'vitest'
import { mailAbout, mailsTo } from './mailbox.ts'
import { at, browser, newCustomer, signIn } from './people.ts'

const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'
const newerFirefox = firefox.replaceAll('140.0', '141.0')
const safari =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605 (KHTML, like Gecko) Version/19.0 Safari/604.1'

const device = (name: string) => browser(at.site, { 'user-agent': name })

const about = /^A new device signed in at Panel$/
/** The texts of this many mails about new devices, waited for. */
async function alarmed(email: string, count: number): Promise<string[]> {
  await mailAbout(email, about, count)
  return (await mailsTo(email)).filter(({ subject }) => about.test(subject)).map(({ text }) => text)
}

describe('a sign-in', () => {
  test('from a device the account was not used with before is told by mail: which, when, and from where', async () => {
    const { email, password } = await newCustomer()
    await signIn(at.site, { email, password }, device(firefox))
    const [text] = await alarmed(email, 1)
    expect(text).toContain('Device: Firefox on Linux')
    expect(text).toMatch(/Time: \d{1,2} \w+ 20\d\d at \d\d:\d\d UTC/)
    expect(text).toMatch(/Address: (127\.0\.0\.1|::1)/)
  })

  test('the very first is no alarm, nor is one from a known device, be it updated or not', async () => {
    const { email, password } = await newCustomer()
    await signIn(at.site, { email, password }, device(firefox))
    await alarmed(email, 1)
    await signIn(at.site, { email, password })
    await signIn(at.site, { email, password }, device(firefox))
    await signIn(at.site, { email, password }, device(newerFirefox))
    // Mails keep their order closely enough: what came before this one would be there by now.
    await signIn(at.site, { email, password }, device(safari))
    expect((await alarmed(email, 2)).map((text) => /Device: (.*)/.exec(text)?.[1])).toEqual([
      'Firefox on Linux',
      'Safari on iPhone',
    ])
  })

  test('is told of although its session is ended at once, without the address that is gone with it', async () => {
    const { page, email, password } = await newCustomer()
    await signIn(at.site, { email, password }, device(safari))
    await page.call('DELETE', '/api/sessions')
    const [text] = await alarmed(email, 1)
    expect(text).toContain('Device: Safari on iPhone')
  })

  test('with a wrong password makes no device known and tells nobody', async () => {
    const { email, password } = await newCustomer()
    await device(firefox).call('POST', '/api/session', { email, password: 'not the password 1' })
    await signIn(at.site, { email, password }, device(safari))
    await alarmed(email, 1)
    await signIn(at.site, { email, password }, device(firefox))
    expect((await alarmed(email, 2))[1]).toContain('Firefox on Linux')
  })

  test('that calls itself by a name of its own is kept by what kind it is, and not by that name', async () => {
    const { page } = await newCustomer()
    const { rows } = (await page.call('GET', '/api/sessions')).body as { rows: { device: string }[] }
    expect(rows.map((session) => session.device)).toEqual(['A program'])
  })
})
