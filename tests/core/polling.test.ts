import { expect, test } from 'vitest'
import { dueSpans } from '../../core/orders/polling.ts'

const minute = 60_000
const start = Date.parse('2026-11-22T00:00:00Z')

/** How often an order accepted at `start` is asked about in the minutes from `from` to `to` of its age. */
function asked(from: number, to: number): number {
  let times = 0
  for (let age = from; age < to; age++) {
    const now = new Date(start + age * minute)
    for (const span of dueSpans(now)) if (span.from.getTime() <= start && start < span.to.getTime()) times++
  }
  return times
}

test('a young order is asked about every minute, exactly once a minute', () => {
  expect(asked(0, 15)).toBe(15)
})

test('the older an order, the rarer it is asked about, and it is never forgotten', () => {
  expect(asked(15, 120)).toBe(21)
  expect(asked(24 * 60, 48 * 60)).toBe(24)
  expect(asked(40 * 24 * 60, 45 * 24 * 60)).toBe(5)
})

test('fifty polls bring an order through its first three and a half hours', () => {
  expect(asked(0, 210)).toBeLessThanOrEqual(50)
})
