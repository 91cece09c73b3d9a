import type { Ended, Outcome } from './ended.ts'

/** Less than this is no measure, and is not shown. */
export const fewest = 5
/** A typical time is that of this many orders that were completed last. */
export const latest = 20

/** How long orders of a service usually take. */
export interface TypicalTime {
  /** Half of them took no longer, in minutes; rounded up, so that nothing is promised sooner than it came. */
  readonly minutes: number
  /** Half of them were for no more. */
  readonly quantity: number
  /** Of how many orders this is. */
  readonly orders: number
}

/** Undefined until enough was completed. `ended`: newest first. */
export function typicalTime(ended: readonly Ended[]): TypicalTime | undefined {
  const completed = ended.filter(({ outcome }) => outcome === 'completed').slice(0, latest)
  if (completed.length < fewest) return undefined
  const minutes = Math.max(1, Math.ceil(middle(completed.map(({ seconds }) => seconds)) / 60))
  return { minutes, quantity: middle(completed.map(({ quantity }) => quantity)), orders: completed.length }
}

/** How orders ended, of those that ended last. */
export type Outcomes = Readonly<Record<Outcome, number>> & { readonly ended: number }

/** Undefined until enough ended. */
export function outcomesOf(ended: readonly Ended[]): Outcomes | undefined {
  if (ended.length < fewest) return undefined
  const counts: Record<Outcome, number> = { completed: 0, partial: 0, canceled: 0, refused: 0 }
  for (const { outcome } of ended) counts[outcome]++
  return { ...counts, ended: ended.length }
}

/** The lower one of the two in the middle: a number that was measured, not one between two. */
const middle = (numbers: readonly number[]): number => numbers.toSorted((a, b) => a - b)[Math.floor((numbers.length - 1) / 2)] ?? 0

/** As panels of this field say it: `1 hour 5 minutes`. Two units at most, and never less than it was. */
export function timeInWords(minutes: number): string {
  const whole = minutes < 1_440 ? minutes : Math.ceil(minutes / 60) * 60
  const parts = [
    { count: Math.floor(whole / 1_440), unit: 'day' },
    { count: Math.floor(whole / 60) % 24, unit: 'hour' },
    { count: whole % 60, unit: 'minute' },
  ]
  return parts
    .filter(({ count }) => count > 0)
    .map(({ count, unit }) => `${count} ${unit}${count === 1 ? '' : 's'}`)
    .join(' ')
}
