import { count } from '../../shared/amounts.ts'
import { Bars } from '../../shared/bars.tsx'
import { utcDay } from '../../shared/moments.ts'
import type { Key } from './page.tsx'

const dayMilliseconds = 86_400_000
const shortDay = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' })

/** What all keys did, by day. It is counted in passing, so it may be a little less than it was. */
export function UsageCard({ keys }: { readonly keys: readonly Key[] }) {
  const today = Date.parse(utcDay(new Date()))
  const bars = Array.from({ length: 30 }, (_, index) => {
    const at = new Date(today - (29 - index) * dayMilliseconds)
    const day = utcDay(at)
    const calls = keys.flatMap((key) => key.calls).filter((use) => use.day === day)
    return { name: shortDay.format(at), value: calls.reduce((sum, use) => sum + use.calls, 0) }
  })
  const sum = bars.reduce((all, { value }) => all + value, 0)
  return (
    <section className="card usage" aria-label="Usage">
      <div className="row">
        <h2 className="grow">Usage</h2>
        <span className="soft tabular">
          {sum === 0 ? 'No calls yet' : `At least ${count(sum)} ${sum === 1 ? 'call' : 'calls'}`}
        </span>
      </div>
      <Bars label="Calls by day, last 30 days" bars={bars} />
      <p className="faint small">
        Calls by all keys in the last 30 days, by UTC. Counted in passing: the last minutes may be missing.
      </p>
    </section>
  )
}
