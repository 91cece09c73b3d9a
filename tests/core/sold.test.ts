import { describe, expect, test } from 'vitest'
import { parity } from '../../core/catalogue/exchange.ts'
import { refreshed } from '../../core/catalogue/from-provider.ts'
import { isSold, remembered, whyNotSold } from '../../core/catalogue/is-sold.ts'
import { sellsReviews } from '../../core/catalogue/refused.ts'
import type { Service } from '../../core/catalogue/service.ts'
import { providerServiceId } from '../../core/ids.ts'
import { rate } from '../../core/money.ts'
import type { OfferedService } from '../../core/protocol/provider-services.ts'
import { aService } from '../fixtures/service.ts'

const strict = { sellUnattested: false }
const lenient = { sellUnattested: true }

describe('what is sold', () => {
  test.each<[string, Partial<Service>, string[], string[]]>([
    ['what is attested and enabled', {}, [], []],
    ['what influencers do', { origin: 'influencer' }, [], []],
    ['what people are paid for doing', { origin: 'incentivised people' }, [], []],
    ['what nobody attested, unless the operator says so', { origin: 'unattested' }, ['unattested'], []],
    ['nothing that is disabled', { enabled: false }, ['disabled'], ['disabled']],
    ['no type that orders are not taken for', { type: 'Subscriptions' }, ['type-not-sold'], ['type-not-sold']],
    ['nothing at a loss', { rate: rate(499_999n), source: aService().source }, ['below-cost'], ['below-cost']],
    ['at cost', { rate: rate(500_000n), source: aService().source }, [], []],
    ['no reviews', { name: 'Google reviews' }, ['sells-reviews'], ['sells-reviews']],
    [
      'no reviews under another name',
      { name: 'Local promotion', source: { ...aService().source, category: 'Trustpilot' } },
      ['sells-reviews'],
      ['sells-reviews'],
    ],
    [
      'and every reason is told',
      { enabled: false, origin: 'unattested', type: 'Poll' },
      ['disabled', 'type-not-sold', 'unattested'],
      ['disabled', 'type-not-sold'],
    ],
  ])('%s', (_, over, strictly, leniently) => {
    const service = aService(over)
    expect(whyNotSold(service, strict)).toEqual(strictly)
    expect(isSold(service, strict)).toBe(strictly.length === 0)
    expect(whyNotSold(service, lenient)).toEqual(leniently)
  })

  test('that it was once on sale is never forgotten', () => {
    expect(remembered(aService({ everSold: false }), strict).everSold).toBe(true)
    expect(remembered(aService({ everSold: false, enabled: false }), strict).everSold).toBe(false)
    expect(remembered(aService({ everSold: true, enabled: false }), strict).everSold).toBe(true)
  })
})

describe('reviews', () => {
  test.each([
    'Google Reviews [Worldwide]',
    'GoogleReviews - 5 stars',
    'REVIEW for app store',
    'App Store ratings',
    'Trustpilot 5 Stars USA',
    'Trust Pilot stars',
    'Google Maps отзывы (Россия)',
    'Відгуки Google',
    'Google Bewertungen Deutschland',
    'Avis Google France',
    'Reseñas de Google',
    'Opiniones Google Maps',
    'Recensioni Google',
    'Avaliações no Google',
    'Opinie Google',
    'Google değerlendirme',
    'Đánh giá Google Map',
    'Ulasan Google Maps',
    'تقييمات جوجل',
    'Googleレビュー',
    '구글 리뷰',
    'Video testimonials',
    'Ｇｏｏｇｌｅ Ｒｅｖｉｅｗｓ',
  ])('are sold by “%s”', (name) => {
    expect(sellsReviews(name)).toBe(true)
  })

  test.each([
    'Video previews from in-feed advertising',
    'Instagram story preview views',
    'Reviewed accounts only: followers',
    'Followers [under review]',
    'Likes, manual review of every order',
    'Telegram stars',
    'GitHub stars',
    'Instagram likes ⭐⭐⭐⭐⭐',
    'Top rated views',
    'Public opinion poll votes',
    'Instagram yorum',
    'Followers with refill 30 days',
    'Interviews promoted on podcasts',
    'Отзывчивая аудитория',
    '',
  ])('are not sold by “%s”', (name) => {
    expect(sellsReviews(name)).toBe(false)
  })
})

describe('when a provider’s row is heard again', () => {
  const terms = { exchange: parity, markUp: { basisPoints: 10_000, fixed: rate(0n), step: 1n } }
  const now = new Date('2026-11-22T10:00:00.000Z')
  const offered: OfferedService = {
    providerServiceId: providerServiceId('77'),
    name: 'Renamed upstream',
    type: 'Default',
    category: aService().source.category,
    rate: rate(700_000n),
    min: 10,
    max: 5_000,
    refill: true,
    cancel: true,
    dripFeed: true,
    description: 'New words',
  }

  test('what nobody set by hand follows it, our names stay', () => {
    expect(refreshed(aService(), offered, terms, now)).toMatchObject({
      name: 'Followers',
      description: '',
      rate: 1_400_000n,
      min: 10,
      max: 5_000,
      refillDays: 30,
      cancel: true,
      dripFeed: true,
      source: { name: 'Renamed upstream', cost: 700_000n },
    })
  })

  test('what staff set by hand stays, and only the provider’s side changes', () => {
    const byHand = ['rate', 'min', 'max', 'refillDays', 'cancel', 'dripFeed'] as const
    const ours = aService({ byHand, min: 50, max: 2_000, refillDays: 7 })
    expect(refreshed(ours, offered, terms, now)).toEqual({ ...ours, source: expect.objectContaining({ cost: 700_000n }) })
  })

  test('bounds by hand are held within the provider’s, and give way when nothing is left of them', () => {
    const bounds = (min: number, max: number) => refreshed(aService({ byHand: ['min', 'max'], min, max }), offered, terms, now)
    expect(bounds(1, 100_000)).toMatchObject({ min: 10, max: 5_000 })
    expect(bounds(6_000, 9_000)).toMatchObject({ min: 10, max: 5_000 })
  })

  test('what has become something else is taken out of sale', () => {
    expect(refreshed(aService(), { ...offered, type: 'Package' }, terms, now)).toEqual(
      aService({ paused: { because: 'type-changed', at: now } }),
    )
  })
})
