/** Sortable, to the millisecond, UTC: `2026-11-22T10:00:00.000Z`. */
export const iso = (time: Date): string => time.toISOString()

/** The day in UTC: `2026-11-22`. */
export const dayOf = (time: Date): string => iso(time).slice(0, 10)

export const later = (time: Date, seconds: number): Date => new Date(time.getTime() + seconds * 1000)

/** Seconds since 1970, as a table's time to live wants it. */
export const epochSeconds = (time: Date): number => Math.floor(time.getTime() / 1000)
