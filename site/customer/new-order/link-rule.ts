/** What is wrong with a link as typed, in words. The panel checks it again and has the last word. */
export interface LinkCheck {
  readonly problem?: string
  /** What was probably meant. */
  readonly suggestion?: string
}

const longest = 2_000
const privateNames = /(^|\.)(localhost|local|localdomain|internal|intranet|lan|home|corp|home\.arpa|test|invalid|example|onion)$/

export function checkLink(text: string): LinkCheck {
  const link = text.trim()
  if (link === '') return { problem: 'Paste the link that the order is for.' }
  if (link.length > longest) return { problem: 'This link is longer than 2,000 characters.' }
  if (/\s/.test(link)) return { problem: 'A link has no spaces in it.' }
  if (!/^https?:\/\//i.test(link))
    return looksLikeAddress(link)
      ? { problem: 'The address needs https:// in front.', suggestion: `https://${link}` }
      : { problem: 'Use the full address, beginning with https://' }
  const url = URL.parse(link)
  if (!url) return { problem: 'This is not an address.' }
  if (url.username || url.password) return { problem: 'Leave out the user name and password: nobody needs them.' }
  return isPublicName(url.hostname) ? {} : { problem: 'The address must be public.' }
}

const looksLikeAddress = (text: string): boolean =>
  /^[a-z0-9-]+(\.[a-z0-9-]+)+(\/|$)/i.test(text) && URL.canParse(`https://${text}`)

function isPublicName(host: string): boolean {
  const name = host.replace(/\.$/, '')
  return name.includes('.') && !name.startsWith('[') && !/^[\d.]+$/.test(name) && !privateNames.test(name)
}
