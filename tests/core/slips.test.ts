import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { luhn, masked, slipsIn } from '../../core/privacy/slips.ts'

const isLikeAList = (numbers: readonly number[]): boolean =>
  numbers.every((one) => one % 10 === 0) || Math.max(...numbers) - Math.min(...numbers) < 500
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
    ['4111\u00a01111\u00a01111\u00a01111 by NBSP', '[card number removed] by NBSP'],
    ['4111  1111  1111  1111', '[card number removed]'],
    ['4111 1111  1111 1111, blanks of two lengths', '[card number removed], blanks of two lengths'],
    ['4111.1111.1111.1111.', '[card number removed].'],
    ['4111–1111–1111–1111', '[card number removed]'],
    ['4111 - 1111 - 1111 - 1111', '[card number removed]'],
    ['my card:\n4111 1111\n1111 1111\nthanks', 'my card:\n[card number removed]\nthanks'],
    ['4111\r\n1111\r\n1111\r\n1111', '[card number removed]'],
    ['４１１１ １１１１ １１１１ １１１１', '[card number removed]'],
    ['٤١١١ ١١١١ ١١١١ ١١١١', '[card number removed]'],
    ['41\u200b11 1111 11\u200d11 1111', '[card number removed]'],
    ['4111 1111 1111 1111 123 and 12/27', '[card number removed] 123 and 12/27'],
    ['card no.4111111111111111', 'card no.[card number removed]'],
    ['DE89-3704-0044-0532-0130-00', '[bank account removed]'],
    ['DE89\u00a03704\u00a00044\u00a00532\u00a00130\u00a000', '[bank account removed]'],
    ['DE89 37040044 0532013000', '[bank account removed]'],
    ['DE89 3704 0044\n0532 0130 00', '[bank account removed]'],
    ['pass: Tr0ub4dor', 'pass: [password removed]'],
    ['login bob pw: geheim', 'login bob pw: [password removed]'],
    ['pw：qwerty123', 'pw：[password removed]'],
    ['Password:\nhunter2\nthanks', 'Password:\n[password removed]\nthanks'],
    ['Password:\u00a0hunter2', 'Password:\u00a0[password removed]'],
    ['contrasen\u0303a: qwerty123', 'contrasen\u0303a: [password removed]'],
    [`key pk_${'aB3-_'.repeat(8)}xyz end`, 'key [API key removed] end'],
  ])('%s', (text, safe) => {
    expect(masked(text)).toBe(safe)
    expect(masked(safe)).toBe(safe)
  })

  const words = fc.stringMatching(/^[a-z ]{0,20}$/)
  /** How people part groups, and what their programs make of it. */
  const parted = fc.constantFrom('', ' ', '  ', '-', '.', '\n', '\u00a0', '\u2009', '\u2013', ' - ', '\u200b')
  const written = fc.constantFrom(
    (text: string) => text,
    (text: string) => text.replaceAll(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit))),
  )
  const figures = Array.from({ length: 10 }, (_, digit) => digit)

  test('any card number, in one piece or in fours, however they are parted, wherever it stands in a sentence', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^4\d{14}$/), words, words, parted, written, (body, before, after, between, as) => {
        const number = `${body}${figures.find((digit) => luhn(`${body}${digit}`))}`
        const groups = number.match(/\d{4}/g) ?? []
        // Four round amounts, or four order numbers near each other, are taken for what they nearly always are.
        fc.pre(between === '' || between === '\u200b' || !isLikeAList(groups.map(Number)))
        const card = as(groups.join(between))
        expect(masked(`${before} ${card} ${after}`)).toBe(`${before} [card number removed] ${after}`)
      }),
      { numRuns: 1_000 },
    )
  })

  test('any IBAN, in one piece or in fours, however they are parted', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\d{18}$/), words, parted, written, (account, after, between, as) => {
        const check = String(98n - (BigInt(`${account}131400`) % 97n)).padStart(2, '0')
        const iban = as((`DE${check}${account}`.match(/.{1,4}/g) ?? []).join(between))
        expect(masked(`to ${iban} ${after}`)).toBe(`to [bank account removed] ${after}`)
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
    'from 4000 5000 6000 7000 to 9000 followers',
    'a season pass: none left',
    'The orders pass: all of them',
    'the compass: north',
    'I changed my password:\nit says that it is wrong',
    'GB22 people have followed me since I ordered',
    'DE89 is a road, and DE89 3704 0044 0532 0130 01 has a wrong check',
  ])('%s', (text) => {
    expect(kinds(text)).toEqual([])
  })

  const lists = fc.constantFrom(', ', ' ', '  ', '\n', '\r\n', '\u00a0', ' - ', '.', ' / ')

  test('order numbers of every length there is, in a list', () => {
    const numbers = fc.array(fc.integer({ min: 10_000, max: 2_147_483_647 }), { minLength: 1, maxLength: 10 })
    fc.assert(
      fc.property(numbers, lists, (orders, between) => {
        expect(kinds(`Orders ${orders.join(between)}`)).toEqual([])
      }),
      { numRuns: 1_000 },
    )
  })

  test('order numbers of a young panel, which are as long as the groups of a card', () => {
    const offsets = fc.uniqueArray(fc.integer({ min: 0, max: 499 }), { minLength: 1, maxLength: 12 })
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9_500 }), offsets, lists, (first, later, between) => {
        expect(kinds(`Orders ${later.map((offset) => first + offset).join(between)}`)).toEqual([])
      }),
      { numRuns: 2_000 },
    )
  })

  test('amounts and quantities', () => {
    const tens = fc.array(fc.integer({ min: 1, max: 999_999 }), { minLength: 1, maxLength: 8 })
    const money = fc.array(fc.integer({ min: 1, max: 999_999_999_999 }), { minLength: 1, maxLength: 8 })
    fc.assert(
      fc.property(tens, money, lists, (some, amounts, between) => {
        expect(kinds(some.map((one) => one * 10).join(between))).toEqual([])
        expect(kinds(amounts.map((one) => (one / 100).toFixed(2)).join(', '))).toEqual([])
        expect(kinds(amounts.map((one) => one.toLocaleString('de')).join(', '))).toEqual([])
        expect(kinds(amounts.map((one) => one.toLocaleString('en')).join(' '))).toEqual([])
      }),
      { numRuns: 1_000 },
    )
  })

  test('a long text is read in its time, whatever it is made of', () => {
    for (const piece of ['a.', '1 ', 'de12 ', 'pass: ', '٤'])
      expect(masked(piece.repeat(200_000 / piece.length)).length).toBeGreaterThan(0)
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
