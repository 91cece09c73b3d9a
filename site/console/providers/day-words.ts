import { writing } from '../../shared/writing.ts'

/** `2026-11-27` as people write it. */
export const dayWords = (day: string): string =>
  new Intl.DateTimeFormat(writing().locale, { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' }).format(
    new Date(`${day}T00:00:00Z`),
  )
