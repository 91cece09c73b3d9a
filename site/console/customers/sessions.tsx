import { Button } from '@mantine/core'
import { IconDevicesOff } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Answer } from '../../api.ts'
import { keyOf, useAnswer, useChange } from '../../shared/answers.ts'
import { Bones } from '../../shared/bones.tsx'
import { FailureNotice } from '../../shared/failure-notice.tsx'
import { MemoDialog } from '../../shared/memo-dialog.tsx'
import { Moment } from '../../shared/moment.tsx'
import { Nothing } from '../../shared/nothing.tsx'
import { useMay } from '../me.ts'

type Session = Answer<'GET /api/admin/customers/{customerId}/sessions'>['rows'][number]
const route = 'GET /api/admin/customers/{customerId}/sessions'

/** Where a customer is signed in, and the buttons to end it there. */
export function CustomerSessions({ customerId }: { readonly customerId: string }) {
  const may = useMay()
  const answers = useQueryClient()
  const sessions = useAnswer(route, { path: { customerId } }, { staleMilliseconds: Number.POSITIVE_INFINITY })
  const [ending, setEnding] = useState<Session | 'all'>()
  const rows = sessions.data?.rows
  const mayEnd = may('admin.end-customer-sessions')
  return (
    <>
      {sessions.error && !rows && (
        <div className="card-body">
          <FailureNotice failure={sessions.error} title="The sessions could not be read" retry={() => void sessions.refetch()} />
        </div>
      )}
      {!rows && !sessions.error && <Bones rows={2} height={52} />}
      {rows?.length === 0 && (
        <Nothing icon={IconDevicesOff} title="Signed in nowhere">
          A session ends by itself after 30 days without use.
        </Nothing>
      )}
      {rows && rows.length > 0 && (
        <ul className="customer-rows">
          {rows.map((session) => (
            <li key={session.sessionId} className="customer-row">
              <div>
                <div className="customer-row-title" title={session.browser}>
                  {session.device}
                </div>
                <div className="faint small">
                  {session.address} · since <Moment at={session.beganAt} alone start /> · last seen{' '}
                  <Moment at={session.seenAt} alone />
                </div>
              </div>
              {mayEnd && (
                <Button
                  size="xs"
                  variant="default"
                  aria-label={`Sign out ${session.device}, ${session.address}`}
                  onClick={() => setEnding(session)}
                >
                  Sign out
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      {rows && rows.length > 0 && mayEnd && (
        <div className="card-body">
          <Button variant="default" onClick={() => setEnding('all')}>
            Sign out everywhere
          </Button>
        </div>
      )}
      <EndSessions
        customerId={customerId}
        ending={ending}
        close={() => setEnding(undefined)}
        done={() => void answers.invalidateQueries({ queryKey: keyOf(route, { path: { customerId } }) })}
      />
    </>
  )
}

interface EndSessionsProps {
  readonly customerId: string
  readonly ending: Session | 'all' | undefined
  readonly close: () => void
  readonly done: () => void
}

function EndSessions({ customerId, ending, close, done }: EndSessionsProps) {
  const end = useChange('POST /api/admin/customers/{customerId}/sessions/ending', () => {
    done()
    close()
  })
  const one = ending === 'all' ? undefined : ending
  return (
    <MemoDialog
      key={one?.sessionId ?? 'all'}
      opened={ending !== undefined}
      title={ending === 'all' ? 'Sign out everywhere?' : `Sign out ${one?.device ?? ''}?`}
      verb="Sign out"
      grave
      busy={end.isPending}
      failure={end.error ?? undefined}
      close={() => {
        end.reset()
        close()
      }}
      go={(memo) => end.mutate({ path: { customerId }, body: { memo, ...(one ? { sessionId: one.sessionId } : {}) } })}
    >
      {ending === 'all' ? 'Every browser' : 'That browser'} has to sign in again at its next step. Orders and API keys go on as they
      are.
    </MemoDialog>
  )
}
