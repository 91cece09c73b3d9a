import { Button, PasswordInput, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { keyOf, useChange } from '../../shared/answers.ts'
import { CodeField } from '../../shared/code-field.tsx'
import { Dialog } from '../../shared/dialog.tsx'
import { FailureNotice } from '../../shared/failure-notice.tsx'
import { isEmail } from '../entrance/is-email.ts'
import { codeOf, codeRule, FactorField, useSecondFactor } from './factor-field.tsx'

/** Another email: asked for with the password, and verified with a code before anything changes. */
export function ChangeEmail({ email }: { readonly email: string }) {
  const [opened, setOpened] = useState(false)
  const [asked, setAsked] = useState<string>()
  const close = (): void => setOpened(false)
  const open = (): void => {
    setAsked(undefined)
    setOpened(true)
  }
  return (
    <>
      <Button size="xs" variant="default" aria-label="Change email" onClick={open}>
        Change
      </Button>
      <Dialog opened={opened} onClose={close} title={asked === undefined ? 'Change the email' : 'Type the code from the mail'}>
        {asked === undefined ? <Ask email={email} asked={setAsked} /> : <TypeCode email={asked} done={close} />}
      </Dialog>
    </>
  )
}

function Ask({ email, asked }: { readonly email: string; readonly asked: (email: string) => void }) {
  const isGuarded = useSecondFactor()
  const form = useForm({
    initialValues: { email: '', password: '', code: '' },
    validate: {
      email: isEmail,
      password: (password) => (password ? null : 'Type your password.'),
      code: codeRule(isGuarded),
    },
  })
  const ask = useChange('PUT /api/me/email', () => asked(form.values.email.trim()))
  return (
    <form
      noValidate
      className="stack"
      onSubmit={form.onSubmit(({ code, ...body }) => ask.mutate({ body: { ...body, ...codeOf(isGuarded, code) } }))}
    >
      <p className="soft">You sign in with {email} until the new address is confirmed. Both addresses are told what happens.</p>
      {ask.error && <FailureNotice failure={ask.error} title="The email is as it was" />}
      <TextInput label="New email" type="email" autoComplete="email" data-autofocus {...form.getInputProps('email')} />
      <PasswordInput label="Password" autoComplete="current-password" {...form.getInputProps('password')} />
      {isGuarded && <FactorField {...form.getInputProps('code')} />}
      <Button type="submit" loading={ask.isPending}>
        Send the code
      </Button>
    </form>
  )
}

function TypeCode({ email, done }: { readonly email: string; readonly done: () => void }) {
  const [code, setCode] = useState('')
  const answers = useQueryClient()
  const confirm = useChange('POST /api/me/email/confirm', async () => {
    await answers.invalidateQueries({ queryKey: keyOf('GET /api/me') })
    done()
  })
  const send = (digits: string): void => {
    if (!confirm.isPending) confirm.mutate({ body: { code: digits } }, { onError: () => setCode('') })
  }
  return (
    <form
      noValidate
      className="stack"
      onSubmit={(event) => {
        event.preventDefault()
        if (code.length === 6) send(code)
      }}
    >
      <p className="soft">
        A code was mailed to {email}, unless that address has an account of its own: then its owner was told instead. The code is
        good for an hour and for five tries.
      </p>
      {confirm.error && <FailureNotice failure={confirm.error} title="The email is as it was" />}
      <CodeField label="Code" value={code} onChange={setCode} onComplete={send} />
      <Button type="submit" loading={confirm.isPending} disabled={code.length < 6}>
        Change the email
      </Button>
    </form>
  )
}
