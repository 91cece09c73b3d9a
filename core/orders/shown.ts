/** Where something lies at a network, part by part. */
export type Path = readonly string[]

/** What an address shows, in the one way to write it; and at whose it lies, as far as it says so. */
export interface Shown {
  readonly as: Path
  readonly at?: readonly Path[]
}

export interface Network {
  /** What may stand before a name and leads to the same page. */
  readonly before?: RegExp
  /** Beginnings of addresses, besides those of every network, that name nobody. */
  readonly nobodys?: RegExp
  /** Undefined where the path says it all. `isNobodys`: it names nobody. */
  readonly page?: (path: Path, query: URLSearchParams, isNobodys: boolean) => Shown | undefined
}

/** Written in percent or not, these are themselves. */
export const plainly = (part: string): string => part.replaceAll('%40', '@').replaceAll('%2b', '+').replaceAll('%3a', ':')

/** The first and the last that was given: networks differ in which of them counts. */
export const given = (query: URLSearchParams, fits: RegExp, ...names: readonly string[]): string[] =>
  names.flatMap((name) => {
    const all = query.getAll(name).filter((value) => fits.test(value))
    const ends = new Set([...all.slice(0, 1), ...all.slice(-1)])
    return [...ends].map((value) => plainly(encodeURIComponent(value).toLowerCase()))
  })

const anything = /./
const inDigits = /^\d+$/

/** The first that was found is what is shown; the others are what it may lie under. */
const firstOf = ([as, ...at]: readonly Path[]): Shown | undefined => as && { as, at }

/** Whose the thing of this kind is, and what stands behind the kind. */
function kept(
  path: Path,
  kinds: RegExp,
  fits: RegExp,
): { readonly owner: Path; readonly id: string; readonly more: Path } | undefined {
  const kind = path.findIndex((part, index) => kinds.test(part) && fits.test(path[index + 1] ?? ''))
  const id = kind === -1 ? undefined : path[kind + 1]
  return id === undefined ? undefined : { owner: path.slice(0, kind), id, more: path.slice(kind + 2) }
}

/** People, pages, posts, photos and videos are numbered in one row: whatever has a number is shown under it. */
function facebook(path: Path, query: URLSearchParams, isNobodys: boolean): Shown | undefined {
  if (isNobodys || path[0]?.endsWith('.php'))
    return firstOf([
      ...given(query, /^(?:\d+|pfbid\w+)$/, 'story_fbid', 'fbid', 'v', 'id').map((id) => [id]),
      ...given(query, anything, 'set').map((set) => ['media', `set?set=${set}`]),
    ])
  const kind = path.findIndex((part) => /^(?:posts|permalink|videos|photos|reel)$/.test(part))
  const number =
    kind === -1
      ? undefined
      : path
          .slice(kind + 1)
          .flatMap(numberIn)
          .at(-1)
  if (number === undefined) return { as: facebookOwner(path) }
  return { as: [number], at: [facebookOwner(path.slice(0, kind))] }
}

const numberIn = (part: string): string[] => (/^(?:\d+|pfbid\w+)$/.test(part) ? [part] : (/-(\d{3,})$/.exec(part)?.slice(1) ?? []))

/** A page without a name of its own is called by what it says of itself, and its number. */
function facebookOwner(path: Path): Path {
  const [first = ''] = path
  const isNumbered = /^(?:people|pages|p)$/.test(first)
  const place = isNumbered
    ? path.findIndex((part, index) => index > 0 && numberIn(part).length > 0)
    : /-\d{9,}$/.test(first)
      ? 0
      : -1
  return place === -1 ? path : [...numberIn(path[place] ?? ''), ...path.slice(place + 1)]
}

function instagram(path: Path, query: URLSearchParams, isNobodys: boolean): Shown | undefined {
  if (isNobodys) return firstOf(given(query, anything, 'username').map((name) => [name]))
  if (path[0] === 'share' || path[1] === 'audio') return undefined
  const post = kept(path, /^(?:p|reel|reels|tv)$/, anything)
  return post && { as: ['p', post.id], at: [post.owner] }
}

function x(path: Path, query: URLSearchParams, isNobodys: boolean): Shown | undefined {
  if (isNobodys)
    return firstOf([
      ...given(query, inDigits, 'tweet_id', 'in_reply_to').map((id) => ['i', 'status', id]),
      ...given(query, anything, 'screen_name').map((name) => [name.replace('@', '')]),
      ...given(query, inDigits, 'user_id').map((id) => ['i', 'user', id]),
    ])
  const post = kept(path, /^status(?:es)?$/, inDigits)
  return post && { as: ['i', 'status', post.id], at: [post.owner] }
}

function youtube(path: Path, query: URLSearchParams, isNobodys: boolean): Shown | undefined {
  const [first = '', second] = path
  if (second !== undefined && /^(?:watch|e)$/.test(first)) return { as: [`watch?v=${second}`] }
  if (!isNobodys) return undefined
  const videos = /^watch/.test(first) ? given(query, /^(?!live_stream$)./, 'v') : []
  // A list that a video was found in, or a comment below it, is of its owner all the same.
  if (videos.length > 0) return firstOf(videos.map((video) => [`watch?v=${video}`]))
  return firstOf([
    ...given(query, anything, 'channel', 'channel_id', 'add_user_id').map((id) => ['channel', id]),
    ...given(query, anything, 'user', 'add_user').map((name) => [name]),
    ...given(query, anything, 'list').map((list) => [`playlist?list=${list}`]),
  ])
}

function telegram([first, second, ...more]: Path, query: URLSearchParams): Shown | undefined {
  if (first === 'joinchat' && second !== undefined) return { as: [`+${second}`, ...more] }
  return first === 'boost' ? firstOf(given(query, inDigits, 'c').map((id) => ['c', id])) : undefined
}

function tiktok(path: Path): Shown | undefined {
  const post = kept(path, /^(?:video|photo|v|v1|v2|embed)$/, /^\d+(?:\.html)?$/)
  if (post) return { as: ['video', post.id.replace('.html', '')], at: [post.owner] }
  return path[0] === 'embed' && path.length > 1 ? { as: path.slice(1) } : undefined
}

function threads(path: Path): Shown | undefined {
  const post = kept(path, /^(?:post|t)$/, anything)
  return post && { as: ['t', post.id], at: [post.owner] }
}

function reddit(path: Path): Shown {
  const [first, second, ...more] = path
  // What somebody posts to their own page lies in a group of that name.
  const own = first === 'r' && second?.startsWith('u_') ? ['user', second.slice(2), ...more] : path
  const post = kept(own, /^(?:comments|gallery|tb)$/, anything)
  // Behind a post stands its title, and then a comment.
  return post ? { as: ['comments', post.id, ...post.more.slice(1, 2)], at: [post.owner] } : { as: own }
}

function linkedin(path: Path): Shown | undefined {
  const [first, second = '', ...more] = path
  // A company has one name, of whichever kind it is.
  if (first === 'showcase' || first === 'school') return second === '' ? undefined : { as: ['company', second, ...more] }
  const [name = '', ...title] = second.split('_')
  if (first !== 'posts' || title.length === 0) return undefined
  const [, kind, id] = /(activity|ugcpost|share)-(\d+)/.exec(second) ?? []
  return {
    as: kind && id ? ['feed', 'update', `urn:li:${kind}:${id}`] : path,
    at: [
      ['in', name],
      ['company', name],
    ],
  }
}

function spotify(path: Path): Shown | undefined {
  const list = kept(path, /^playlist$/, anything)
  return list && { as: ['playlist', list.id], at: [list.owner] }
}

function twitch(path: Path, query: URLSearchParams, isNobodys: boolean): Shown | undefined {
  if (isNobodys)
    return firstOf([
      ...given(query, anything, 'clip').map((clip) => ['clip', clip]),
      ...given(query, /^v?\d+$/, 'video').map((id) => ['videos', id.replace('v', '')]),
      ...given(query, anything, 'channel').map((name) => [name]),
    ])
  const clip = kept(path, /^clip$/, anything)
  if (clip) return { as: ['clip', clip.id], at: [clip.owner] }
  const video = kept(path, /^(?:v|video|videos)$/, inDigits)
  return video && { as: ['videos', video.id], at: [video.owner] }
}

function pinterest(path: Path): Shown | undefined {
  const pin = kept(path, /^pin$/, /\d$/)
  return pin && { as: ['pin', pin.id.replace(/^.*--/, '')] }
}

/** What lies at somebody's names them by number: a person as it is, a group with a minus. */
const ofVk =
  /^(?:wall|photo|video|clip|topic|album|market|product|story|audios|photos|videos|albums|topics|clips|friends|write)(-?)(\d+)(_\d+)?/

function vk([first = '', ...more]: Path, query: URLSearchParams): Shown | undefined {
  const numbered = [...given(query, ofVk, 'w', 'z'), first].flatMap((part): Path[] => {
    const [thing, minus, number, nth] = ofVk.exec(part) ?? []
    if (thing === undefined) return []
    const owner = [`${minus ? 'club' : 'id'}${number}`]
    return nth === undefined ? [owner] : [[thing], owner]
  })
  const named = first === '' || ofVk.test(first) ? [] : [[first.replace(/^(?:public|event)(?=\d+$)/, 'club'), ...more]]
  return firstOf([...numbered, ...named])
}

const networks: Readonly<Record<string, Network>> = {
  'facebook.com': {
    before: /^(?:pg|watch|stories|gaming|profile)$/,
    nobodys: /^(?:pg|gaming|profile|reel|media(?:\/set)?|\w+\.php)$/,
    page: facebook,
  },
  'instagram.com': { before: /^(?:stories|_u|_n)$/, nobodys: /^(?:_u|_n|highlights)$/, page: instagram },
  'x.com': { nobodys: /^(?:intent(?:\/\w+)?|i\/\w+(?:\/status)?)$/, page: x },
  'youtube.com': {
    before: /^(?:c|user)$/,
    nobodys: /^(?:e|watch_popup|embed\/\w+|profile|subscription_center|clip)$/,
    page: youtube,
  },
  't.me': { before: /^(?:boost|s)$/, nobodys: /^(?:boost|addstickers|addlist|contact|m|iv|nft|proxy|socks)$/, page: telegram },
  'tiktok.com': { before: /^share$/, nobodys: /^(?:video|player(?:\/v\d)?|v\d?|embed\/v\d|music|tag)$/, page: tiktok },
  'threads.net': { nobodys: /^post$/, page: threads },
  'reddit.com': { nobodys: /^(?:comments|gallery|tb)$/, page: reddit },
  'linkedin.com': {
    before: /^(?:mwlite|m|comm|embed)$/,
    nobodys: /^(?:mwlite|m|comm|school|showcase|pulse|feed(?:\/update)?)$/,
    page: linkedin,
  },
  'open.spotify.com': {
    before: /^(?:intl-.*|embed|embed-podcast)$/,
    nobodys: /^(?:intl-.*|embed-podcast|artist|track|album|show|episode)$/,
    page: spotify,
  },
  'twitch.tv': {
    before: /^(?:popout|moderator|u|embed|products|subs)$/,
    nobodys: /^(?:popout|moderator|products|subs|clip|team|directory(?:\/game)?)$/,
    page: twitch,
  },
  'kick.com': { before: /^popout$/, nobodys: /^(?:popout|category)$/ },
  'pinterest.com': { nobodys: /^(?:pin|ideas)$/, page: pinterest },
  'snapchat.com': { before: /^(?:add|u)$/, nobodys: /^(?:add|spotlight|lens)$/ },
  'discord.com': { nobodys: /^(?:invite|channels)$/ },
  'vk.com': { before: /^(?:clips|video)$/, nobodys: /^(?:feed|clips)$/, page: vk },
}

/** What is known of a network besides; undefined for one that is like any other. */
export const networkAt = (host: string): Network | undefined => (Object.hasOwn(networks, host) ? networks[host] : undefined)

const otherNames: Readonly<Record<string, string>> = {
  'play.spotify.com': 'open.spotify.com',
  'player.kick.com': 'kick.com',
  'story.snapchat.com': 'snapchat.com',
  'discordapp.com': 'discord.com',
  'vkvideo.ru': 'vk.com',
}

/** Where parts of a network are shown under a name of their own, beside those names that all links are compared by. */
export function homeOf(host: string, path: Path): { readonly host: string; readonly path: Path } {
  if (host === 'clips.twitch.tv') return { host: 'twitch.tv', path: path[0] === 'embed' ? path : ['clip', ...path] }
  if (host.endsWith('.twitch.tv')) return { host: 'twitch.tv', path }
  if (host === 'discord.gg') return { host: 'discord.com', path: ['invite', ...path] }
  return { host: Object.hasOwn(otherNames, host) ? (otherNames[host] ?? host) : host, path }
}
