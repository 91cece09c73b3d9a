import './page.css'
import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { count } from '../../shared/amounts.ts'
import { useChange } from '../../shared/answers.ts'
import { MemoDialog } from '../../shared/memo-dialog.tsx'
import { Moment } from '../../shared/moment.tsx'
import { Notice } from '../../shared/notice.tsx'
import { useMay } from '../me.ts'
import type { Provider } from './connection-card.tsx'
import { findingHelp } from './finding.tsx'

type Held = NonNullable<Provider['sync']['held']>

export function heldTitle({ because, vanished, known }: Pick<Held, 'because' | 'vanished' | 'known'>): string {
  switch (because) {
    case 'no-answer':
      return 'Its prices could not be asked for'
    case 'empty':
      return 'It answered with no services at all'
    case 'vanished':
      return `${count(vanished)} of ${count(known)} services are missing from its answer`
  }
}

/** An answer that was not taken for the truth: what it was, and the two things that can be done about it. */
export function HeldAnswer({ providerId, held }: { readonly providerId: string; readonly held: Held }) {
  const may = useMay()
  const answers = useQueryClient()
  const navigate = useNavigate()
  const [asking, setAsking] = useState<'take' | 'ignore' | undefined>()
  const { mutate, isPending, error } = useChange('POST /api/admin/providers/{providerId}/sync/verdict', ({ taskId }) => {
    setAsking(undefined)
    void answers.invalidateQueries()
    if (taskId) void navigate({ to: '/providers/$providerId/tasks/$taskId', params: { providerId, taskId } })
  })
  const { because, vanished, names, heldId, finding, at } = held
  const asks = because === 'no-answer'
  return (
    <>
      <Notice
        tone="warn"
        title={heldTitle(held)}
        live={false}
        {...(may('admin.settle-sync')
          ? {
              actions: (
                <>
                  <Button size="compact-sm" onClick={() => setAsking('take')}>
                    {asks ? 'Ask again' : 'Take it'}
                  </Button>
                  <Button size="compact-sm" variant="default" onClick={() => setAsking('ignore')}>
                    Ignore
                  </Button>
                </>
              ),
            }
          : {})}
      >
        {asks ? findingHelp[finding] : 'So many do not vanish at once as a rule: all of them are still on sale.'} Asked{' '}
        <Moment at={at} alone />.
        {names.length > 0 && (
          <ul className="held-names">
            {names.map((name) => (
              <li key={name}>{name}</li>
            ))}
            {vanished > names.length && <li className="faint">and {count(vanished - names.length)} more</li>}
          </ul>
        )}
      </Notice>
      <MemoDialog
        key={asking}
        opened={asking !== undefined}
        title={asking === 'ignore' ? 'Ignore this answer?' : asks ? 'Ask it again?' : 'Take this answer for the truth?'}
        verb={asking === 'ignore' ? 'Ignore' : asks ? 'Ask again' : 'Take it'}
        grave={asking === 'take' && !asks}
        busy={isPending}
        failure={error ?? undefined}
        close={() => setAsking(undefined)}
        go={(memo) => asking && mutate({ path: { providerId }, body: { heldId, verdict: asking, memo } })}
      >
        {asking === 'ignore'
          ? 'Nothing changes. You are asked again when its next answer is of that kind.'
          : asks
            ? 'Its services and prices are asked for now.'
            : `It is asked once more, and what is missing goes out of sale: ${count(vanished)} services at most. They are back as soon as it offers them again.`}
      </MemoDialog>
    </>
  )
}
