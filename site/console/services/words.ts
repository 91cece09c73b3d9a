import type { ChangeProblem, ChangeWarning } from '../../../core/catalogue/edit.ts'
import type { NotSold } from '../../../core/catalogue/is-sold.ts'
import type { LinkPattern } from '../../../core/catalogue/link-patterns.ts'
import type { Pause } from '../../../core/catalogue/service.ts'
import type { ServiceType } from '../../../core/catalogue/service-types.ts'

/** Why nobody can order it. */
export const notSoldWords = {
  disabled: 'Disabled',
  paused: 'Paused for review',
  'type-not-sold': 'Type not sold',
  unattested: 'Not attested',
  'below-cost': 'Below cost',
  'sells-reviews': 'Sells reviews',
} as const satisfies Record<NotSold, string>

/** Why the panel itself took it out of sale. */
export const pauseWords = {
  'price-jump': 'its cost jumped',
  gone: 'the provider no longer offers it',
  'type-changed': 'it became another type at the provider',
  'meaning-changed': 'the provider renamed it and moved it',
  'provider-deleted': 'its provider was deleted',
} as const satisfies Record<Pause['because'], string>

/** Why a service is left as it is. */
export const problemWords = {
  'rate-not-a-price': 'the price would be nothing',
  'rate-too-high': 'the price would be over a million',
  'below-cost': 'it would be sold below its cost',
  'bounds-crossed': 'the minimum would be above the maximum',
  'sells-reviews': 'it would sell reviews',
} as const satisfies Record<ChangeProblem, string>

export const warningWords = {
  'bounds-wider-than-provider': 'wider than the provider’s bounds: orders beyond them come back',
  'provider-does-not-refill': 'the provider offers no refill',
  'provider-does-not-cancel': 'the provider offers no cancellation',
  'provider-does-not-drip-feed': 'the provider offers no drip-feed: the panel starts the runs',
  'stays-unsold': 'enabled, and still not sold',
} as const satisfies Record<ChangeWarning, string>

export const patternWords = {
  any: 'Any public link',
  instagram: 'Instagram, anything',
  'instagram-profile': 'Instagram profile',
  'instagram-post': 'Instagram post or reel',
  tiktok: 'TikTok, anything',
  'tiktok-profile': 'TikTok profile',
  'tiktok-video': 'TikTok video',
  youtube: 'YouTube, anything',
  'youtube-video': 'YouTube video, short or stream',
  'youtube-channel': 'YouTube channel',
  facebook: 'Facebook',
  x: 'X (Twitter), anything',
  'x-profile': 'X profile',
  'x-post': 'X post',
  telegram: 'Telegram, anything',
  'telegram-post': 'Telegram post',
  threads: 'Threads',
  spotify: 'Spotify',
  soundcloud: 'SoundCloud',
  twitch: 'Twitch',
  kick: 'Kick',
  linkedin: 'LinkedIn',
  pinterest: 'Pinterest',
  reddit: 'Reddit',
  discord: 'Discord invitation',
  vk: 'VK',
  website: 'Website, no social network',
} as const satisfies Record<LinkPattern, string>

export const patterns = Object.entries(patternWords).map(([value, label]) => ({ value, label }))
export const readPattern = (text: string): LinkPattern | undefined => (text in patternWords ? (text as LinkPattern) : undefined)

/** Those that orders are taken for. */
export const soldTypes = [
  'Default',
  'Package',
  'Custom Comments',
  'Custom Comments Package',
] as const satisfies readonly ServiceType[]

/** Facts of a service, as a preview names them. */
const factWords: Readonly<Record<string, string>> = {
  categoryId: 'category',
  rate: 'rate',
  min: 'minimum',
  max: 'maximum',
  refillDays: 'refill days',
  cancel: 'cancel',
  dripFeed: 'drip-feed',
  denyDuplicates: 'one order a link',
  linkPattern: 'link',
  origin: 'origin',
  enabled: 'enabled',
  sort: 'sort',
  byHand: 'set by hand',
}

export const factWord = (name: string): string => factWords[name] ?? name
