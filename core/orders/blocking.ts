import { publicLink, targetOf } from './link.ts'
import { given, homeOf, type Network, networkAt, type Path, plainly, type Shown } from './shown.ts'

/** What stands first in the addresses of everybody: with nothing behind it, it names nobody. */
const everybodys = new Set(
  'p reel reels tv stories explore accounts watch shorts live embed playlist channel c user i home search hashtag status groups pages people profile.php story.php permalink.php photo.php photo photos video videos events share t s in company posts post u r web joinchat'.split(
    ' ',
  ),
)

/** What stands before somebody's name where nothing more is known of a network. */
const beforeNames =
  /^(?:users?|u|profiles?|members?|people|channels?|c|authors?|artists?|creators?|models?|accounts?|add|popout|embed|web|stories)$/

/** Parameters that say who or what, where the path leads to anybody. All others are about whoever follows the link. */
const naming =
  'id v u p uid user user_id userid username screen_name name channel channel_id page_id profile story_fbid fbid list video post gid mid'.split(
    ' ',
  )

/** How deep a covering target may lie above a link. */
const deepest = 4

/**
 * Targets whose owners want no orders. A profile covers what lies under it: `instagram.com/somebody` is also
 * `instagram.com/somebody/reel/1`. A link is compared in one spelling, whatever name its network goes by and however it was
 * written, capitals included: that two targets differ in capitals alone does not happen, that somebody tries it does.
 */
interface Target extends Required<Shown> {
  readonly host: string
  /** Whether the beginning of an address here is everybody's. */
  readonly isNobodys: (path: Path) => boolean
}

/** What stands behind a `#` is an address too, where a network shows all its pages on one. */
const inFull = (link: string): string => link.replace(/^(https?:\/\/[^/?#]+)\/?#!?\/(?=.)/i, '$1/')

function targetAt(link: string): Target | undefined {
  const full = inFull(link.trim())
  const url = URL.parse(`https://${targetOf(full).toLowerCase()}`)
  if (!url) return undefined
  // Of what was given twice, both: which of them counts, each network has its own mind about.
  for (const [name, value] of URL.parse(full.toLowerCase())?.searchParams ?? []) url.searchParams.append(name, value)
  const parts = url.pathname.split('/').filter((part) => part !== '')
  const { host, path: written } = homeOf(url.hostname, parts.map(plainly))
  const network = networkAt(host)
  const isNobodys = (path: Path): boolean =>
    path.every((part) => everybodys.has(part)) || network?.nobodys?.test(path.join('/')) === true
  const path = written.map((part) => {
    const name = part.replace(/^@+(?=[^@])/, '')
    return isNobodys([name]) ? part : name
  })
  const { as, at = [] } = network ? pageAt(network, path, url.searchParams, isNobodys) : pageAnywhere(path, url.searchParams)
  return { host, as, at: at.filter((place) => !isNobodys(place)), isNobodys }
}

function pageAt(network: Network, whole: Path, query: URLSearchParams, isNobodys: (path: Path) => boolean): Shown {
  const path = without(network.before, whole)
  return network.page?.(path, query, isNobodys(path)) ?? { as: path }
}

/** Of a network that nothing is known of, a name is taken for somebody's wherever it is likely to stand. */
function pageAnywhere(path: Path, query: URLSearchParams): Shown {
  const last = path.at(-1)
  const isAnybodys = last === undefined || everybodys.has(last) || /\.(?:php|aspx?|jsp|cgi)$/.test(last)
  const named = isAnybodys ? naming.flatMap((name) => given(query, /./, name).map((value) => `${last ?? ''}?${name}=${value}`)) : []
  const [as, ...at] = named.map((page) => [...path.slice(0, -1), page])
  return as ? { as, at: [...at, path] } : { as: path, at: [without(beforeNames, path)] }
}

function without(before: RegExp | undefined, path: Path): Path {
  const [first, ...others] = path
  return first !== undefined && others.length > 0 && before?.test(first) ? without(before, others) : path
}

/**
 * What a block of this link covers; undefined for what is no public link, or would cover a whole network.
 */
export function blockedTarget(text: string): string | undefined {
  const typed = text.trim()
  const link = publicLink(/^https?:\/\//i.test(typed) ? typed : `https://${typed}`)
  const target = link && targetAt(link)
  return !target || target.isNobodys(target.as) ? undefined : [target.host, ...target.as].join('/')
}

/** Every target that, blocked, covers this link: itself, and what it lies under. */
export function covering(link: string): string[] {
  const target = targetAt(link)
  if (!target) return []
  const { host, as, at, isNobodys } = target
  const above = [as, ...at].flatMap((path) => path.slice(0, deepest).map((_, last) => path.slice(0, last + 1)))
  const places = [...above, as].filter((path) => !isNobodys(path))
  return [...new Set(places.map((path) => [host, ...path].join('/')))]
}
