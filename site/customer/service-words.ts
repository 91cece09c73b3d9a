import type { Service } from './catalogue.ts'

/** Kinds of services, as people order them. */
export const typeWords: Readonly<Partial<Record<Service['type'], string>>> = {
  Default: 'By quantity',
  Package: 'Package',
  'Custom Comments': 'Comments, your words',
  'Custom Comments Package': 'Package of comments',
}

/** Where an effect comes from, as somebody of the staff attested. */
export const originWords: Readonly<Record<Service['origin'], string>> = {
  advertising: 'Advertising',
  influencer: 'Influencers',
  'incentivised people': 'People who are paid for it',
  unattested: 'Not attested',
}
