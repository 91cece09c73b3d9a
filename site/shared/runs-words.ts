import { count } from './amounts.ts'

/** Minutes as people say them: `30 min`, `2 h`, `3 days`. */
export function span(minutes: number): string {
  if (minutes % 1_440 === 0) return minutes === 1_440 ? 'day' : `${minutes / 1_440} days`
  if (minutes % 60 === 0) return minutes === 60 ? 'hour' : `${minutes / 60} h`
  return minutes === 1 ? 'minute' : `${count(minutes)} min`
}

/** How long it takes from the first run to the last. */
export function lasts(runs: number, interval: number): string {
  const minutes = (runs - 1) * interval
  if (minutes < 120) return `${count(minutes)} min`
  return minutes < 2_880 ? `${Math.round(minutes / 60)} h` : `${Math.round(minutes / 1_440)} days`
}

/** `5 × 1,000, every 2 h`. */
export const inRuns = ({ quantity, runs, interval }: { quantity: number; runs: number; interval: number }): string =>
  `${count(runs)} × ${count(quantity / runs)}, every ${span(interval)}`
