import { expect, test } from 'vitest'
import { converted } from '../../site/shared/amounts.ts'

test.each([
  ['20.00', '0.9', '18.000000'],
  ['1.45', '0.9', '1.310000'],
  ['-1.45', '0.9', '-1.310000'],
  ['0.083', '1.1', '0.091000'],
  ['0.000123', '0.5', '0.000062'],
  ['0', '5.4321', '0.000000'],
  ['999999999.999999', '12345.67890123', '12345678901229.990000'],
  ['100', '151', '15100.000000'],
])('%s at %s is about %s: two decimals, or two digits that tell', (amount, rate, about) => {
  expect(converted(amount, rate)).toBe(about)
})
