import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { luhn, masked, slipsIn } from '../../core/privacy/slips.ts'

const kinds = (text: string) => slipsIn(text).map(({ kind }) => kind)

describe('P-COL-4: what nobody should keep is found in free text', () => {
  test.each([
    ['my card is 4111 1111 1111 1111, please', 'my card is [card number removed], please'],
    ['4111111111111111', '[card number removed]'],
    ['Amex 3782 822463 10005.', 'Amex [card number removed].'],
    ['5500-0000-0000-0004', '[card number removed]'],
    ['IBAN DE89 3704 0044 0532 0130 00 thanks', 'IBAN [bank account removed] thanks'],
    ['gb82west12345698765432', '[bank account removed]'],
    ['to FR1420041010050500013M02606 today', 'to [bank account removed] today'],
    ['password: hunter2', 'password: [password removed]'],
    ['My password is Sommer2024!', 'My password is [password removed]'],
    ['login bob / Passwort: geheim', 'login bob / Passwort: [password removed]'],
    ['contraseña = "Clave.9"', 'contraseña = "[password removed]"'],
    ['пароль: qwerty123', 'пароль: [password removed]'],
    [`key pk_${'aB3-_'.repeat(8)}xyz end`, 'key [API key removed] end'],
  ])('%s', (text, safe) => {
    expect(masked(text)).toBe(safe)
    expect(masked(safe)).toBe(safe)
  })

  test('any card number, in one piece or in fours, wherever it stands in a sentence', () => {
    const words = fc.stringMatching(/^[a-z ]{0,20}$/)
    fc.assert(
      fc.property(fc.stringMatching(/^4\d{14}$/), words, words, fc.constantFrom('', ' ', '-'), (body, before, after, between) => {
        const last = Array.from({ length: 10 }, (_, digit) => digit).find((digit) => luhn(`${body}${digit}`))
        const card = `${body}${last}`.replaceAll(/\d{4}(?=\d)/g, `$&${between}`)
        const safe = masked(`${before} ${card} ${after}`)
        expect(safe).not.toContain(card)
        expect(safe).toBe(`${before} [card number removed] ${after}`)
      }),
    )
  })

  test('a masked text is masked once, and what is no slip is not touched', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
        const safe = masked(text)
        expect(masked(safe)).toBe(safe)
        if (slipsIn(text).length === 0) expect(safe).toBe(text)
      }),
    )
  })
})

describe('what a shop’s tickets are full of is left alone', () => {
  test.each([
    'Order 23501 is stuck',
    'Orders 10023501, 10023502 and 10023503 did not start',
    '23501 23502 23503 23504 23505',
    'https://www.facebook.com/4111111111111111',
    'photo.network/p/4111111111111111',
    'https://www.tiktok.com/@somebody/video/7234567890123456789',
    'x.com/somebody/status/1234567890123456789',
    'I forgot my password and cannot sign in',
    'My password is wrong, it says',
    'the password: not accepted',
    'password reset does not work',
    'password: https://photo.network/reset',
    'Telephone +49 170 1234567, or 0049 170 1234567',
    'reference 4111-1111-1111-1112',
    '2026-11-28 02:01:32, 1500 followers at 1.26 USD',
    '1,000,000,000,000,000 views',
    'DE89 is a road, and DE89 3704 0044 0532 0130 01 has a wrong check',
  ])('%s', (text) => {
    expect(kinds(text)).toEqual([])
  })

  test('order numbers of every length there is, in a list', () => {
    const numbers = fc.array(fc.integer({ min: 1, max: 2_147_483_647 }), { minLength: 1, maxLength: 10 })
    fc.assert(
      fc.property(numbers, (orders) => {
        expect(kinds(`Orders ${orders.join(', ')}`)).toEqual([])
      }),
    )
  })

  test('links, whatever digits they bear', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\d{13,19}$/), (id) => {
        const text = `see https://video.social/watch/${id}?v=${id} please`
        expect(masked(text)).toBe(text)
      }),
    )
  })
})
