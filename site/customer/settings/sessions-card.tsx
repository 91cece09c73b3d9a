import './sessions-card.css'
import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Answer } from '../../api.ts'
import { keyOf, useAnswer } from '../../shared/answers.ts'
import { Bones } from '../../shared/bones.tsx'
import { FailureNotice } from '../../shared/failure-notice.tsx'
import { Moment } from '../../shared/moment.tsx'
import { type Ending, EndSessions } from './end-sessions.tsx'

type Session = Answer<'GET /api/sessions'>['rows'][number]

/** Where the account is signed in, and the buttons to end it there. */
export function SessionsCard() {
  const sessions = useAnswer('GET /api/sessions', {})
  const answers = useQueryClient()
  const [ending, setEnding] = useState<Ending>()
  const others = sessions.data?.rows.filter(({ current }) => !current).length ?? 0
  return (
    <section className="card settings-card" aria-label="Where you are signed in">
      <h2>Where you are signed in</h2>
      {sessions.isPending && <Bones rows={2} height={52} />}
      {sessions.error && !sessions.data && (
        <FailureNotice failure={sessions.error} title="Your sessions could not be read" retry={() => void sessions.refetch()} />
      )}
      {sessions.data && (
        <ul className="sessions">
          {sessions.data.rows.map((session) => (
            <SessionRow key={session.sessionId} session={session} end={setEnding} />
          ))}
        </ul>
      )}
      {others > 0 && (
        <div>
          <Button variant="default" onClick={() => setEnding('others')}>
            Sign out everywhere else
          </Button>
        </div>
      )}
      <EndSessions
        ending={ending}
        close={() => setEnding(undefined)}
        done={() => void answers.invalidateQueries({ queryKey: keyOf('GET /api/sessions') })}
      />
    </section>
  )
}

function SessionRow({ session, end }: { readonly session: Session; readonly end: (ending: Ending) => void }) {
  const { device } = session
  return (
    <li className="session">
      <div>
        <div className="session-device" title={session.browser}>
          {device}
          {session.current && <span className="session-current small">This browser</span>}
        </div>
        <div className="faint small">
          {session.address} · since <Moment at={session.beganAt} alone start /> · last seen <Moment at={session.seenAt} alone />
        </div>
      </div>
      {!session.current && (
        <Button
          size="xs"
          variant="default"
          aria-label={`Sign out ${device}, ${session.address}`}
          onClick={() => end({ sessionId: session.sessionId, device })}
        >
          Sign out
        </Button>
      )}
    </li>
  )
}
