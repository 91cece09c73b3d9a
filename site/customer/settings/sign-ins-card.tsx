import './sessions-card.css'
import { Button } from '@mantine/core'
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react'
import { useState } from 'react'
import type { Answer } from '../../api.ts'
import { useAnswer } from '../../shared/answers.ts'
import { Bones } from '../../shared/bones.tsx'
import { FailureNotice } from '../../shared/failure-notice.tsx'
import { Moment } from '../../shared/moment.tsx'

type SignIn = Answer<'GET /api/sign-ins'>['rows'][number]

const outcomes: Readonly<Record<SignIn['outcome'], string>> = {
  password: 'Signed in with the password',
  app: 'Signed in with the password and the app',
  'recovery-code': 'Signed in with a recovery code',
  'wrong-password': 'Wrong password',
  'wrong-code': 'Right password, wrong code',
}
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
          <SignInRow key={index} signIn={signIn} />
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

function SignInRow({ signIn: { outcome, device, browser, address, at, times } }: { readonly signIn: SignIn }) {
  const failed = outcome.startsWith('wrong-')
  const Icon = failed ? IconAlertTriangle : IconCheck
  return (
    <li className="session">
      <div>
        <div className="session-device sign-in" data-failed={failed}>
          <Icon size={16} stroke={1.8} aria-hidden />
          {outcomes[outcome]}
          {times > 1 && <span className="soft small"> · {times} times</span>}
        </div>
        <div className="faint small" title={browser}>
          <Moment at={at} alone start /> · {device} · {address}
        </div>
      </div>
    </li>
  )
}
