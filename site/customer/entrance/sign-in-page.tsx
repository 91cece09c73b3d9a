import { Button, PasswordInput, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
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

/** Why somebody stands before this page, where it is not by choice. */
export type Because = 'ended' | 'new-password' | 'confirmed'

const reasons: Readonly<Record<Because, string>> = {
  ended: 'Sign in to go on. Your session has ended, or there was none.',
  'new-password': 'The new password is set. Sign in with it.',
  confirmed: 'Your email is confirmed. Sign in.',
}

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
  useTitle('Sign in', catalogue?.panelName)
  const signIn = useChange('POST /api/session', () => {
    answers.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'GET /api/catalogue' })
    session.begun()
    void navigate({ href: safeReturn(returnTo, '/new'), replace: true })
  })
  const form = useForm({
    initialValues: { email: '', password: '' },
    validate: { email: isEmail, password: (password) => (password ? null : 'Type your password.') },
  })
  const within = useAutofocus<HTMLFormElement>()
  return (
    <PublicFrame narrow>
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
          {because && !signIn.error && <Notice tone={because === 'ended' ? 'info' : 'good'} title={reasons[because]} />}
          {signIn.error && <FailureNotice failure={signIn.error} title="Not signed in" />}
          <TextInput label="Email" type="email" autoComplete="username" data-autofocus {...form.getInputProps('email')} />
          <PasswordInput label="Password" autoComplete="current-password" {...form.getInputProps('password')} />
          <Button type="submit" size="md" loading={signIn.isPending}>
            Sign in
          </Button>
        </form>
      </Entrance>
    </PublicFrame>
  )
}
