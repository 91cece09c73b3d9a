/** A time that something took: `12 min`, `1 h 5 min`, `2 d 3 h`. Two units at most, and never less than it was. */
export function duration(minutes: number): string {
  if (minutes < 60) return `${minutes} min`
  if (minutes < 1_440) return parts(Math.floor(minutes / 60), 'h', minutes % 60, 'min')
  const hours = Math.ceil(minutes / 60)
  return parts(Math.floor(hours / 24), 'd', hours % 24, 'h')
}

const parts = (most: number, unit: string, rest: number, smaller: string): string =>
  rest === 0 ? `${most} ${unit}` : `${most} ${unit} ${rest} ${smaller}`
