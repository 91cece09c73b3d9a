import './sessions-card.css'
import { Button } from '@mantine/core'
import { useState } from 'react'
import { useAnswer } from '../../shared/answers.ts'
import { Bones } from '../../shared/bones.tsx'
import { FailureNotice } from '../../shared/failure-notice.tsx'
import { SignInLine } from '../../shared/sign-in-line.tsx'

const few = 5

/** Who came in, and who tried: so that somebody else is noticed. */
export function SignInsCard() {
  const history = useAnswer('GET /api/sign-ins', {})
  const [all, setAll] = useState(false)
  const rows = history.data?.rows ?? []
  return (
    <section className="card settings-card" aria-label="Sign-ins">
      <h2>Sign-ins</h2>
      <p className="soft">If one of them was not you, change your password. Kept for 90 days.</p>
      {history.isPending && <Bones rows={3} height={52} />}
      {history.error && !history.data && (
        <FailureNotice failure={history.error} title="Your sign-ins could not be read" retry={() => void history.refetch()} />
      )}
      {history.data && rows.length === 0 && <p className="soft">None yet: each from now on is listed here.</p>}
      <ul className="sessions">
        {rows.slice(0, all ? rows.length : few).map((signIn, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two of a second can be alike, and the list only grows at its top
          <li key={index} className="session">
            <SignInLine signIn={signIn} />
          </li>
        ))}
      </ul>
      {rows.length > few && (
        <div>
          <Button variant="default" onClick={() => setAll(!all)}>
            {all ? 'Show the last ones' : `Show all ${rows.length}`}
          </Button>
        </div>
      )}
    </section>
  )
}
