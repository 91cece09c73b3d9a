import './rate-line.css'
import { dayWords } from './day-words.ts'

interface Point {
  readonly day: string
  readonly exchange: string
}

interface RateLineProps {
  readonly label: string
  /** Oldest first. */
  readonly points: readonly Point[]
  /** Drawn across, to compare with. */
  readonly now: { readonly name: string; readonly exchange: string }
}

const [width, height, edge] = [300, 64, 4]

/** A rate over days, and the one in use across it. Drawn with plain numbers: nothing is reckoned with them. */
export function RateLine({ label, points, now }: RateLineProps) {
  const values = points.map(({ exchange }) => Number(exchange))
  const level = Number(now.exchange)
  const [least, most] = [Math.min(level, ...values), Math.max(level, ...values)]
  const x = (index: number): number => edge + (index * (width - 2 * edge)) / Math.max(1, points.length - 1)
  const y = (value: number): number => height - edge - ((value - least) * (height - 2 * edge)) / (most - least || 1)
  const [first, last] = [points[0], points.at(-1)]
  if (!first || !last) return null
  return (
    <figure className="rate-line">
      <svg
        viewBox={`0 0 ${width} ${height}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`${label}: ${points.map(({ day, exchange }) => `${dayWords(day)} ${exchange}`).join(', ')}; ${now.name} ${now.exchange}`}
      >
        <line className="rate-line-now" x1={0} x2={width} y1={y(level)} y2={y(level)} />
        <polyline className="rate-line-days" points={values.map((value, index) => `${x(index)},${y(value)}`).join(' ')} />
      </svg>
      <figcaption className="rate-line-ends tabular">
        <span>{dayWords(first.day)}</span>
        <span>
          <span className="rate-line-key" aria-hidden /> {now.name} {now.exchange}
        </span>
        <span>{dayWords(last.day)}</span>
      </figcaption>
    </figure>
  )
}
