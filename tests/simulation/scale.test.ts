import { expect, test } from 'vitest'
import { oneWallet } from '../bench/one-wallet.ts'
import { round } from '../bench/polling.ts'

test('10,000 open orders take a hundred calls, and at most one more for each provider; only what changed is written', async () => {
  const { calls, writeUnits, indexUnits } = await round(7, 0.01)
  expect(calls).toBeLessThanOrEqual(107)
  // 100 orders, and each provider’s line once.
  expect(writeUnits).toBeLessThanOrEqual(107)
  expect(indexUnits).toBe(100)
})

test('one wallet takes 25 orders a second for a minute: none lost, none refused, three tries at most for 99 in a hundred', async () => {
  const { asked, accepted, refused, failed, p99Tries, booksWrong } = await oneWallet()
  expect({ accepted, refused, failed, booksWrong }).toEqual({ accepted: asked, refused: 0, failed: 0, booksWrong: [] })
  expect(p99Tries).toBeLessThanOrEqual(3)
})
