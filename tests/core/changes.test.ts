import { describe, expect, test } from 'vitest'
import { changeOf } from '../../core/catalogue/changes.ts'
import type { Service } from '../../core/catalogue/service.ts'
import { rate } from '../../core/money.ts'
import { aService } from '../fixtures/service.ts'

const rules = { sellUnattested: false }
const sold = aService({ rate: rate(1_000_000n), source: { cost: rate(500_000n) } })
const disabled: Service = { ...sold, enabled: false }
const neverSold: Service = { ...disabled, everSold: false }
const at = (micros: bigint, of: Service = sold): Service => ({ ...of, rate: rate(micros) })

describe('what a change of a service means to who buys', () => {
  test.each<[string, Service | undefined, Service | undefined, object | undefined]>([
    ['is new when it is written and on sale', undefined, sold, { kind: 'new', after: 1_000_000n }],
    ['is nothing when it is written and not on sale', undefined, neverSold, undefined],
    ['is new when it is on sale for the first time', neverSold, sold, { kind: 'new', after: 1_000_000n }],
    ['is new once somebody attested it', { ...sold, origin: 'unattested', everSold: false }, sold, { kind: 'new' }],
    ['is back when it was on sale before', disabled, sold, { kind: 'back', before: undefined, after: 1_000_000n }],
    [
      'is back at whatever it costs by now',
      disabled,
      at(7n, { ...sold, source: { ...sold.source, cost: rate(1n) } }),
      { kind: 'back', after: 7n },
    ],
    ['is gone when it is disabled', sold, disabled, { kind: 'gone', before: 1_000_000n, after: undefined }],
    ['is gone when it is removed', sold, undefined, { kind: 'gone', before: 1_000_000n }],
    ['is gone when its provider asks more than it is sold for', sold, at(499_999n), { kind: 'gone' }],
    ['is gone when its attestation is taken back', sold, { ...sold, origin: 'unattested' }, { kind: 'gone' }],
    ['is gone when it turns out to sell reviews', sold, { ...sold, name: 'Map reviews' }, { kind: 'gone', name: 'Followers' }],
    ['is a higher price', sold, at(1_000_001n), { kind: 'price-up', before: 1_000_000n, after: 1_000_001n }],
    ['is a lower price', sold, at(999_999n), { kind: 'price-down', before: 1_000_000n, after: 999_999n }],
    ['is told under its new name', sold, { ...at(2_000_000n), name: 'More' }, { kind: 'price-up', name: 'More' }],
    ['is nothing for another name alone', sold, { ...sold, name: 'More' }, undefined],
    ['is nothing when it is not on sale before or after', disabled, at(5_000_000n, disabled), undefined],
    ['is nothing when what is never sold is removed', disabled, undefined, undefined],
    ['is nothing when the provider’s side alone changes', sold, { ...sold, source: { ...sold.source, cost: rate(1n) } }, undefined],
    ['is no price when one of 1000 becomes one of a package', sold, { ...at(9_000_000n), type: 'Package' }, undefined],
    ['is nothing at all', undefined, undefined, undefined],
  ])('%s', (_, was, is, expected) => {
    const change = changeOf(was, is, rules)
    if (expected) expect(change).toMatchObject(expected)
    else expect(change).toBeUndefined()
  })

  test('follows what the operator sells: without the attestation being asked for, it was on sale before', () => {
    const unattested: Service = { ...sold, origin: 'unattested' }
    expect(changeOf(unattested, sold, { sellUnattested: true })).toBeUndefined()
    expect(changeOf(unattested, at(2_000_000n, unattested), { sellUnattested: true })).toMatchObject({ kind: 'price-up' })
    expect(changeOf(unattested, at(2_000_000n, unattested), { sellUnattested: false })).toBeUndefined()
  })

  test('says nothing of whom it is bought from, nor for how much', () => {
    expect(Object.keys(changeOf(sold, at(2_000_000n), rules) ?? {}).toSorted()).toEqual([
      'after',
      'before',
      'kind',
      'name',
      'serviceId',
      'type',
    ])
  })
})
