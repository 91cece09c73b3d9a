import { publicLink, targetOf } from './link.ts'

/** What stands first in the addresses of everybody: with nothing behind it, it names nobody. */
const everybodys = new Set(
  'p reel reels tv stories explore accounts watch shorts live embed playlist channel c user i home search hashtag status groups pages people profile.php story.php permalink.php photo.php photo photos video videos events share t s in company posts post u r web joinchat'.split(
    ' ',
  ),
)

/** How deep a covering target may lie above a link. */
const deepest = 4

/**
 * Targets whose owners want no orders. A profile covers what lies under it: `instagram.com/somebody` is also
 * `instagram.com/somebody/reel/1`. A link is compared in one spelling, whatever name its network goes by and however it was
 * written, capitals included: that two targets differ in capitals alone does not happen, that somebody tries it does.
 */
interface Spelled {
  readonly host: string
  readonly path: readonly string[]
  /** Only where it says what is shown. */
  readonly query: string
}

function spelled(link: string): Spelled | undefined {
  const url = URL.parse(`https://${targetOf(link).toLowerCase()}`)
  if (!url) return undefined
  const path = url.pathname.split('/').filter((part) => part !== '')
  const last = path.at(-1)
  const video = url.hostname === 'youtube.com' && last === 'watch' ? url.searchParams.get('v') : null
  // A list that a video was found in, or a comment below it, is of its owner all the same.
  if (video) return { host: url.hostname, path, query: `?v=${video}` }
  return { host: url.hostname, path, query: last === undefined || everybodys.has(last) ? url.search : '' }
}

const written = ({ host, path, query }: Spelled): string => `${[host, ...path].join('/')}${query}`

/**
 * What a block of this link covers; undefined for what is no public link, or would cover a whole network.
 */
export function blockedTarget(text: string): string | undefined {
  const typed = text.trim()
  const link = publicLink(/^https?:\/\//i.test(typed) ? typed : `https://${typed}`)
  const target = link && spelled(link)
  if (!target) return undefined
  const { path, query } = target
  const namesSomebody = query !== '' || path.some((part) => !everybodys.has(part))
  return namesSomebody ? written(target) : undefined
}

/** Every target that, blocked, covers this link: itself, and what it lies under. */
export function covering(link: string): string[] {
  const target = spelled(link)
  if (!target) return []
  const { host, path } = target
  const above = path.slice(0, deepest).map((_, at) => [host, ...path.slice(0, at + 1)].join('/'))
  return [...new Set([...above, written(target)])]
}
