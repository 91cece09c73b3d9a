import type { Origin } from '../../core/catalogue/service.ts'

/** Where a service's effect comes from, as people choose and read it. */
export const originWords = {
  advertising: 'Advertising',
  influencer: 'Influencers',
  'incentivised people': 'Incentivised people',
  unattested: 'Not attested',
} as const satisfies Record<Origin, string>

export const origins = Object.entries(originWords).map(([value, label]) => ({ value, label }))

export const readOrigin = (text: string): Origin => (text in originWords ? (text as Origin) : 'unattested')
