import type { SignalKind } from '../../../core/signals/signal.ts'
import { count } from '../../shared/amounts.ts'
import { Bars } from '../../shared/bars.tsx'
import { utcDay } from '../../shared/moments.ts'
import type { Signals } from './page.tsx'
import { signalWords } from './signal-words.ts'

const dayMilliseconds = 86_400_000
const shortDay = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' })

/** How often it was counted: by the hour of the day that is looked at, and by day. */
export function KindCard({
  kind,
  signals,
  today,
}: {
  readonly kind: SignalKind
  readonly signals: Signals
  readonly today: string
}) {
  const { title, counted, means } = signalWords[kind]
  const hours = signals.hours.find((one) => one.kind === kind)?.hours ?? Array<number>(24).fill(0)
  const ofDay = hours.reduce((sum, times) => sum + times, 0)
  const days = Array.from({ length: 30 }, (_, index) => {
    const at = new Date(Date.parse(today) - (29 - index) * dayMilliseconds)
    const day = utcDay(at)
    return { name: shortDay.format(at), value: signals.days.find((one) => one.kind === kind && one.day === day)?.times ?? 0 }
  })
  return (
    <section className="card signal-kind" aria-label={title}>
      <h2>{title}</h2>
      <p>
        <span className="signal-count tabular">{count(ofDay)}</span> <span className="soft">{counted} on this day</span>
      </p>
      <Bars
        label={`${title}, by hour`}
        tone="warn"
        bars={hours.map((value, hour) => ({ name: `${String(hour).padStart(2, '0')}:00`, value }))}
      />
      <Bars label={`${title}, by day`} tone="warn" bars={days} />
      <p className="soft small">{means}</p>
    </section>
  )
}
