/** A time as a language writes it, in UTC: where the reader is, the panel does not know. */
export const timeIn = (locale: string, at: string): string =>
  `${new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' }).format(new Date(at))} UTC`
