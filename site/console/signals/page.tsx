import './page.css'
import { IconRadar2 } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import type { SignalKind } from '../../../core/signals/signal.ts'
import type { Answer } from '../../api.ts'
import { keyOf, useAnswer } from '../../shared/answers.ts'
import { Bones } from '../../shared/bones.tsx'
import { FailureNotice } from '../../shared/failure-notice.tsx'
import { utcDay } from '../../shared/moments.ts'
import { Nothing } from '../../shared/nothing.tsx'
import { useTitle } from '../../shared/title.ts'
import { DayTurner } from '../day-turner.tsx'
import { useMay } from '../me.ts'
import { KindCard } from './kind-card.tsx'
import { SignalTable } from './signal-table.tsx'
import { SuspiciousAccess } from './suspicious-access.tsx'

export type Signals = Answer<'GET /api/admin/signals'>
export type Signal = Signals['rows'][number]

const kinds: readonly SignalKind[] = ['bad-keys', 'foreign-addresses', 'order-walks']

/** What was noticed of those who try keys and numbers that are not theirs, and what can be done about it. */
export function SignalsPage({ day }: { readonly day: string | undefined }) {
  const today = utcDay(new Date())
  const shown = day ?? today
  const navigate = useNavigate()
  const answers = useQueryClient()
  const may = useMay()
  const signals = useAnswer(
    'GET /api/admin/signals',
    { query: { day: shown } },
    { every: () => (shown === today ? 20_000 : false) },
  )
  const { data, error } = signals
  useTitle('Signals', 'Console')
  return (
    <>
      <div className="page-head">
        <h1>Signals</h1>
        <div className="push">
          <DayTurner day={day} turn={(to) => void navigate({ to: '/signals', search: to ? { day: to } : {} })} />
        </div>
      </div>
      {error && !data && (
        <FailureNotice failure={error} title="The signals could not be read" retry={() => void signals.refetch()} />
      )}
      {!data && !error && (
        <div className="card">
          <Bones rows={6} />
        </div>
      )}
      {data && (
        <div className="stack">
          <section className="card" aria-label={`Signals of ${shown}`}>
            {data.rows.length === 0 ? (
              <Nothing icon={IconRadar2} title="No signals on this day">
                Here appear networks with 20 or more wrong keys, keys used from where their owner does not allow it, and customers
                who asked for 50 or more orders that are not theirs.
              </Nothing>
            ) : (
              <SignalTable
                day={shown}
                rows={data.rows}
                changed={() => void answers.invalidateQueries({ queryKey: keyOf('GET /api/admin/signals').slice(0, 1) })}
              />
            )}
            {data.more > 0 && <p className="signal-more soft">And {data.more} more, with fewer each.</p>}
          </section>
          {may('admin.list-suspicious-access') && <SuspiciousAccess day={shown} />}
          <div className="signal-kinds">
            {kinds.map((kind) => (
              <KindCard key={kind} kind={kind} signals={data} today={today} />
            ))}
          </div>
          <p className="faint small">
            Counted in passing, to within an eighth, and kept for 30 days; days and hours are those of UTC. Networks are named by a
            hash that changes daily: addresses stand in the access log alone.
          </p>
        </div>
      )}
    </>
  )
}
