import { Button, PasswordInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useChange } from '../../shared/answers.ts'
import { Entrance } from '../../shared/entrance.tsx'
import { FailureNotice } from '../../shared/failure-notice.tsx'
import { keepsRule, PasswordRule } from '../../shared/password-rule.tsx'
import { useAutofocus } from '../../shared/use-autofocus.ts'
import type { StepProps } from './sign-in-page.tsx'

/** At the first sign-in: the mailed password is replaced by one that nobody else has seen. */
export function OwnPassword({ go, failed }: StepProps) {
  const set = useChange('POST /api/admin/session/password', ({ next }) => go(next))
  const form = useForm({
    initialValues: { password: '' },
    validate: { password: (password) => (keepsRule(password) ? null : 'The password does not keep the rule yet.') },
  })
  const within = useAutofocus<HTMLFormElement>()
  return (
    <Entrance title="Choose a password of your own" lead="The one you were mailed works this once.">
      <form ref={within} noValidate onSubmit={form.onSubmit((body) => set.mutate({ body }, { onError: failed }))}>
        {set.error && <FailureNotice failure={set.error} title="The password was not set" />}
        <div>
          <PasswordInput label="New password" autoComplete="new-password" data-autofocus {...form.getInputProps('password')} />
          <PasswordRule password={form.values.password} />
        </div>
        <Button type="submit" size="md" loading={set.isPending}>
          Set the password
        </Button>
      </form>
    </Entrance>
  )
}
