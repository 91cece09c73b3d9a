import { fateOf, kindsWith } from './erasing.ts'
import { titleOf } from './titles.ts'

/** What becomes of something when an account is erased, as its owner is told beforehand. */
export interface Becomes {
  readonly what: string
  readonly fate: 'erased' | 'pseudonymised' | 'expires'
  readonly cut: string[]
}

/** Names of what is cut, as people know them. */
const words: Readonly<Record<string, string>> = {
  link: 'the link',
  linkKey: 'what it is found by under its link',
  said: 'what a provider said of it',
  memo: 'our staff’s reason',
}

/** Everything, from the inventory: first what goes, then what stays under a number that names nobody. */
export const whatBecomes = (): Becomes[] => [
  { what: 'Your sign-in: email, name and password, where identities are kept', fate: 'erased', cut: [] },
  { what: 'Your pictures, attachments and archives', fate: 'erased', cut: [] },
  ...rows('erased'),
  ...rows('pseudonymised'),
  { what: 'Pages you visited, with addresses, in the access log', fate: 'expires', cut: [] },
]

const rows = (wanted: 'erased' | 'pseudonymised'): Becomes[] =>
  kindsWith(({ fate }) => fate === wanted).map((kind) => {
    const fate = fateOf(kind)
    return {
      what: titleOf(kind),
      fate: wanted,
      cut: fate.fate === 'pseudonymised' ? fate.cut.map((name) => words[name] ?? name) : [],
    }
  })
