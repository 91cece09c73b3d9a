import { describe, expect, test } from 'vitest'
import type { Reply } from '../../local/demo/browser.ts'
import { at, browser, newStaff, ownersConsole, until } from './people.ts'

const codeOf = ({ body }: Reply): string | undefined => (body['error'] as { code?: string } | undefined)?.code

describe('display currencies', () => {
  test('are set by finance with a reason, told to everybody, and on record with what they were before', async () => {
    const finance = await newStaff('finance')
    const now = async () => (await finance.call('GET', '/api/admin/currencies')).body
    const set = async (rates: object, seen: unknown, memo = 'for a test') =>
      finance.call('PUT', '/api/admin/currencies', { rates, seen, memo })
    const first = [{ currency: 'EUR', rate: '0.92' }]
    expect((await set(first, (await now())['changedAt'])).status).toBe(200)
    const { changedAt } = await now()
    const rates = [...first, { currency: 'BRL', rate: '5.43210001' }]
    expect((await set(rates, changedAt)).status).toBe(200)
    // Who saw them as they were before changes nothing.
    expect(codeOf(await set([], changedAt))).toBe('changed-meanwhile')
    expect(codeOf(await set([], undefined))).toBe('changed-meanwhile')
    await until(async () => {
      const { body } = await browser(at.site).call('GET', '/api/currencies')
      return JSON.stringify(body['rates']) === JSON.stringify(rates) ? true : undefined
    }, 'the rates’ publication')
    const { body } = await (await ownersConsole()).call('GET', '/api/admin/audit')
    const records = JSON.stringify(body['rows'])
    expect(records).toContain('"admin.set-currencies"')
    expect(records).toContain('"BRL":"5.43210001"')
  })

  test.each([
    ['a rate of nothing', [{ currency: 'EUR', rate: '0.00' }]],
    ['a negative rate', [{ currency: 'EUR', rate: '-1' }]],
    ['a rate that is no plain decimal', [{ currency: 'EUR', rate: '1e3' }]],
    ['a currency that is none', [{ currency: '<b>', rate: '1' }]],
    [
      'a currency twice',
      [
        { currency: 'EUR', rate: '1' },
        { currency: 'EUR', rate: '2' },
      ],
    ],
    [
      'more than anybody chooses from',
      Array.from({ length: 31 }, (_, n) => ({
        currency: `A${String.fromCharCode(65 + (n % 26))}${n < 26 ? 'A' : 'B'}`,
        rate: '1',
      })),
    ],
  ])('with %s are refused', async (_, rates) => {
    const reply = await (await ownersConsole()).call('PUT', '/api/admin/currencies', { rates, memo: 'for a test' })
    expect(codeOf(reply)).toBe('invalid-request')
  })
})
