/** Something that pages leave in the browser's own storage. It never travels to the panel by itself. */
export interface Stored {
  readonly where: 'localStorage' | 'sessionStorage'
  readonly purpose: string
}

/** Every name under which the site stores something (P-CK-1). `*` stands for anything. */
export const siteStorage = {
  theme: { where: 'localStorage', purpose: 'The light or dark appearance you chose, so that it is there before the first paint.' },
  language: { where: 'localStorage', purpose: 'The language in which dates and numbers are written.' },
  'signed-in': { where: 'localStorage', purpose: 'That you were signed in here, so that public pages need not ask.' },
  'order-under-way': {
    where: 'sessionStorage',
    purpose: 'An order that was sent and not answered yet, so that a reload cannot place it twice.',
  },
  'tsr-scroll-restoration-v1_3': { where: 'sessionStorage', purpose: 'How far you had scrolled, for when you go back.' },
} as const satisfies Readonly<Record<string, Stored>>

/** The same in the console. */
export const consoleStorage = {
  theme: { where: 'localStorage', purpose: 'The appearance that was chosen.' },
  language: { where: 'localStorage', purpose: 'The language in which dates and numbers are written.' },
  'unfinished edit of services': {
    where: 'localStorage',
    purpose: 'A change of many services that was not carried out to its end, so that it can go on.',
  },
  'adjusting *': {
    where: 'sessionStorage',
    purpose: 'A credit or debit that was sent and not answered yet, so that a reload cannot move the money twice.',
  },
  'tsr-scroll-restoration-v1_3': { where: 'sessionStorage', purpose: 'How far one had scrolled, for when one goes back.' },
} as const satisfies Readonly<Record<string, Stored>>

type AllStored = typeof siteStorage & typeof consoleStorage
type NamedIn<Where> = {
  [Name in keyof AllStored]: AllStored[Name] extends { readonly where: Where } ? WithAnything<Name> : never
}[keyof AllStored]
type WithAnything<Name> = Name extends `${infer Start}*` ? `${Start}${string}` : Name
export type LocalName = NamedIn<'localStorage'>
export type TabName = NamedIn<'sessionStorage'>
