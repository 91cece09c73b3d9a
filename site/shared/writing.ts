import type { Preferences } from '../../core/identity/preferences.ts'
import { kept } from './storage.ts'

type Language = Preferences['language']

/** How a language writes dates and numbers. The words around them are the site's own. */
interface Writing {
  readonly locale: string
  readonly point: string
  readonly group: string
}

const writings: Readonly<Record<Language, Writing>> = {
  en: { locale: 'en-GB', point: '.', group: ',' },
  de: { locale: 'de-DE', point: ',', group: '.' },
  es: { locale: 'es-ES', point: ',', group: '.' },
}

const name = 'language'
const isLanguage = (text: string | null): text is Language => text !== null && text in writings

let language: Language = 'en'
const remembered = kept.get(name)
if (isLanguage(remembered)) language = remembered

/** As the account has it; known to this browser before the account is asked for, so that nothing is written twice. */
export const writtenIn = (): Language => language
export const writing = (): Writing => writings[language]

/** From now on. What is on the page already has to be drawn anew. */
export function writeIn(wanted: Language): void {
  language = wanted
  kept.set(name, wanted)
}
