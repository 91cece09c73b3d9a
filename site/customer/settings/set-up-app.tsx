import { Button, PasswordInput } from '@mantine/core'
import { useState } from 'react'
import { useChange } from '../../shared/answers.ts'
import { AppSecret } from '../../shared/app-secret.tsx'
import { CodeField } from '../../shared/code-field.tsx'
import { Dialog } from '../../shared/dialog.tsx'
import { FailureNotice } from '../../shared/failure-notice.tsx'
import { RecoveryCodes } from './recovery-codes.tsx'

export interface SecondFactorDialog {
  readonly email: string | undefined
  readonly changed: () => void
  readonly close: () => void
}

/** The password, the secret for the app, a first code to prove it arrived, and the recovery codes. */
export function SetUpApp({ email, changed, close }: SecondFactorDialog) {
  const [password, setPassword] = useState('')
  const [code, setCode] = useState('')
  const ask = useChange('POST /api/me/second-factor/secret')
  const turnOn = useChange('POST /api/me/second-factor', changed)
  const send = (digits: string): void => {
    if (!turnOn.isPending) turnOn.mutate({ body: { password, code: digits } }, { onError: () => setCode('') })
  }
  if (turnOn.data)
    return (
      <Dialog opened onClose={close} title="The app is set up. Keep these codes.">
        <RecoveryCodes codes={turnOn.data.codes} done={close} />
      </Dialog>
    )
  if (ask.data)
    return (
      <Dialog opened onClose={close} title="Set up the app">
        <form
          noValidate
          className="stack"
          onSubmit={(event) => {
            event.preventDefault()
            if (code.length === 6) send(code)
          }}
        >
          <p className="soft">Scan the picture with the app, or type the secret into it. Then type the six digits it shows.</p>
          {turnOn.error && <FailureNotice failure={turnOn.error} title="The second factor is not on" />}
          <AppSecret {...ask.data} />
          <CodeField label="Code" value={code} onChange={setCode} onComplete={send} />
          <Button type="submit" loading={turnOn.isPending} disabled={code.length < 6}>
            Turn on
          </Button>
        </form>
      </Dialog>
    )
  return (
    <Dialog opened onClose={close} title="Set up an app">
      <form
        noValidate
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          if (password) ask.mutate({ body: { password } })
        }}
      >
        <p className="soft">Have an authenticator app at hand. It is your password first:</p>
        {ask.error && <FailureNotice failure={ask.error} title="Nothing was changed" />}
        <input type="text" autoComplete="username" value={email ?? ''} readOnly hidden />
        <PasswordInput
          label="Password"
          autoComplete="current-password"
          data-autofocus
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <Button type="submit" loading={ask.isPending} disabled={!password}>
          Continue
        </Button>
      </form>
    </Dialog>
  )
}
