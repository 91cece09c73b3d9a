import './bars.css'
import { count } from './amounts.ts'

interface Bar {
  readonly name: string
  /** Tells it from others of the same name. */
  readonly key?: string
  readonly value: number
}

interface BarsProps {
  /** What is drawn, for whoever cannot see it: the sum is added. */
  readonly label: string
  readonly bars: readonly Bar[]
  readonly tone?: 'accent' | 'warn'
}

/** Counts over time, one bar each; the figure itself on hover, and all of them as text for a reader of screens. */
export function Bars({ label, bars, tone = 'accent' }: BarsProps) {
  const highest = Math.max(1, ...bars.map(({ value }) => value))
  const told = bars.filter(({ value }) => value > 0).map(({ name, value }) => `${name}: ${count(value)}`)
  return (
    <figure className="bars">
      <div className="bars-drawn" role="img" aria-label={`${label}. ${told.length > 0 ? told.join(', ') : 'None'}`}>
        {bars.map(({ name, key = name, value }) => (
          <span key={key} className="bar" data-none={value === 0} data-tone={tone} title={`${name}: ${count(value)}`}>
            <span style={{ height: `${(100 * value) / highest}%` }} />
          </span>
        ))}
      </div>
      <div className="bars-ends" aria-hidden>
        <span>{bars[0]?.name}</span>
        <span>Highest {count(Math.max(0, ...bars.map(({ value }) => value)))}</span>
        <span>{bars.at(-1)?.name}</span>
      </div>
    </figure>
  )
}
