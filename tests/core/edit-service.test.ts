import { describe, expect, test } from 'vitest'
import { edited, isChanged, matches, needsMemo, type RateChange, type ServiceChange } from '../../core/catalogue/edit.ts'
import type { Service } from '../../core/catalogue/service.ts'
import { staffId } from '../../core/ids.ts'
import { rate } from '../../core/money.ts'
import { aService } from '../fixtures/service.ts'

const now = new Date('2026-11-22T10:00:00.000Z')
const by = staffId('editor')
const rules = { sellUnattested: false }
const edit = (change: ServiceChange, over: Partial<Service> = {}) => edited(aService(over), change, by, now, rules)

describe('a price', () => {
  const step = 100n
  test.each<[string, RateChange, bigint]>([
    ['is set', { how: 'set', to: rate(1_234_567n), step: 1n }, 1_234_567n],
    ['is rounded up, never down', { how: 'set', to: rate(1_234_501n), step }, 1_234_600n],
    ['is raised by per cent', { how: 'percent', basisPoints: 1_250, step }, 1_125_000n],
    ['is lowered by per cent', { how: 'percent', basisPoints: -1_000, step }, 900_000n],
    ['is raised by an amount', { how: 'add', amount: 30_001n, step }, 1_030_100n],
    ['is lowered by an amount', { how: 'add', amount: -100_000n, step }, 900_000n],
    ['follows from the provider’s', { how: 'mark-up', basisPoints: 5_000, fixed: rate(10_000n), step }, 760_000n],
    ['ends in a whole cent where that is wanted', { how: 'percent', basisPoints: 1, step: 10_000n }, 1_010_000n],
  ])('%s', (_, change, after) => {
    const { next, problems } = edit({ rate: change })
    expect(next.rate).toBe(after)
    expect(problems).toEqual([])
    expect(next.byHand).toEqual(['rate'])
  })

  test.each<[string, RateChange, string[]]>([
    ['nothing', { how: 'set', to: rate(0n), step }, ['rate-not-a-price']],
    ['less than nothing', { how: 'add', amount: -1_000_000n, step }, ['rate-not-a-price']],
    ['less than it costs', { how: 'percent', basisPoints: -5_001, step: 1n }, ['below-cost']],
    ['a fortune', { how: 'set', to: rate(1_000_000_000_001n), step: 1n }, ['rate-too-high']],
  ])('of %s is refused', (_, change, problems) => {
    expect(edit({ rate: change }).problems).toEqual(problems)
  })

  test('may be what it costs, to the unit', () => {
    expect(edit({ rate: { how: 'set', to: rate(500_000n), step: 1n } }).problems).toEqual([])
  })
})

describe('a change', () => {
  test('tells what differs, before and after, and nothing else', () => {
    const { before, after } = edit({ min: 10, max: 100_000, cancel: true })
    expect(before).toEqual({ min: 1, cancel: false, byHand: '' })
    expect(after).toEqual({ min: 10, cancel: true, byHand: 'min max cancel' })
  })

  test('to what is there already changes nothing', () => {
    expect(isChanged(edit({ enabled: true, linkPattern: 'any', origin: 'advertising', sort: 0 }))).toBe(false)
  })

  test('of bounds that would cross is refused, even where one of them is left alone', () => {
    expect(edit({ min: 200_000 }).problems).toEqual(['bounds-crossed'])
    expect(edit({ min: 10, max: 5 }).problems).toEqual(['bounds-crossed'])
  })

  test('to a name of reviews is refused', () => {
    expect(edit({ name: 'Google reviews' }).problems).toEqual(['sells-reviews'])
  })

  test('of the origin says who attests it, and when; taken back, nobody does', () => {
    expect(edit({ origin: 'influencer' }, { origin: 'unattested' }).next).toMatchObject({
      origin: 'influencer',
      attested: { by, at: now },
    })
    expect(edit({ origin: 'unattested' }).next.attested).toBeUndefined()
  })

  test('is taken back from the hand: the next import decides again', () => {
    const { next } = edit({ follow: ['rate'], min: 5 }, { byHand: ['rate', 'max'] })
    expect(next.byHand).toEqual(['min', 'max'])
  })

  test.each<[string, ServiceChange, Partial<Service>, string[]]>([
    ['bounds beyond the provider’s', { max: 200_000 }, {}, ['bounds-wider-than-provider']],
    ['a refill that the provider does not offer', { refillDays: 30 }, {}, ['provider-does-not-refill']],
    [
      'a cancellation and runs that it does not offer',
      { cancel: true, dripFeed: true },
      {},
      ['provider-does-not-cancel', 'provider-does-not-drip-feed'],
    ],
    ['enabling what nobody attested', { enabled: true }, { enabled: false, origin: 'unattested' }, ['stays-unsold']],
    ['nothing at all', { enabled: false, denyDuplicates: true }, {}, []],
  ])('warns of %s', (_, change, over, warnings) => {
    expect(edit(change, over).warnings).toEqual(warnings)
  })

  test('of prices and origins has to be explained', () => {
    expect([
      needsMemo({ rate: { how: 'set', to: rate(1n), step: 1n } }),
      needsMemo({ origin: 'advertising' }),
      needsMemo({ enabled: false, min: 3 }),
    ]).toEqual([true, true, false])
  })
})

test.each([
  [{ text: 'follow 1' }, true],
  [{ text: 'views' }, false],
  [{ categoryId: 'social', providerId: 'provider', type: 'Default', origin: 'advertising', enabled: true, sold: true }, true],
  [{ categoryId: 'other' }, false],
  [{ providerId: 'other' }, false],
  [{ type: 'Package' }, false],
  [{ origin: 'unattested' }, false],
  [{ enabled: false }, false],
  [{ sold: false }, false],
] as const)('a service is found by %o: %s', (filter, found) => {
  expect(matches(aService(), filter, rules)).toBe(found)
})
