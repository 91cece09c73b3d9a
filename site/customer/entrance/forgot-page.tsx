import '../../shared/link-button.css'
import { Button, PasswordInput, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useChange } from '../../shared/answers.ts'
import { CodeField } from '../../shared/code-field.tsx'
import { Entrance } from '../../shared/entrance.tsx'
import { FailureNotice } from '../../shared/failure-notice.tsx'
import { keepsRule, PasswordRule } from '../../shared/password-rule.tsx'
import { useTitle } from '../../shared/title.ts'
import { useAutofocus } from '../../shared/use-autofocus.ts'
import { useCatalogue } from '../catalogue.ts'
import { PublicFrame } from '../frame/public-frame.tsx'
import { isEmail } from './is-email.ts'

/** A forgotten password: a code by mail, then a new one. The words are the same whether or not there is an account. */
export function ForgotPage() {
  const { data: catalogue } = useCatalogue()
  const [email, setEmail] = useState<string>()
  useTitle('Forgotten password', catalogue?.panelName)
  return (
    <PublicFrame narrow>{email ? <Reset email={email} back={() => setEmail(undefined)} /> : <Ask done={setEmail} />}</PublicFrame>
  )
}

function Ask({ done }: { readonly done: (email: string) => void }) {
  const forgot = useChange('POST /api/password/forgot')
  const form = useForm({ initialValues: { email: '' }, validate: { email: isEmail } })
  const within = useAutofocus<HTMLFormElement>()
  return (
    <Entrance
      title="Set a new password"
      lead="A code is mailed to you. With it you choose a new password."
      foot={<Link to="/sign-in">Back to sign in</Link>}
    >
      <form
        ref={within}
        noValidate
        onSubmit={form.onSubmit((body) => forgot.mutate({ body }, { onSuccess: () => done(body.email.trim()) }))}
      >
        {forgot.error && <FailureNotice failure={forgot.error} title="No code was sent" />}
        <TextInput label="Email" type="email" autoComplete="username" data-autofocus {...form.getInputProps('email')} />
        <Button type="submit" size="md" loading={forgot.isPending}>
          Send the code
        </Button>
      </form>
    </Entrance>
  )
}

function Reset({ email, back }: { readonly email: string; readonly back: () => void }) {
  const navigate = useNavigate()
  const reset = useChange('POST /api/password/reset', () => void navigate({ to: '/sign-in', search: { because: 'new-password' } }))
  const form = useForm({
    initialValues: { code: '', password: '' },
    validate: {
      code: (code) => (code.length === 6 ? null : 'The code has six digits.'),
      password: (password) => (keepsRule(password) ? null : 'The password does not keep the rule yet.'),
    },
  })
  const within = useAutofocus<HTMLFormElement>()
  const { value, error } = form.getInputProps('code')
  return (
    <Entrance
      title="Set a new password"
      lead={
        <>
          If there is an account with <strong>{email}</strong>, a mail with six digits is on its way.
        </>
      }
      foot={
        <button type="button" className="link-button" onClick={back}>
          Use another email, or send again
        </button>
      }
    >
      <form ref={within} noValidate onSubmit={form.onSubmit((values) => reset.mutate({ body: { email, ...values } }))}>
        {reset.error && <FailureNotice failure={reset.error} title="The password is as it was" />}
        <CodeField label="Code" value={value} error={error} onChange={(code) => form.setFieldValue('code', code)} />
        <div>
          <PasswordInput label="New password" autoComplete="new-password" {...form.getInputProps('password')} />
          <PasswordRule password={form.values.password} />
        </div>
        <p className="faint small">Every device that is signed in will be signed out.</p>
        <Button type="submit" size="md" loading={reset.isPending}>
          Set the password
        </Button>
      </form>
    </Entrance>
  )
}
