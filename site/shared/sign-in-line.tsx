import './sign-in-line.css'
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react'
import type { Answer } from '../api.ts'
import { Moment } from './moment.tsx'

type SignIn = Answer<'GET /api/sign-ins'>['rows'][number]

const outcomes: Readonly<Record<SignIn['outcome'], string>> = {
  password: 'Signed in with the password',
  app: 'Signed in with the password and the app',
  'recovery-code': 'Signed in with a recovery code',
  'wrong-password': 'Wrong password',
  'wrong-code': 'Right password, wrong code',
}

/** Somebody who came in, or tried to. */
export function SignInLine({ signIn: { outcome, device, browser, address, at, times } }: { readonly signIn: SignIn }) {
  const failed = outcome.startsWith('wrong-')
  const Icon = failed ? IconAlertTriangle : IconCheck
  return (
    <div>
      <div className="sign-in" data-failed={failed}>
        <Icon size={16} stroke={1.8} aria-hidden />
        {outcomes[outcome]}
        {times > 1 && <span className="soft small"> · {times} times</span>}
      </div>
      <div className="faint small" title={browser}>
        <Moment at={at} alone start /> · {device} · {address}
      </div>
    </div>
  )
}
