import './failing-notice.css'
import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Ailment } from '../../../core/providers/health.ts'
import { useChange } from '../../shared/answers.ts'
import { MemoDialog } from '../../shared/memo-dialog.tsx'
import { Moment } from '../../shared/moment.tsx'
import { Notice } from '../../shared/notice.tsx'
import { useMay } from '../me.ts'
import type { Provider } from './connection-card.tsx'
import { useTask } from './use-task.ts'

type Failing = NonNullable<Provider['line']['failing']>

const ailmentWords: Readonly<Record<Ailment, string>> = {
  unreachable: 'not reached',
  'no-answer': 'no answer in time',
  'server-error': 'a fault of its own (5xx)',
  unreadable: 'an answer that cannot be read',
}
const callWords = { add: 'an order', ask: 'a question', probe: 'a probe' } as const

/** A provider that is left alone because its answers are bad: why, since when, and what comes next. */
export function FailingNotice({ provider }: { readonly provider: Provider }) {
  const { line, providerId } = provider
  if (!line.failing) return null
  return (
    <div className="failing-provider">
      <Notice tone="warn" title="It is failing and gets no orders" live={false} actions={<FailingActs providerId={providerId} />}>
        <FailingWords failing={line.failing} />
      </Notice>
    </div>
  )
}

export function FailingWords({ failing }: { readonly failing: Failing }) {
  const { by, since, phase, nextProbeAt, bad } = failing
  const isSoon = nextProbeAt === undefined || Date.parse(nextProbeAt) < Date.now() + 60_000
  return (
    <>
      <p>
        {by === 'adds' ? 'It does not take orders as it should' : 'It does not answer as it should'}, since{' '}
        <Moment at={since} alone />. Paid orders go to another provider where there is one, else they wait; nothing is refunded or
        sent twice by this.{' '}
        {phase === 'trying' ? (
          'It answered a probe: the next order shows whether it is well.'
        ) : (
          <>Next probe: {isSoon ? 'within a minute' : <Moment at={nextProbeAt} alone />}.</>
        )}
      </p>
      <ul className="bad-answers">
        {bad.toReversed().map(({ at, of, how }) => (
          <li key={`${at} ${of} ${how}`}>
            <Moment at={at} alone />: {callWords[of]}, {ailmentWords[how]}
          </li>
        ))}
      </ul>
    </>
  )
}

/** A probe is a test of the connection: a good answer to it is what the panel waits for. */
export function FailingActs({ providerId }: { readonly providerId: string }) {
  const may = useMay()
  const answers = useQueryClient()
  const [taskId, setTaskId] = useState<string>()
  const [asking, setAsking] = useState(false)
  const probe = useChange('POST /api/admin/providers/{providerId}/tests', (begun) => setTaskId(begun.taskId))
  const { over } = useTask(providerId, taskId)
  const trust = useChange('POST /api/admin/providers/{providerId}/trust', () => {
    setAsking(false)
    void answers.invalidateQueries()
  })
  return (
    <>
      {may('admin.test-provider') && (
        <Button
          variant="default"
          size="xs"
          loading={probe.isPending || (taskId !== undefined && !over)}
          onClick={() => probe.mutate({ path: { providerId } })}
        >
          Probe now
        </Button>
      )}
      {may('admin.trust-provider') && (
        <Button variant="default" size="xs" onClick={() => setAsking(true)}>
          Send orders again
        </Button>
      )}
      <MemoDialog
        opened={asking}
        title="Send orders to it again?"
        verb="Send again"
        busy={trust.isPending}
        failure={trust.error ?? undefined}
        close={() => setAsking(false)}
        go={(memo) => trust.mutate({ path: { providerId }, body: { memo } })}
      >
        Orders that wait for it are sent within a minute. If its answers are bad once more, it is left alone once more: an order
        whose answer is lost meanwhile becomes an unknown outcome.
      </MemoDialog>
    </>
  )
}
