import { Button, PasswordInput, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useChange } from '../../shared/answers.ts'
import { Entrance } from '../../shared/entrance.tsx'
import { FailureNotice } from '../../shared/failure-notice.tsx'
import { Notice } from '../../shared/notice.tsx'
import { safeReturn } from '../../shared/safe-return.ts'
import { useTitle } from '../../shared/title.ts'
import { useAutofocus } from '../../shared/use-autofocus.ts'
import { useCatalogue } from '../catalogue.ts'
import { PublicFrame } from '../frame/public-frame.tsx'
import { session } from '../session.ts'
import { CookiesNeeded } from './cookies-needed.tsx'
import { isEmail } from './is-email.ts'
import { SecondStep, type Typed } from './second-step.tsx'

/** Why somebody stands before this page, where it is not by choice. */
export type Because = 'ended' | 'new-password' | 'confirmed' | 'too-late'

const reasons: Readonly<Record<Because, string>> = {
  ended: 'Sign in to go on. Your session has ended, or there was none.',
  'new-password': 'The new password is set. Sign in with it.',
  confirmed: 'Your email is confirmed. Sign in.',
  'too-late': 'This sign-in took too long: three minutes are given from the password to the code. Start again.',
}
const tones = { ended: 'info', 'new-password': 'good', confirmed: 'good', 'too-late': 'warn' } as const

export function SignInPage({
  returnTo,
  because,
}: {
  readonly returnTo: string | undefined
  readonly because: Because | undefined
}) {
  const { data: catalogue } = useCatalogue()
  const navigate = useNavigate()
  const answers = useQueryClient()
  // Kept while the second factor is asked for: a recovery code is taken with the password alone.
  const [typed, setTyped] = useState<Typed>()
  const [expired, setExpired] = useState(false)
  useTitle('Sign in', catalogue?.panelName)
  const done = (): void => {
    answers.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'GET /api/catalogue' })
    session.begun()
    void navigate({ href: safeReturn(returnTo, '/new'), replace: true })
  }
  const startAgain = (tooLate: boolean): void => {
    setExpired(tooLate)
    setTyped(undefined)
  }
  return (
    <PublicFrame narrow>
      {typed ? (
        <SecondStep typed={typed} done={done} startAgain={startAgain} />
      ) : (
        <PasswordStep because={expired ? 'too-late' : because} done={done} second={setTyped} />
      )}
    </PublicFrame>
  )
}

interface PasswordStepProps {
  readonly because: Because | undefined
  readonly done: () => void
  /** The password was right, and a second factor is asked for. */
  readonly second: (typed: Typed) => void
}

function PasswordStep({ because, done, second }: PasswordStepProps) {
  const form = useForm({
    initialValues: { email: '', password: '' },
    validate: { email: isEmail, password: (password) => (password ? null : 'Type your password.') },
  })
  const signIn = useChange('POST /api/session', ({ next }) => (next === 'totp' ? second(form.values) : done()))
  const within = useAutofocus<HTMLFormElement>()
  return (
    <Entrance
      title="Sign in"
      foot={
        <>
          <Link to="/forgot">Forgotten password</Link>
          <Link to="/sign-up">Create an account</Link>
          <Link to="/confirm">I have a sign-up code</Link>
        </>
      }
    >
      <form ref={within} noValidate onSubmit={form.onSubmit((body) => signIn.mutate({ body }))}>
        <CookiesNeeded />
        {because && !signIn.error && <Notice tone={tones[because]} title={reasons[because]} />}
        {signIn.error && <FailureNotice failure={signIn.error} title="Not signed in" />}
        <TextInput label="Email" type="email" autoComplete="username" data-autofocus {...form.getInputProps('email')} />
        <PasswordInput label="Password" autoComplete="current-password" {...form.getInputProps('password')} />
        <Button type="submit" size="md" loading={signIn.isPending}>
          Sign in
        </Button>
      </form>
    </Entrance>
  )
}
