import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatMoney, money, parseMoney, priceOf, rate, shareOf } from '../../core/money.ts'

const amounts = fc.bigInt({ min: 0n, max: 10n ** 18n - 1n }).map(money)
const quantities = fc.integer({ min: 1, max: 10_000_000 })
const rates = fc.bigInt({ min: 1n, max: 10n ** 12n }).map(rate)

test('what is printed can be read back to the last unit', () => {
  fc.assert(fc.property(amounts, (amount) => parseMoney(formatMoney(amount)) === amount))
})

test('money is printed as a plain decimal with two to six decimals', () => {
  expect(formatMoney(money(0n))).toBe('0.00')
  expect(formatMoney(money(1n))).toBe('0.000001')
  expect(formatMoney(money(1_500_000n))).toBe('1.50')
  expect(formatMoney(money(278_190n))).toBe('0.27819')
  expect(formatMoney(money(-999_964_000_000n))).toBe('-999964.00')
})

test('only a plain decimal is money', () => {
  for (const text of ['', '1,5', '1.', '.5', '1e3', '-1', '+1', ' 1', '0x1', '1.1234567', '1234567890123', 'NaN', '١'])
    expect(parseMoney(text), text).toBeUndefined()
  expect(parseMoney('0.1')).toBe(100_000n)
})

test('the smallest order costs at least one unit, and no order costs less than its rate', () => {
  expect(priceOf(rate(1n), 1)).toBe(1n)
  fc.assert(fc.property(rates, quantities, (per1000, quantity) => priceOf(per1000, quantity) * 1000n >= per1000 * BigInt(quantity)))
})

test('rounding up costs less than one unit', () => {
  fc.assert(
    fc.property(rates, quantities, (per1000, quantity) => priceOf(per1000, quantity) * 1000n - per1000 * BigInt(quantity) < 1000n),
  )
})

test('a refund and what is kept add up to the charge, and a refund never exceeds its share', () => {
  fc.assert(
    fc.property(amounts, quantities, fc.nat(), (charge, quantity, some) => {
      const remains = some % (quantity + 1)
      const refund = shareOf(charge, remains, quantity)
      expect(refund * BigInt(quantity)).toBeLessThanOrEqual(charge * BigInt(remains))
      expect(refund).toBeLessThanOrEqual(charge)
      expect(shareOf(charge, quantity, quantity)).toBe(charge)
    }),
  )
})
