/** Mails are written in these. */
export const languages = ['en', 'de', 'es'] as const
export type Language = (typeof languages)[number]

export const themes = ['auto', 'light', 'dark'] as const

/** What a customer chose. Security messages are not among what can be chosen: they always come. */
export interface Preferences {
  readonly language: Language
  readonly theme: (typeof themes)[number]
  /** A second currency beside the exact amounts, ISO 4217; none where there is none. */
  readonly currency?: string | undefined
  /** Whether announcements are mailed. */
  readonly announcements: boolean
  /** Whether it is mailed that support answered in a ticket. */
  readonly ticketMails: boolean
  /** Whether a daily mail tells what became of services they ordered. */
  readonly changes: boolean
}

export const firstPreferences: Preferences = {
  language: 'en',
  theme: 'auto',
  announcements: true,
  ticketMails: true,
  changes: false,
}

/** Mails that one can do without, by the name of the choice. */
export const optionalMails = ['announcements', 'changes'] as const
export type OptionalMail = (typeof optionalMails)[number]
