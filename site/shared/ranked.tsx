import './ranked.css'
import { count } from './amounts.ts'

interface RankedProps {
  readonly label: string
  readonly rows: readonly { readonly name: string; readonly times: number }[]
}

/** Names by how often, each with a bar that is as long as its share of the first one. */
export function Ranked({ label, rows }: RankedProps) {
  const highest = Math.max(1, ...rows.map(({ times }) => times))
  return (
    <ol className="ranked" aria-label={label}>
      {rows.map(({ name, times }) => (
        <li key={name} className="ranked-row">
          <span className="ranked-bar" style={{ width: `${(100 * times) / highest}%` }} aria-hidden />
          <span className="ranked-name" title={name}>
            {name}
          </span>
          <span className="ranked-times tabular">{count(times)}</span>
        </li>
      ))}
    </ol>
  )
}
