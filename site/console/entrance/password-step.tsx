import { Button, PasswordInput, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useChange } from '../../shared/answers.ts'
import { Entrance } from '../../shared/entrance.tsx'
import { FailureNotice } from '../../shared/failure-notice.tsx'
import { useAutofocus } from '../../shared/use-autofocus.ts'
import type { StepProps } from './sign-in-page.tsx'

export function PasswordStep({ go }: StepProps) {
  const signIn = useChange('POST /api/admin/session', ({ next }) => go(next))
  const form = useForm({
    initialValues: { email: '', password: '' },
    validate: {
      email: (email) => (email.includes('@') ? null : 'Type your email.'),
      password: (password) => (password ? null : 'Type your password.'),
    },
  })
  const within = useAutofocus<HTMLFormElement>()
  return (
    <Entrance title="Sign in">
      <form ref={within} noValidate onSubmit={form.onSubmit((body) => signIn.mutate({ body }))}>
        {signIn.error && <FailureNotice failure={signIn.error} title="Not signed in" />}
        <TextInput label="Email" type="email" autoComplete="username" data-autofocus {...form.getInputProps('email')} />
        <PasswordInput label="Password" autoComplete="current-password" {...form.getInputProps('password')} />
        <Button type="submit" size="md" loading={signIn.isPending}>
          Continue
        </Button>
      </form>
    </Entrance>
  )
}
