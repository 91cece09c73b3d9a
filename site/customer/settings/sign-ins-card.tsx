import './sessions-card.css'
import { Button } from '@mantine/core'
import { useState } from 'react'
import type { Answer } from '../../api.ts'
import { useAnswer } from '../../shared/answers.ts'
import { Bones } from '../../shared/bones.tsx'
import { FailureNotice } from '../../shared/failure-notice.tsx'
import { SignInLine } from '../../shared/sign-in-line.tsx'

/** Who came in, and who tried: so that somebody else is noticed. */
export function SignInsCard() {
  const history = useAnswer('GET /api/sign-ins', {})
  const { rows, failures } = history.data ?? { rows: [], failures: [] }
  return (
    <section className="card settings-card" aria-label="Sign-ins">
      <h2>Sign-ins</h2>
      <p className="soft">If one of them was not you, change your password. Kept for 90 days.</p>
      {history.isPending && <Bones rows={3} height={52} />}
      {history.error && !history.data && (
        <FailureNotice failure={history.error} title="Your sign-ins could not be read" retry={() => void history.refetch()} />
      )}
      {history.data && rows.length === 0 && <p className="soft">None yet: each from now on is listed here.</p>}
      <Some of={rows} few={5} label="Who signed in" />
      {failures.length > 0 && (
        <>
          <h3 className="sign-ins-failed">Tries that failed</h3>
          <p className="soft">
            Nobody came in by these. Where the password was right, change it. From one address, those of an hour are one line.
          </p>
          <Some of={failures} few={3} label="Tries that failed" />
        </>
      )}
    </section>
  )
}

interface SomeProps {
  readonly of: Answer<'GET /api/sign-ins'>['rows']
  readonly few: number
  readonly label: string
}

function Some({ of, few, label }: SomeProps) {
  const [all, setAll] = useState(false)
  if (of.length === 0) return null
  return (
    <>
      <ul className="sessions" aria-label={label}>
        {of.slice(0, all ? of.length : few).map((signIn, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two of a second can be alike, and the list only grows at its top
          <li key={index} className="session">
            <SignInLine signIn={signIn} />
          </li>
        ))}
      </ul>
      {of.length > few && (
        <div>
          <Button variant="default" onClick={() => setAll(!all)}>
            {all ? 'Show the last ones' : `Show all ${of.length}`}
          </Button>
        </div>
      )}
    </>
  )
}
