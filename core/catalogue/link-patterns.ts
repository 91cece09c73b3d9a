interface Pattern {
  readonly platform: string
  /** What kind of link it is, to go on from “a link to”. */
  readonly says: string
  /**
   * Tried on the host (without `www.` and the like), the path and the query. Operators choose among these and write none
   * of their own, and no repetition here holds another: every one takes time in proportion to the link's length.
   */
  readonly fits: RegExp
  readonly example: string
}

/** The kinds of link that a service can ask for. */
export const linkPatterns = {
  any: { platform: 'Any', says: 'a public page', fits: /^[^/]/, example: 'https://example.com/page' },
  instagram: {
    platform: 'Instagram',
    says: 'Instagram',
    fits: /^instagram\.com\/[\w.]/i,
    example: 'https://www.instagram.com/somebody',
  },
  'instagram-profile': {
    platform: 'Instagram',
    says: 'an Instagram profile',
    fits: /^instagram\.com\/(?!(?:p|reel|reels|tv|stories|explore|accounts|direct)(?:\/|$))[\w.]{1,30}\/?(?:\?|$)/i,
    example: 'https://www.instagram.com/somebody',
  },
  'instagram-post': {
    platform: 'Instagram',
    says: 'an Instagram post or reel',
    fits: /^instagram\.com\/(?:[\w.]{1,30}\/)?(?:p|reel|reels|tv)\/[\w-]{5,}\/?(?:\?|$)/i,
    example: 'https://www.instagram.com/p/CxYz123AbCd/',
  },
  tiktok: {
    platform: 'TikTok',
    says: 'TikTok',
    fits: /^(?:tiktok\.com|vm\.tiktok\.com|vt\.tiktok\.com)\/[\w@]/i,
    example: 'https://www.tiktok.com/@somebody',
  },
  'tiktok-profile': {
    platform: 'TikTok',
    says: 'a TikTok profile',
    fits: /^tiktok\.com\/@[\w.]{1,30}\/?(?:\?|$)/i,
    example: 'https://www.tiktok.com/@somebody',
  },
  'tiktok-video': {
    platform: 'TikTok',
    says: 'a TikTok video',
    fits: /^(?:tiktok\.com\/@[\w.]{1,30}\/(?:video|photo)\/\d|tiktok\.com\/t\/\w|vm\.tiktok\.com\/\w|vt\.tiktok\.com\/\w)/i,
    example: 'https://www.tiktok.com/@somebody/video/7234567890123456789',
  },
  youtube: {
    platform: 'YouTube',
    says: 'YouTube',
    fits: /^(?:youtube\.com|music\.youtube\.com|youtu\.be)\/[\w@]/i,
    example: 'https://www.youtube.com/watch?v=dQw4w9WgXcQ',
  },
  'youtube-video': {
    platform: 'YouTube',
    says: 'a YouTube video, short or stream',
    fits: /^(?:(?:music\.)?youtube\.com\/watch\/?\?(?:[^#]*&)?v=[\w-]{6}|youtube\.com\/(?:shorts|live|embed)\/[\w-]{6}|youtu\.be\/[\w-]{6})/i,
    example: 'https://www.youtube.com/watch?v=dQw4w9WgXcQ',
  },
  'youtube-channel': {
    platform: 'YouTube',
    says: 'a YouTube channel',
    fits: /^youtube\.com\/(?:@[^/?]|channel\/[\w-]|c\/[^/?]|user\/[\w-])/i,
    example: 'https://www.youtube.com/@somebody',
  },
  facebook: {
    platform: 'Facebook',
    says: 'Facebook',
    fits: /^(?:facebook\.com|fb\.com|fb\.watch|fb\.me)\/[\w.]/i,
    example: 'https://www.facebook.com/somebody',
  },
  x: {
    platform: 'X',
    says: 'X (Twitter)',
    fits: /^(?:x\.com|twitter\.com)\/\w/i,
    example: 'https://x.com/somebody',
  },
  'x-profile': {
    platform: 'X',
    says: 'an X profile',
    fits: /^(?:x\.com|twitter\.com)\/(?!(?:i|home|search|explore|hashtag|settings)(?:\/|\?|$))\w{1,15}\/?(?:\?|$)/i,
    example: 'https://x.com/somebody',
  },
  'x-post': {
    platform: 'X',
    says: 'a post on X',
    fits: /^(?:x\.com|twitter\.com)\/(?:i\/web|i|\w{1,15})\/status\/\d/i,
    example: 'https://x.com/somebody/status/1234567890123456789',
  },
  telegram: {
    platform: 'Telegram',
    says: 'Telegram',
    fits: /^(?:t\.me|telegram\.me|telegram\.dog)\/[\w+]/i,
    example: 'https://t.me/somechannel',
  },
  'telegram-post': {
    platform: 'Telegram',
    says: 'a post in a Telegram channel',
    fits: /^(?:t\.me|telegram\.me|telegram\.dog)\/(?:s\/|c\/)?\w{1,32}\/\d/i,
    example: 'https://t.me/somechannel/42',
  },
  threads: {
    platform: 'Threads',
    says: 'Threads',
    fits: /^threads\.(?:net|com)\/[@\w]/i,
    example: 'https://www.threads.net/@somebody',
  },
  spotify: {
    platform: 'Spotify',
    says: 'Spotify',
    fits: /^(?:open\.spotify\.com\/(?:intl-[a-z]{2,5}\/)?(?:track|album|artist|playlist|user|show|episode)\/\w|spotify\.link\/\w)/i,
    example: 'https://open.spotify.com/track/4uLU6hMCjMI75M1A2tKUQC',
  },
  soundcloud: {
    platform: 'SoundCloud',
    says: 'SoundCloud',
    fits: /^(?:soundcloud\.com|on\.soundcloud\.com)\/[\w-]/i,
    example: 'https://soundcloud.com/somebody/some-track',
  },
  twitch: {
    platform: 'Twitch',
    says: 'Twitch',
    fits: /^(?:twitch\.tv|clips\.twitch\.tv)\/\w/i,
    example: 'https://www.twitch.tv/somebody',
  },
  kick: { platform: 'Kick', says: 'Kick', fits: /^kick\.com\/\w/i, example: 'https://kick.com/somebody' },
  linkedin: {
    platform: 'LinkedIn',
    says: 'LinkedIn',
    fits: /^(?:[a-z]{2}\.)?linkedin\.com\/(?:in|company|school|posts|feed|pulse|groups|showcase)\/[^/?]/i,
    example: 'https://www.linkedin.com/company/somebody',
  },
  pinterest: {
    platform: 'Pinterest',
    says: 'Pinterest',
    fits: /^(?:(?:[a-z]{2}\.)?pinterest\.(?:com|[a-z]{2}|co\.uk|com\.au|com\.mx)|pin\.it)\/\w/i,
    example: 'https://www.pinterest.com/somebody/',
  },
  reddit: {
    platform: 'Reddit',
    says: 'Reddit',
    fits: /^(?:(?:old\.|new\.)?reddit\.com\/(?:r|u|user)\/[\w-]|redd\.it\/\w)/i,
    example: 'https://www.reddit.com/r/somewhere/',
  },
  discord: {
    platform: 'Discord',
    says: 'a Discord invitation',
    fits: /^(?:discord\.gg\/[\w-]|discord\.com\/(?:invite|channels)\/[\w@-])/i,
    example: 'https://discord.gg/abcdef',
  },
  vk: { platform: 'VK', says: 'VK', fits: /^(?:vk\.com|vk\.ru|vkvideo\.ru)\/[\w.-]/i, example: 'https://vk.com/somebody' },
  website: {
    platform: 'Website',
    says: 'a website that is not a social network',
    fits: /^(?!(?:[^/]*\.)?(?:instagram|tiktok|youtube|facebook|twitter|telegram|threads|spotify|soundcloud|twitch|linkedin|pinterest|reddit|discord)\.)(?!(?:x\.com|t\.me|youtu\.be|fb\.com|vk\.com)\/)[^/]/i,
    example: 'https://example.com/',
  },
} as const satisfies Record<string, Pattern>

export type LinkPattern = keyof typeof linkPatterns

export const linkPatternNames = (): LinkPattern[] =>
  Object.keys(linkPatterns).filter((name): name is LinkPattern => name in linkPatterns)

/** Whether a public link is of the kind that a service asks for. */
export function fits(link: string, pattern: LinkPattern): boolean {
  const url = URL.parse(link)
  return url !== null && linkPatterns[pattern].fits.test(`${plainHost(url)}${url.pathname}${url.search}`)
}

/** The host without what leads to the same page on a phone. */
export const plainHost = ({ hostname }: URL): string => hostname.replace(/\.$/, '').replace(/^(?:www|m|mobile)\./, '')
