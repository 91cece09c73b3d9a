import { describe, expect, test } from 'vitest'
import { exchange, formatExchange, inLedger, parity, parseExchange, quotedFrom } from '../../core/catalogue/exchange.ts'
import { gone, orphaned, recosted, refreshed } from '../../core/catalogue/from-provider.ts'
import { whyNotSold } from '../../core/catalogue/is-sold.ts'
import { providerServiceId, serviceId, taskId } from '../../core/ids.ts'
import { money, rate } from '../../core/money.ts'
import { type OfferedRow, readServices } from '../../core/protocol/provider-services.ts'
import { isLow, readBalanceAmount } from '../../core/providers/balance.ts'
import { remarkOn } from '../../core/providers/bring.ts'
import { type Choice, stepsOf } from '../../core/providers/offer.ts'
import { aService } from '../fixtures/service.ts'

const now = new Date('2026-11-22T10:00:00.000Z')
const markUp = { basisPoints: 2_500, fixed: rate(0n), step: 1n }
const terms = { exchange: parity, markUp }
const row = (more: Partial<OfferedRow> = {}): OfferedRow => ({
  providerServiceId: providerServiceId('77'),
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

describe('what a currency is worth', () => {
  test.each([
    ['1', 1_000_000_000n],
    ['1.0845', 1_084_500_000n],
    ['0.000039412', 39_412n],
    ['9999999', 9_999_999_000_000_000n],
  ])('%s is read exactly, and written as it was', (text, billionths) => {
    expect(parseExchange(text)).toBe(billionths)
    expect(formatExchange(exchange(billionths))).toBe(text)
  })
  test.each(['0', '0.0', '-1', '+1', '1,5', '1e3', 'NaN', '', ' 1', '1.', '.5', '0.0000000001', '12345678'])(
    '“%s” is none',
    (text) => {
      expect(parseExchange(text)).toBeUndefined()
    },
  )
  test('a cost is never taken for less than it is: the last unit is rounded up', () => {
    expect(inLedger(rate(1n), exchange(1n))).toBe(1n)
    expect(inLedger(rate(9_900_000n), exchange(1_084_567_891n))).toBe(10_737_223n)
    expect(inLedger(rate(9_900_000n), parity)).toBe(9_900_000n)
  })
})

describe('a balance', () => {
  test.each([
    ['12.5', 12_500_000n],
    ['-3', -3_000_000n],
    ['0.0000009', 0n],
    ['-0.0000009', -1n],
    ['999964.00000', 999_964_000_000n],
  ])('of %s is read, and rounded down', (text, micros) => {
    expect(readBalanceAmount(text)).toBe(micros)
  })
  test('is low below its threshold, and where neither is known it is not', () => {
    expect(isLow(money(4n), money(5n))).toBe(true)
    expect(isLow(money(5n), money(5n))).toBe(false)
    expect(isLow(undefined, money(5n))).toBe(false)
    expect(isLow(money(-5n), undefined)).toBe(false)
  })
})

describe('a service whose provider’s row is heard again', () => {
  const costing = (cost: bigint, paused = aService().paused) =>
    refreshed(aService({ ...(paused ? { paused } : {}) }), row({ rate: rate(cost) }), terms, now)

  test('follows a price that moves, and is paused when it grew by more than half', () => {
    expect(costing(750_000n)).toMatchObject({ rate: 937_500n, paused: undefined })
    expect(costing(750_001n).paused).toEqual({ because: 'price-jump', at: now, cost: 500_000n })
    expect(costing(2_000_000n).paused).toEqual({ because: 'price-jump', at: now, cost: 500_000n })
    expect(whyNotSold(costing(2_000_000n), { sellUnattested: true })).toEqual(['paused'])
    expect(costing(250_000n)).toMatchObject({ rate: 312_500n, paused: undefined })
  })
  test('is paused when it fell by more than half: a slipped point sells nothing for next to nothing', () => {
    expect(costing(249_999n).paused).toEqual({ because: 'price-jump', at: now, cost: 500_000n })
    expect(whyNotSold(costing(5_000n), { sellUnattested: true })).toEqual(['paused'])
  })
  test('is taken out of sale when it has come to sell reviews, and its cost is kept up with', () => {
    const reviews = refreshed(aService(), row({ name: 'Google reviews', rate: rate(600_000n) }), terms, now)
    expect(reviews.source.cost).toBe(600_000n)
    expect(whyNotSold(reviews, { sellUnattested: true })).toEqual(['sells-reviews'])
  })
  test('stays paused while its price is still far from what it was, since when it jumped; and is sold again when it is not', () => {
    const jumped = { because: 'price-jump' as const, at: new Date(0), cost: rate(500_000n) }
    expect(costing(2_000_000n, jumped).paused).toEqual(jumped)
    expect(costing(600_000n, jumped).paused).toBeUndefined()
  })
  test('is paused when it is another thing: another type, or another name and another category', () => {
    expect(refreshed(aService(), row({ type: 'Package' }), terms, now).paused?.because).toBe('type-changed')
    expect(refreshed(aService(), row({ name: 'Views', category: 'Video' }), terms, now).paused?.because).toBe('meaning-changed')
    expect(refreshed(aService(), row({ name: 'Followers ⭐' }), terms, now).paused).toBeUndefined()
  })
  test('that means another thing is not sold again by a machine', () => {
    const changed = refreshed(aService(), row({ name: 'Views', category: 'Video' }), terms, now)
    expect(refreshed(changed, row({ name: 'Views', category: 'Video' }), terms, now).paused?.because).toBe('meaning-changed')
    expect(recosted(changed, parity, now).paused?.because).toBe('meaning-changed')
  })
  test('is back when it was gone', () => {
    const lost = gone(aService(), now)
    expect(whyNotSold(lost, { sellUnattested: true })).toEqual(['paused'])
    const back = refreshed(lost, row(), terms, now)
    expect(back.paused).toBeUndefined()
    expect(remarkOn(lost, back)).toEqual({ what: 'back' })
    expect(gone(lost, new Date(0))).toBe(lost)
  })
  test('keeps a type that staff said the meaning of, for as long as it is spelt the same', () => {
    const mapped = aService({ source: { typeSaid: 'Telepathy' } })
    const said = row({ type: undefined, typeSaid: 'Telepathy' })
    expect(refreshed(mapped, said, terms, now)).toMatchObject({ type: 'Default', paused: undefined })
    expect(refreshed(mapped, { ...said, typeSaid: 'Telekinesis' }, terms, now).paused?.because).toBe('type-changed')
  })
})

describe('another exchange rate', () => {
  const euros = aService({ source: { quoted: rate(500_000n), markUp } })
  test('brings cost and price along where nobody set the price by hand', () => {
    expect(recosted(euros, exchange(1_200_000_000n), now)).toMatchObject({ rate: 750_000n, source: { cost: 600_000n } })
  })
  test('leaves a price by hand, which is then not sold below its cost', () => {
    const next = recosted({ ...euros, byHand: ['rate'], rate: rate(550_000n) }, exchange(1_200_000_000n), now)
    expect(next).toMatchObject({ rate: 550_000n, source: { cost: 600_000n } })
    expect(whyNotSold(next, { sellUnattested: true })).toEqual(['below-cost'])
    expect(remarkOn(euros, next)).toEqual({ what: 'below-cost' })
  })
  test('mistyped by a factor of a hundred sells nothing, and typed right again leaves no trace', () => {
    const wrong = recosted(euros, exchange(120_000_000_000n), now)
    expect(wrong.paused?.because).toBe('price-jump')
    expect(recosted(wrong, exchange(1_000_000_000n), now)).toMatchObject({ paused: undefined, source: { cost: 500_000n } })
  })
  test('mistyped the other way sells nothing either', () => {
    const wrong = recosted(euros, exchange(10_000_000n), now)
    expect(wrong.paused).toEqual({ because: 'price-jump', at: now, cost: 500_000n })
    expect(recosted(wrong, exchange(1_000_000_000n), now)).toMatchObject({ paused: undefined, source: { cost: 500_000n } })
  })
  test('leaves a cost that was typed in the ledger’s currency what it is, while a unit is worth the same', () => {
    for (const worth of [exchange(1_084_567_891n), exchange(39_412n), parity]) {
      const typed = aService({ source: { cost: rate(500_000n), quoted: quotedFrom(rate(500_000n), worth) } })
      const cost = recosted(typed, worth, now).source.cost
      expect(cost).toBeGreaterThanOrEqual(500_000n)
      expect(cost).toBeLessThanOrEqual(500_002n)
    }
    const typed = aService({ source: { cost: rate(500_000n), quoted: quotedFrom(rate(500_000n), exchange(2_000_000_000n)) } })
    expect(recosted(typed, exchange(2_200_000_000n), now).source.cost).toBe(550_000n)
  })
  test('takes no reason away but its own', () => {
    expect(recosted(orphaned(euros, now), parity, now).paused?.because).toBe('provider-deleted')
    expect(recosted(gone(euros, now), parity, now).paused?.because).toBe('gone')
  })
})

describe('what an import does', () => {
  const rows = [
    row({ providerServiceId: providerServiceId('1'), category: 'A' }),
    row({ providerServiceId: providerServiceId('2'), category: 'B' }),
    row({ providerServiceId: providerServiceId('3'), category: 'B', type: undefined, typeSaid: 'Odd' }),
    row({ providerServiceId: providerServiceId('4'), category: 'C', name: 'Google reviews' }),
  ]
  const broken = [{ row: '5', name: 'Broken', why: 'its rate is not a price' }]
  const known = new Map([[providerServiceId('9'), serviceId(90)]])
  const steps = (choice: Choice, more: { types?: ReadonlyMap<string, 'Default'>; pauseGone?: boolean } = {}) =>
    stepsOf(
      { taskId: taskId('t'), at: now, rows, broken },
      { choice, types: more.types ?? new Map(), pauseGone: more.pauseGone ?? true },
      known,
    ).map((step) =>
      step.kind === 'offered' ? step.row.providerServiceId : step.kind === 'left' ? `${step.row}: ${step.why}` : 'gone 9',
    )
  test('with everything: each row once, those left with their reason, those gone last', () => {
    expect(steps({ of: 'everything' })).toEqual([
      '1',
      '2',
      '3: nobody knows the type “Odd”',
      '4: it sells reviews, which this panel does not',
      '5: its rate is not a price',
      'gone 9',
    ])
  })
  test('with some of it: by category, by id, with a type that staff said the meaning of', () => {
    expect(steps({ of: 'categories', names: ['B'] }, { types: new Map([['Odd', 'Default']]), pauseGone: false })).toEqual([
      '2',
      '3',
    ])
    expect(steps({ of: 'ids', ids: ['1', '77'] })).toEqual(['1', 'gone 9'])
  })
  test('with one of ours that now sells reviews: it is brought up to date, and so out of sale', () => {
    const ours = new Map([[providerServiceId('4'), serviceId(40)]])
    const wishes = { choice: { of: 'everything' as const }, types: new Map(), pauseGone: false }
    expect(stepsOf({ taskId: taskId('t'), at: now, rows: rows.slice(3), broken: [] }, wishes, ours)).toEqual([
      { kind: 'offered', row: rows[3] },
    ])
  })
})

test('a catalogue of rows of every kind is read row by row', () => {
  const body = JSON.stringify([
    { service: 1, name: '<b>Bold</b> &\u202e name', type: 'default', category: '<i></i>', rate: '0.5', min: '10', max: 20 },
    { service: 1, name: 'Twice', type: 'Default', rate: '9', min: 1, max: 2 },
    { service: 2, name: 'Odd', type: 'Telepathy', rate: 1, min: 1, max: 2 },
    { service: 3, name: '<br>', type: 'Default', rate: 1, min: 1, max: 2 },
    { service: 4, name: 'Free', type: 'Default', rate: '0.00', min: 1, max: 2 },
    { service: 5, name: 'Crossed', type: 'Default', rate: 1, min: 3, max: 2 },
    { service: 6, name: 'Later', type: 'Subscriptions', rate: 1, min: 1, max: 2 },
    null,
    'row',
    { service: '../7', name: 'Path', type: 'Default', rate: 1, min: 1, max: 2 },
  ])
  const reply = readServices({ status: 200, body })
  if (reply.kind !== 'ok') throw new Error('it was not read')
  expect(reply.services).toMatchObject([
    { providerServiceId: '1', name: 'Bold & name', category: 'Other', rate: 500_000n, type: 'Default' },
    { providerServiceId: '2', typeSaid: 'Telepathy' },
  ])
  expect(reply.broken.map(({ row, why }) => `${row}: ${why}`)).toEqual([
    '1: its id came twice',
    '3: it has no name',
    '4: its rate is not a price',
    '5: its bounds make no sense',
    '6: the type Subscriptions is not sold here yet',
    'row 8: it has no usable id',
    'row 9: it has no usable id',
    '../7: it has no usable id',
  ])
})

describe('a catalogue that is too much', () => {
  const catalogue = (size: number, more: (index: number) => object) => {
    const rows = Array.from({ length: size }, (_, index) => ({
      service: index,
      name: 'N',
      type: 'Default',
      category: 'C',
      rate: 1,
      min: 1,
      max: 2,
      ...more(index),
    }))
    const reply = readServices({ status: 200, body: JSON.stringify(rows) })
    if (reply.kind !== 'ok') throw new Error('it was not read')
    return reply
  }
  test('is read as far as 20,000 rows, and the rest is told in one line', () => {
    const { services, broken } = catalogue(20_005, () => ({}))
    expect(services).toHaveLength(20_000)
    expect(broken).toEqual([
      { row: 'row 20001', name: '', why: 'it and all that follow, 5 in all, are more than this panel takes' },
    ])
  })
  test('has its first 2,000 categories, and what is under them', () => {
    const { services, broken } = catalogue(2_003, (index) => ({ category: `C ${index === 2_002 ? 0 : index}` }))
    expect(services.map(({ providerServiceId }) => providerServiceId)).toEqual(
      Array.from({ length: 2_003 }, (_, index) => String(index)).filter((id) => id !== '2000' && id !== '2001'),
    )
    expect(broken.map(({ row, why }) => `${row}: ${why}`)).toEqual([
      '2000: its category is beyond the first 2000, and this panel takes no more',
      '2001: its category is beyond the first 2000, and this panel takes no more',
    ])
  })
  test('in the length of its names is cut before anything else is done with them', () => {
    const { services } = catalogue(1, () => ({ name: `Likes ${'<'.repeat(1_000)} <b>end</b>` }))
    expect(services[0]?.name).toBe(`Likes ${'<'.repeat(194)}`)
    // Nothing behind the cut is looked at: with it, this would be one tag.
    expect(catalogue(1, () => ({ name: `A<${'x'.repeat(1_000)}>B` })).services[0]?.name).toBe(`A<${'x'.repeat(198)}`)
  })
})
