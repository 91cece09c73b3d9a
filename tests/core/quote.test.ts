import { describe, expect, test } from 'vitest'
import type { Service } from '../../core/catalogue/service.ts'
import type { ServiceType } from '../../core/catalogue/service-types.ts'
import { rate } from '../../core/money.ts'
import { type Ask, quote as quoteBy } from '../../core/orders/quote.ts'
import { Refusal } from '../../core/refusals.ts'
import { aService } from '../fixtures/service.ts'

const service = (over: Partial<Service> = {}): Service =>
  aService({ name: 'Views', rate: rate(900_000n), min: 50, max: 10_000, ...over })
const quote = (asked: Service, ask: Ask) => quoteBy(asked, ask, { sellUnattested: false })
const link = 'https://video.social/watch?v=1'

function refusal(over: Partial<Service>, ask: Ask): string {
  try {
    quote(service(over), ask)
    return 'none'
  } catch (error) {
    if (error instanceof Refusal) return error.code
    throw error
  }
}

test('a quantity is charged by the service’s own rate, per thousand', () => {
  expect(quote(service(), { link, quantity: 1000 })).toEqual({ type: 'Default', link, quantity: 1000, charge: 900_000n })
  expect(quote(service({ rate: rate(1n) }), { link, quantity: 50 }).charge).toBe(1n)
})

test('a package costs its rate, whatever quantity is asked for', () => {
  expect(quote(service({ type: 'Package', min: 1, max: 1 }), { link, quantity: 5_000 })).toMatchObject({
    quantity: 1,
    charge: 900_000n,
  })
})

test('comments are charged by the line, empty lines not counted', () => {
  const quoted = quote(service({ type: 'Custom Comments', min: 2, max: 5 }), {
    link,
    comments: 'Nice\r\n\r\n  Great work \nMore\n',
  })
  expect(quoted).toMatchObject({ quantity: 3, comments: 'Nice\nGreat work\nMore', charge: 2_700n })
})

test.each(['\r', '\n', '\r\n', '\v', '\f', '\u0085', '\u2028', '\u2029'])(
  'a line is paid for wherever a provider may see its end: %j',
  (end) => {
    const comments = ['Nice', 'Great', 'More'].join(end)
    expect(quote(service({ type: 'Custom Comments', min: 1, max: 5 }), { link, comments })).toMatchObject({
      quantity: 3,
      comments: 'Nice\nGreat\nMore',
    })
  },
)

test('a comments package costs its rate and carries its comments', () => {
  expect(quote(service({ type: 'Custom Comments Package', min: 1, max: 1 }), { link, comments: 'a\nb' })).toMatchObject({
    quantity: 1,
    charge: 900_000n,
    comments: 'a\nb',
  })
})

describe('what cannot be ordered', () => {
  test.each([
    ['a disabled service', { enabled: false }, { link, quantity: 100 }, 'service-not-found'],
    [
      'a service of an origin that nobody attested',
      { origin: 'unattested' as const },
      { link, quantity: 100 },
      'service-not-found',
    ],
    [
      'a service that costs more than it is sold for',
      { rate: rate(1n), source: aService().source },
      { link, quantity: 100 },
      'service-not-found',
    ],
    ['a service that sells reviews', { name: 'Google reviews' }, { link, quantity: 100 }, 'service-not-found'],
    ['a link of another kind', { linkPattern: 'instagram' as const }, { link, quantity: 100 }, 'link-of-another-kind'],
    ['a quantity below the minimum', {}, { link, quantity: 49 }, 'quantity-too-small'],
    ['a quantity above the maximum', {}, { link, quantity: 10_001 }, 'quantity-too-large'],
    ['a negative quantity', {}, { link, quantity: -1 }, 'quantity-too-small'],
    ['half a piece', {}, { link, quantity: 50.5 }, 'invalid-request'],
    ['1e309 pieces', {}, { link, quantity: Number.POSITIVE_INFINITY }, 'invalid-request'],
    ['no quantity', {}, { link }, 'invalid-request'],
    ['no link', {}, { quantity: 100 }, 'link-invalid'],
    ['runs', {}, { link, quantity: 100, runs: 2 }, 'drip-feed-unavailable'],
    ['comments without a line', { type: 'Custom Comments' as ServiceType }, { link, comments: ' \n ' }, 'comments-invalid'],
    [
      '10,000 lines where 500 are the most',
      { type: 'Custom Comments' as ServiceType, max: 500 },
      { link, comments: 'x\n'.repeat(10_000) },
      'quantity-too-large',
    ],
    [
      'a package with a megabyte of comments',
      { type: 'Custom Comments Package' as ServiceType },
      { link, comments: 'x'.repeat(1_000_000) },
      'comments-invalid',
    ],
    ['a type that is not sold yet', { type: 'Subscriptions' as ServiceType }, { link, quantity: 100 }, 'service-not-found'],
  ])('%s', (_, over, ask, code) => {
    expect(refusal(over, ask)).toBe(code)
  })
})
