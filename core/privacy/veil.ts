/**
 * What staff see of a person before the task asks for more (P-SEC-2): enough to tell two apart and to find again what
 * somebody read out, not enough to know who it is.
 */
const cut = '•••'
const firstOf = (text: string): string => [...text][0] ?? ''

/** `Robin Reader` → `R••• R•••`. */
export const veilName = (name: string): string =>
  name
    .split(/\s+/)
    .filter((word) => word !== '')
    .map((word) => `${firstOf(word)}${cut}`)
    .slice(0, 3)
    .join(' ')

/** `robin@reader.example` → `r•••@•••.example`. */
export function veilEmail(email: string): string {
  const at = email.lastIndexOf('@')
  const host = email.slice(at + 1)
  const dot = host.lastIndexOf('.')
  return at < 0 ? `${firstOf(email)}${cut}` : `${firstOf(email)}${cut}@${cut}${dot < 0 ? '' : host.slice(dot)}`
}

/** An address or a network of version 4 or 6: what says which network it is in, and no more. `203.0.113.7` → `203.•••`. */
export const veilAddress = (address: string): string => `${/^[0-9a-f]*[.:]/i.exec(address)?.[0] ?? ''}${cut}`

/** The same of a row of a list. */
export const veilRow = <Row extends { readonly address: string }>(row: Row): Row => ({ ...row, address: veilAddress(row.address) })

interface Person {
  readonly name?: string | undefined
  readonly email?: string | undefined
}

/** What people wrote, with the veil over who they are also where they wrote that, or were addressed by it. */
export function veilText(text: string, { name = '', email = '' }: Person): string {
  const unaddressed = email === '' ? text : text.replaceAll(alone(email, 'giu'), () => veilEmail(email))
  return name === '' ? unaddressed : unaddressed.replaceAll(alone(name, 'gu'), () => veilName(name))
}

/** A word that stands alone: whoever is called Ed is not looked for in `Edit`. */
const alone = (word: string, flags: string): RegExp =>
  new RegExp(`(?<![\\p{L}\\p{N}])${word.replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&')}(?![\\p{L}\\p{N}])`, flags)
