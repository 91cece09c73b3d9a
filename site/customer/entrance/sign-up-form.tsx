import { Button, Checkbox, PasswordInput, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { keyOf, useChange } from '../../shared/answers.ts'
import { Entrance } from '../../shared/entrance.tsx'
import { FailureNotice } from '../../shared/failure-notice.tsx'
import { keepsRule, PasswordRule } from '../../shared/password-rule.tsx'
import { useAutofocus } from '../../shared/use-autofocus.ts'
import { CookiesNeeded } from './cookies-needed.tsx'
import { isEmail } from './is-email.ts'

export interface Wanted {
  readonly email: string
  readonly password: string
}

/** Name, email, password, and the terms by their version. */
export function SignUpForm({ terms, done }: { readonly terms: number | undefined; readonly done: (wanted: Wanted) => void }) {
  const answers = useQueryClient()
  const signUp = useChange('POST /api/sign-up')
  const form = useForm({
    initialValues: { fullName: '', email: '', password: '', accepted: false },
    validate: {
      fullName: (name) => (name.trim() ? null : 'Type your name.'),
      email: isEmail,
      password: (password) => (keepsRule(password) ? null : 'The password does not keep the rule yet.'),
      accepted: (accepted) => (accepted ? null : 'An account needs your agreement to the terms.'),
    },
  })
  const within = useAutofocus<HTMLFormElement>()
  const submit = form.onSubmit(({ fullName, email, password }) =>
    signUp.mutate(
      { body: { fullName, email, password, acceptedTerms: terms ?? 0 } },
      {
        onSuccess: () => done({ email: email.trim(), password }),
        onError: (failure) => {
          if (failure.code === 'password-too-weak') form.setFieldError('password', failure.message)
          if (failure.code === 'terms-outdated') void answers.invalidateQueries({ queryKey: keyOf('GET /api/policy').slice(0, 1) })
        },
      },
    ),
  )
  return (
    <Entrance title="Create an account" foot={<Link to="/sign-in">I have an account</Link>}>
      <form ref={within} noValidate onSubmit={submit}>
        <CookiesNeeded />
        {signUp.error && signUp.error.code !== 'password-too-weak' && (
          <FailureNotice failure={signUp.error} title="No account was made" />
        )}
        <TextInput label="Full name" autoComplete="name" maxLength={100} data-autofocus {...form.getInputProps('fullName')} />
        <TextInput
          label="Email"
          type="email"
          autoComplete="username"
          description="A code is sent there."
          {...form.getInputProps('email')}
        />
        <div>
          <PasswordInput label="Password" autoComplete="new-password" {...form.getInputProps('password')} />
          <PasswordRule password={form.values.password} />
        </div>
        <Checkbox
          label={
            <>
              I agree to the{' '}
              <a href="/terms" target="_blank" rel="noreferrer">
                terms
              </a>{' '}
              and have read the{' '}
              <a href="/privacy" target="_blank" rel="noreferrer">
                privacy page
              </a>
              {terms && <span className="faint">, version {terms}</span>}
            </>
          }
          {...form.getInputProps('accepted', { type: 'checkbox' })}
        />
        <Button type="submit" size="md" loading={signUp.isPending} disabled={terms === undefined}>
          Create account
        </Button>
      </form>
    </Entrance>
  )
}
