import fc from 'fast-check'
import { expect, test } from 'vitest'
import { orderId } from '../../core/ids.ts'
import { drawerOf, gradeFor, grades, leastInADrawer, readCards, writeCards } from '../../core/orders/cards.ts'

const someCard = fc.record({
  bits: fc.integer({ min: 0, max: 2 ** 24 - 1 }),
  orderId: fc.integer({ min: 1, max: 2 ** 32 - 1 }).map(orderId),
  acceptedAt: fc.date({ min: new Date('2020-01-01'), max: new Date('2200-01-01'), noInvalidDate: true }),
})

test('of all cards that were written, those with the bits looked for are read, to the millisecond, and no others', () => {
  fc.assert(
    fc.property(fc.array(someCard, { minLength: 1, maxLength: 60 }), fc.nat(), (cards, pick) => {
      const bits = cards[pick % cards.length]?.bits ?? 0
      expect(readCards(writeCards(cards), bits)).toEqual(cards.filter((card) => card.bits === bits))
    }),
  )
})

test('cards are read out of the middle of other bytes, as a client of the table may hand them over', () => {
  const card = { bits: 0xabcdef, orderId: orderId(81_123), acceptedAt: new Date('2026-11-22T10:00:00.123Z') }
  const around = new Uint8Array([9, ...writeCards([card]), 9])
  expect(readCards(around.subarray(1, -1), card.bits)).toEqual([card])
})

test('whoever knows the bits of a card knows its drawer in every grade, and a grade has no more drawers than it says', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 24 - 1 }), (bits) => {
      for (const grade of grades) {
        expect(drawerOf(bits, grade)).toBe(Math.floor(bits / 2 ** (24 - grade)))
        expect(drawerOf(bits, grade)).toBeLessThan(2 ** grade)
      }
    }),
  )
})

test('a drawer gets enough cards for a write to be shared by many, however many are filed together', () => {
  expect([0, 47, 1_000, 16_384].map(gradeFor)).toEqual([0, 0, 4, 8])
  fc.assert(
    fc.property(fc.integer({ min: 192, max: 16_384 }), (count) => {
      expect(count / 2 ** gradeFor(count)).toBeGreaterThanOrEqual(leastInADrawer)
    }),
  )
})
