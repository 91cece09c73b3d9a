import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { count } from '../../shared/amounts.ts'
import { useChange } from '../../shared/answers.ts'
import { FailureNotice } from '../../shared/failure-notice.tsx'
import { Moment } from '../../shared/moment.tsx'
import { Facts } from '../../shared/order-facts.tsx'
import { useMay } from '../me.ts'
import type { Provider } from './connection-card.tsx'
import { HeldAnswer } from './held-answer.tsx'
import { SetSync } from './set-sync.tsx'
import { intervalWords, outcomeWords } from './task-words.ts'

/** How the prices of a provider are kept up with: what the last sync brought, and when the next one comes. */
export function SyncCard({ provider }: { readonly provider: Provider }) {
  const { providerId, sync, status, underWay, tasks } = provider
  const may = useMay()
  const answers = useQueryClient()
  const [open, setOpen] = useState(false)
  const begin = useChange('POST /api/admin/providers/{providerId}/syncs', () => void answers.invalidateQueries())
  const last = tasks.find(({ kind }) => kind === 'sync')
  // Somebody has looked since then.
  const looked = last && tasks.some(({ kind, startedAt }) => kind === 'import' && startedAt > last.startedAt)
  const fresh = looked ? 0 : (last?.found?.fresh ?? 0)
  const running = last?.state === 'waiting' || last?.state === 'running'
  return (
    <section className="card provider-card" aria-label="Price sync">
      <h2>Price sync</h2>
      {sync.held && status !== 'closing' && <HeldAnswer key={sync.held.heldId} providerId={providerId} held={sync.held} />}
      {begin.error && <FailureNotice failure={begin.error} title="No sync was begun" />}
      <Facts
        rows={[
          [
            'Last',
            last ? (
              <span key="last">
                <Link to="/providers/$providerId/tasks/$taskId" params={{ providerId, taskId: last.taskId }}>
                  <Moment at={last.startedAt} alone />
                </Link>{' '}
                <span className="faint">
                  ·{' '}
                  {running
                    ? 'under way'
                    : last.state === 'failed'
                      ? last.failure === 'no-usable-answer'
                        ? 'no usable answer'
                        : 'failed'
                      : outcomeWords(last)}
                </span>
              </span>
            ) : (
              'Not yet'
            ),
          ],
          [
            'Next',
            sync.nextAt ? (
              <span key="next">
                {Date.parse(sync.nextAt) <= Date.now() ? 'Within a minute' : <Moment at={sync.nextAt} alone start />}{' '}
                <span className="faint">· {intervalWords[sync.everyHours]}</span>
              </span>
            ) : status === 'paused' && sync.everyHours > 0 ? (
              'When the provider is resumed'
            ) : (
              'Never by itself'
            ),
          ],
          ['Waits for you', `Costs that rise by over ${sync.jumpUp} % or fall by over ${sync.jumpDown} % at once`],
        ]}
      />
      {fresh > 0 && (
        <p className="small">
          <Link to="/providers/$providerId/import" params={{ providerId }}>
            {count(fresh)} new {fresh === 1 ? 'service' : 'services'} to look at
          </Link>
        </p>
      )}
      {status !== 'closing' && (
        <div className="row wrap">
          {may('admin.sync-provider') && (
            <Button
              variant="default"
              loading={begin.isPending}
              disabled={underWay !== undefined}
              onClick={() => begin.mutate({ path: { providerId } })}
            >
              Sync now
            </Button>
          )}
          {may('admin.set-provider-sync') && (
            <Button variant="default" onClick={() => setOpen(true)}>
              Change
            </Button>
          )}
        </div>
      )}
      {open && <SetSync provider={provider} close={() => setOpen(false)} />}
    </section>
  )
}
