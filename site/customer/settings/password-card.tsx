import { Button, PasswordInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { keyOf, useChange } from '../../shared/answers.ts'
import { FailureNotice } from '../../shared/failure-notice.tsx'
import { Notice } from '../../shared/notice.tsx'
import { keepsRule, PasswordRule } from '../../shared/password-rule.tsx'
import { codeOf, codeRule, FactorField, useSecondFactor } from './factor-field.tsx'

const empty = { current: '', password: '', code: '' }

/** A new password, with the one there is. */
export function PasswordCard({ email }: { readonly email: string | undefined }) {
  const answers = useQueryClient()
  const isGuarded = useSecondFactor()
  const form = useForm({
    initialValues: empty,
    validate: {
      code: codeRule(isGuarded),
      current: (current) => (current === '' ? 'Type the password you have now.' : null),
      password: (password) => (keepsRule(password) ? null : 'The password does not keep the rule yet.'),
    },
  })
  const change = useChange('PUT /api/me/password', () => {
    form.setValues(empty)
    form.resetDirty()
    void answers.invalidateQueries({ queryKey: keyOf('GET /api/sessions') })
  })
  return (
    <section className="card settings-card" aria-label="Password">
      <h2>Password</h2>
      <form
        noValidate
        className="stack settings-form"
        onSubmit={form.onSubmit(({ code, ...body }) => change.mutate({ body: { ...body, ...codeOf(isGuarded, code) } }))}
      >
        {change.error && <FailureNotice failure={change.error} title="The password is as it was" />}
        {change.isSuccess && (
          <Notice tone="good" title="The password was changed">
            Every other browser was signed out.
          </Notice>
        )}
        {/* For password managers, which file a password under a name. */}
        <input type="text" autoComplete="username" value={email ?? ''} readOnly hidden />
        <PasswordInput label="Current password" autoComplete="current-password" {...form.getInputProps('current')} />
        <div>
          <PasswordInput label="New password" autoComplete="new-password" {...form.getInputProps('password')} />
          <PasswordRule password={form.values.password} />
        </div>
        {isGuarded && <FactorField {...form.getInputProps('code')} />}
        <div className="row wrap">
          <Button type="submit" variant="default" loading={change.isPending}>
            Change password
          </Button>
          <Link to="/forgot" className="small">
            I have forgotten it
          </Link>
        </div>
      </form>
    </section>
  )
}
