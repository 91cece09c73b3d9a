import { describe, expect, test } from 'vitest'
import { parity } from '../../core/catalogue/exchange.ts'
import { gone, refreshed } from '../../core/catalogue/from-provider.ts'
import { providerId, providerServiceId, serviceId, taskId } from '../../core/ids.ts'
import { rate } from '../../core/money.ts'
import type { OfferedService } from '../../core/protocol/provider-services.ts'
import { synced } from '../../core/providers/bring.ts'
import type { Offer } from '../../core/providers/offer.ts'
import { compared, nextSync, syncSteps, usualSync } from '../../core/providers/sync.ts'
import { aService } from '../fixtures/service.ts'

const now = new Date('2026-11-22T10:00:00.000Z')
const provider = providerId('provider')
const row = (id: number | string, more: Partial<OfferedService> = {}): OfferedService => ({
  providerServiceId: providerServiceId(String(id)),
  name: 'Followers',
  type: 'Default',
  category: 'Social',
  rate: rate(500_000n),
  min: 1,
  max: 100_000,
  refill: false,
  cancel: false,
  dripFeed: false,
  description: '',
  ...more,
})
const offer = (ids: readonly number[]): Offer => ({ taskId: taskId('t'), at: now, rows: ids.map((id) => row(id)), broken: [] })
const upTo = (size: number): number[] => Array.from({ length: size }, (_, index) => index + 1)
const known = (size: number) => new Map(upTo(size).map((id) => [providerServiceId(String(id)), serviceId(id)]))

describe('its turn', () => {
  const hoursAfter = (at: Date | undefined): number => ((at?.getTime() ?? Number.NaN) - now.getTime()) / 3_600_000
  test('comes after the interval, up to a tenth of it later, and always at the same moment', () => {
    for (const everyHours of [1, 6, 24] as const) {
      const turns = upTo(50).map((id) => nextSync(providerId(`p${id}`), everyHours, now))
      for (const turn of turns) {
        expect(hoursAfter(turn)).toBeGreaterThanOrEqual(everyHours)
        expect(hoursAfter(turn)).toBeLessThanOrEqual(everyHours * 1.1)
      }
      expect(new Set(turns.map((turn) => turn?.getTime())).size).toBeGreaterThan(40)
      expect(nextSync(provider, everyHours, now)).toEqual(nextSync(provider, everyHours, now))
    }
  })
  test('does not come where it is off, and comes within the hour after an answer that was none', () => {
    expect(nextSync(provider, 0, now)).toBeUndefined()
    expect(hoursAfter(nextSync(provider, 24, now, 'no-answer'))).toBeLessThanOrEqual(1.1)
    expect(hoursAfter(nextSync(provider, 24, now, 'vanished'))).toBeGreaterThanOrEqual(24)
    expect(usualSync).toEqual({ everyHours: 24, jump: { up: 50, down: 50 } })
  })
})

describe('an answer', () => {
  test('is taken for the truth up to a fifth that vanished, and not beyond', () => {
    expect(compared(offer(upTo(80)), known(100), 0)).toMatchObject({ doubt: undefined, vanished: { length: 20 } })
    expect(compared(offer(upTo(79)), known(100), 0)).toMatchObject({ doubt: 'vanished', vanished: { length: 21 } })
  })
  test('that is empty is never, unless it was agreed to', () => {
    expect(compared(offer([]), known(3), 0).doubt).toBe('empty')
    expect(compared(offer([]), known(3), 3).doubt).toBeUndefined()
    expect(compared(offer([]), known(4), 3).doubt).toBe('empty')
    expect(compared(offer([]), new Map(), 0).doubt).toBeUndefined()
  })
  test('takes no more than was agreed to', () => {
    expect(compared(offer(upTo(50)), known(100), 50).doubt).toBeUndefined()
    expect(compared(offer(upTo(49)), known(100), 50).doubt).toBe('vanished')
  })
  test('adds nothing, and leaves what vanished alone while it is in doubt', () => {
    const kinds = (takeGone: boolean) => syncSteps(offer([1, 2, 7, 8]), known(3), takeGone).map(({ kind }) => kind)
    expect(kinds(true)).toEqual(['offered', 'offered', 'gone'])
    expect(kinds(false)).toEqual(['offered', 'offered'])
  })
})

describe('a service that is synced', () => {
  const markUp = { basisPoints: 10_000, fixed: rate(0n), step: 1n }
  const terms = { exchange: parity, jump: usualSync.jump }
  test('keeps its own mark-up', () => {
    const ours = aService({ source: { cost: rate(500_000n), markUp } })
    expect(synced(ours, row(77, { rate: rate(600_000n) }), terms, now)).toMatchObject({
      rate: 1_200_000n,
      source: { cost: 600_000n, markUp },
    })
  })
  test('keeps a price that was set by hand or that no mark-up made, and is not sold below its cost', () => {
    for (const ours of [aService({ byHand: ['rate'], source: { markUp } }), aService()]) {
      const next = synced(ours, row(77, { rate: rate(700_000n) }), terms, now)
      expect(next).toMatchObject({ rate: 1_000_000n, source: { cost: 700_000n }, paused: undefined })
    }
  })
  test('is paused by the threshold of its provider, upwards and downwards', () => {
    const ours = aService({ source: { cost: rate(500_000n), markUp } })
    const costing = (cost: bigint, up: number, down: number) =>
      synced(ours, row(77, { rate: rate(cost) }), { exchange: parity, jump: { up, down } }, now).paused?.because
    expect([costing(550_000n, 10, 50), costing(550_001n, 10, 50)]).toEqual([undefined, 'price-jump'])
    expect([costing(400_000n, 50, 20), costing(399_999n, 50, 20)]).toEqual([undefined, 'price-jump'])
    expect(costing(2_000_000n, 300, 50)).toBeUndefined()
  })
  test('that vanished while its price waited for a person comes back before that person', () => {
    const ours = aService({ source: { cost: rate(500_000n), markUp } })
    const dear = row(77, { rate: rate(5_000_000n) })
    const lost = gone(synced(ours, dear, terms, now), now)
    expect(lost.paused?.because).toBe('gone')
    expect(synced(lost, dear, terms, now).paused).toMatchObject({ because: 'price-jump', cost: 500_000n })
    expect(synced(lost, row(77), terms, now).paused).toBeUndefined()
    const other = gone(synced(ours, row(77, { name: 'Views', category: 'Video' }), terms, now), now)
    expect(other.paused?.because).toBe('meaning-changed')
  })
  test('that was typed in by hand is not taken for another because its provider calls it otherwise', () => {
    const typed = aService({ byHand: ['rate'], source: { name: 'As we call it', category: '' } })
    expect(refreshed(typed, row(77), { ...terms, markUp: undefined }, now).paused).toBeUndefined()
  })
})
