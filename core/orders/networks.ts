import { plainHost } from '../catalogue/link-patterns.ts'

/**
 * Other names under which a network shows the same pages. Not those of its short links (`vm.tiktok.com`, `fb.watch`, `pin.it`):
 * where they lead is known to the network alone.
 */
const sameHosts: Readonly<Record<string, string>> = {
  'twitter.com': 'x.com',
  'instagr.am': 'instagram.com',
  'fb.com': 'facebook.com',
  'fb.me': 'facebook.com',
  'youtube-nocookie.com': 'youtube.com',
  'telegram.me': 't.me',
  'telegram.dog': 't.me',
  'threads.com': 'threads.net',
  'vk.ru': 'vk.com',
}

/** Networks that show the same page under whatever stands before their name, but for what is listed: that is another thing. */
const anyBefore: Readonly<Record<string, readonly string[]>> = {
  'facebook.com': [],
  'instagram.com': [],
  'linkedin.com': [],
  'pinterest.com': [],
  'reddit.com': ['i', 'v', 'preview'],
  'threads.net': [],
  'tiktok.com': ['vm', 'vt'],
  'x.com': [],
  'youtube.com': [],
}

/** Pinterest has a name in each country: `pinterest.de`, `pinterest.co.uk`. */
const pinterestOfCountry = /^(.*\.)?pinterest\.(?:[a-z]{2}|co\.[a-z]{2}|com\.[a-z]{2})$/

/** The one name of a network, whatever name it goes by; any other host without what leads to the same page on a phone. */
export function networkHost(url: URL): string {
  const [first = '', ...others] = plainHost(url).replace(pinterestOfCountry, '$1pinterest.com').split('.')
  const whole = [first, ...others].join('.')
  const known = sameHosts[whole] ?? whole
  if (Object.hasOwn(anyBefore, known)) return known
  const parent = whole.split('.').slice(-2).join('.')
  const network = sameHosts[parent] ?? parent
  const before = Object.hasOwn(anyBefore, network) ? anyBefore[network] : undefined
  return before && !before.includes(first) ? network : known
}

/** Where a page of a network is, in the one way to write it. Case is left as it is. */
export interface Page {
  readonly host: string
  readonly path: readonly string[]
  /** Which one, where the path leads to any. */
  readonly video?: string
}

/** Whether a name of `alice.t.me` is somebody's: then it is `t.me/alice`. */
const telegramName = /^(\w{4,32})\.t\.me$/

export function pageOf(url: URL): Page {
  const plain = plainHost(url)
  const path = url.pathname.split('/').filter((part) => part !== '')
  const [first, second] = path
  if (plain === 'youtu.be' && first) return video(first)
  if (plain === 'redd.it' && first) return { host: 'reddit.com', path: ['comments', ...path] }
  const named = telegramName.exec(plain)?.[1]
  if (named) return { host: 't.me', path: [named, ...path] }
  const host = networkHost(url)
  const kind = first?.toLowerCase()
  if (host === 'youtube.com') {
    if (second && second !== 'videoseries' && kind && ['shorts', 'live', 'embed', 'v'].includes(kind)) return video(second)
    const shown = kind === 'watch' ? url.searchParams.get('v') : null
    if (shown) return video(shown)
  }
  if (host === 't.me' && kind === 's' && second) return { host, path: path.slice(1) }
  if (host === 'reddit.com' && kind === 'u' && second) return { host, path: ['user', ...path.slice(1)] }
  return { host, path }
}

const video = (id: string): Page => ({ host: 'youtube.com', path: ['watch'], video: id })
