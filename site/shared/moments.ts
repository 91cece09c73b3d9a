import { writing } from './writing.ts'

const second = 1_000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour

/** Where the site's own language is not the reader's, months are numbers: no page mixes words of two. */
const formatsOf = (locale: string) => {
  const words = locale.startsWith('en')
  const month = words ? ('short' as const) : ('2-digit' as const)
  return {
    clock: new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit' }),
    thisYear: new Intl.DateTimeFormat(locale, { day: 'numeric', month, hour: '2-digit', minute: '2-digit' }),
    otherYear: new Intl.DateTimeFormat(locale, { day: 'numeric', month, year: 'numeric' }),
    day: new Intl.DateTimeFormat(locale, { dateStyle: words ? 'long' : 'short' }),
    whole: words
      ? new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'long' })
      : new Intl.DateTimeFormat(locale, { dateStyle: 'short', timeStyle: 'long' }),
  }
}
const made = new Map<string, ReturnType<typeof formatsOf>>()
function formats(): ReturnType<typeof formatsOf> {
  const { locale } = writing()
  const known = made.get(locale) ?? formatsOf(locale)
  made.set(locale, known)
  return known
}

/** Relative within a day, absolute beyond; of what is to come as of what was. */
export function ago(at: Date, now: Date): string {
  const passed = now.getTime() - at.getTime()
  if (passed < -minute) return ahead(at, now)
  if (passed < 45 * second) return 'just now'
  if (passed < hour) return `${Math.max(1, Math.round(passed / minute))} min ago`
  if (passed < day) return `${Math.floor(passed / hour)} h ago`
  return dated(at, now)
}

function ahead(at: Date, now: Date): string {
  const left = at.getTime() - now.getTime()
  if (left < hour) return `in ${Math.max(1, Math.round(left / minute))} min`
  if (left < day) return `in ${Math.floor(left / hour)} h`
  return dated(at, now)
}

function dated(at: Date, now: Date): string {
  const { thisYear, otherYear } = formats()
  return (at.getFullYear() === now.getFullYear() ? thisYear : otherYear).format(at)
}

export const longDay = (at: Date): string => formats().day.format(at)
export const exactMoment = (at: Date): string => formats().whole.format(at)
export const timeOfDay = (at: Date): string => formats().clock.format(at)

/** A day of the UTC calendar, as the server's lists by day are kept. */
export const utcDay = (at: Date): string => at.toISOString().slice(0, 10)
