const second = 1_000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' })
const thisYear = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' })
const otherYear = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' })
const whole = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'long' })

/** Relative within a day, absolute beyond; of what is to come as of what was. */
export function ago(at: Date, now: Date): string {
  const passed = now.getTime() - at.getTime()
  if (passed < -minute) return ahead(at, now)
  if (passed < 45 * second) return 'just now'
  if (passed < hour) return `${Math.max(1, Math.round(passed / minute))} min ago`
  if (passed < day) return `${Math.floor(passed / hour)} h ago`
  return (at.getFullYear() === now.getFullYear() ? thisYear : otherYear).format(at)
}

function ahead(at: Date, now: Date): string {
  const left = at.getTime() - now.getTime()
  if (left < hour) return `in ${Math.max(1, Math.round(left / minute))} min`
  if (left < day) return `in ${Math.floor(left / hour)} h`
  return (at.getFullYear() === now.getFullYear() ? thisYear : otherYear).format(at)
}

export const exactMoment = (at: Date): string => whole.format(at)
export const timeOfDay = (at: Date): string => clock.format(at)

/** A day of the UTC calendar, as the server's lists by day are kept. */
export const utcDay = (at: Date): string => at.toISOString().slice(0, 10)
