/** Stands in the place of what was cut. */
export const cut = '…'

/** The longest address that is kept. */
const longest = 200

/**
 * A path as it is kept (P-LOG-1): words stay, and whatever could be a token, a key, a code, an email or a number of
 * somebody's is cut, segment by segment. What looks like nothing in particular is cut, too: a word is told by being one.
 */
export function pathOf(raw: string): string {
  const [path = ''] = decoded(raw).split(/[?#;]/)
  const segments = path.split('/').slice(0, 12)
  const kept = segments.map((segment, index) =>
    segment === '' || (isWord(segment) && !opensSecret(segments[index - 1])) ? segment : cut,
  )
  return kept.join('/').slice(0, longest)
}

/** Where somebody came from: the site and the path, cut as pages are; undefined for nowhere, or what is no address of the web. */
export function referrerOf(raw: string): { readonly host: string; readonly address: string } | undefined {
  try {
    // User, password, query and fragment stay behind here.
    const { protocol, hostname, pathname } = new URL(raw.includes('%3A%2F%2F') ? decoded(raw) : raw)
    if (!/^https?:$/.test(protocol) || hostname === '' || hostname.length > 100) return undefined
    const host = secretHost(hostname) ? cut : hostname.replace(/^www\./, '')
    return { host, address: `${protocol}//${host}${pathOf(pathname)}`.slice(0, longest) }
  } catch {
    return undefined
  }
}

/** `order-status`, `v2`, `index.html`: words of letters, and endings of files. */
const isWord = (segment: string): boolean =>
  segment.length <= 48 &&
  /^\.?(?:[A-Z]?[a-z]{1,16}|[A-Z]{1,4}|v\d{1,2})(?:[-_.](?:[A-Z]?[a-z]{1,16}|v?\d{1,2}|woff2|mp[34]))*$/.test(segment)

/** What follows one of these is cut whatever it looks like. */
const opensSecret = (segment: string | undefined): boolean =>
  segment !== undefined &&
  /^(?:reset|confirm|verify|verification|invite|invitation|tokens?|codes?|secret|magic|unsubscribe|activate|password|u|users?|profiles?)$/i.test(
    segment,
  )

/** A part of a host's name that somebody was given for himself. */
const secretHost = (host: string): boolean => host.split('.').some((label) => label.length > 40 || /[0-9a-f]{16}/.test(label))

/** Names are encoded once by the browser and once by the log; a third time hides nothing worth keeping. */
function decoded(text: string): string {
  let plain = text
  for (let time = 0; time < 3 && plain.includes('%'); time++) {
    try {
      plain = decodeURIComponent(plain)
    } catch {
      return plain.replace(/%[0-9A-Fa-f]{0,2}/g, cut)
    }
  }
  return plain
}
