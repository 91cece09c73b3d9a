import { pageOf } from './networks.ts'

/** Longest link an order may carry, in characters. */
export const longestLink = 2_000

/** Names that lead back into a machine or its network, whatever they resolve to. */
const privateNames = /(^|\.)(localhost|local|localdomain|internal|intranet|lan|home|corp|home\.arpa|test|invalid|example|onion)$/

/**
 * The link of an order, in the form it is sent on; undefined when it is not a public http(s) address: another scheme,
 * credentials, a private or numeric host, a host without a dot, or too long. Nothing here looks a name up: the panel
 * never fetches a link, it only passes it on.
 */
export function publicLink(text: string): string | undefined {
  const trimmed = text.trim()
  if (trimmed.length > longestLink || /[\s\p{Cc}]/u.test(trimmed)) return undefined
  const url = URL.parse(trimmed)
  if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:')) return undefined
  if (url.username || url.password || /^[^/?#]*\/\/[^/?#]*@/.test(trimmed)) return undefined
  return isPublicName(url.hostname) ? trimmed : undefined
}

/** A public link is a name: an address in numbers is never a social network's. */
function isPublicName(host: string): boolean {
  const name = host.replace(/\.$/, '')
  return name.includes('.') && !name.startsWith('[') && !/^[\d.]+$/.test(name) && !privateNames.test(name)
}

/** Parameters that tell who shared a link or where a visitor came from, and not what is shown. */
const ofSharing =
  /^(?:utm_\w+|fbclid|gclid|dclid|msclkid|ttclid|twclid|yclid|mc_[ce]id|igsh|igshid|mibextid|si|s|t|feature|ref|ref_src|ref_url|share_id|sender_device|is_from_webapp|_[rt])$/

/** Letters, digits and `-._~` mean the same whether they are written as themselves or in percent; everything else does not. */
const plainly = (text: string): string =>
  text.replaceAll(/%[\da-f]{2}/gi, (code) => {
    const character = String.fromCharCode(Number.parseInt(code.slice(1), 16))
    return /[\w.~-]/.test(character) ? character : code.toUpperCase()
  })

/**
 * What two links to the same target have in common, however they were written down or shared: the one name of the network
 * and the one form of a video (`networks.ts`), the path without its slashes to spare, the query without what only tells who
 * shared it. To find and compare orders by; what is sent on is the link as it was given.
 */
export function targetOf(link: string): string {
  const url = URL.parse(plainly(link.trim()))
  if (!url) return link.trim()
  const { host, path, video } = pageOf(url)
  const place = [url.port && !['80', '443'].includes(url.port) ? `${host}:${url.port}` : host, ...path].join('/')
  if (video !== undefined) url.searchParams.set('v', video)
  const query = [...url.searchParams]
    .filter(([name]) => !ofSharing.test(name.toLowerCase()))
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
  return `${place}${query.length > 0 ? `?${new URLSearchParams(query)}` : ''}`
}
