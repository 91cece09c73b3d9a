import '../../shared/link-button.css'
import { Button, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { Failure } from '../../failure.ts'
import { useChange } from '../../shared/answers.ts'
import { CodeField } from '../../shared/code-field.tsx'
import { Entrance } from '../../shared/entrance.tsx'
import { FailureNotice } from '../../shared/failure-notice.tsx'
import { useAutofocus } from '../../shared/use-autofocus.ts'

/** What was typed before the second factor was asked for. */
export interface Typed {
  readonly email: string
  readonly password: string
}

interface SecondStepProps {
  readonly typed: Typed
  readonly done: () => void
  readonly startAgain: (tooLate: boolean) => void
}

/** A code of the authenticator app; or, where that is lost, a recovery code. */
export function SecondStep(props: SecondStepProps) {
  const [lost, setLost] = useState(false)
  return lost ? <RecoveryStep {...props} other={() => setLost(false)} /> : <AppStep {...props} other={() => setLost(true)} />
}

type StepProps = SecondStepProps & { readonly other: () => void }

function AppStep({ done, startAgain, other }: StepProps) {
  const [code, setCode] = useState('')
  const finish = useChange('POST /api/session/totp', done)
  const within = useAutofocus<HTMLFormElement>()
  const failed = (failure: Failure): void => {
    setCode('')
    if (failure.code === 'sign-in-expired') startAgain(true)
  }
  const send = (digits: string): void => {
    if (!finish.isPending) finish.mutate({ body: { code: digits } }, { onError: failed })
  }
  return (
    <Entrance
      title="Type the code from your app"
      lead="Six digits, good for half a minute, and each of them once."
      foot={
        <>
          <button type="button" className="link-button" onClick={other}>
            I have lost the app
          </button>
          <button type="button" className="link-button" onClick={() => startAgain(false)}>
            Start again
          </button>
        </>
      }
    >
      <form
        ref={within}
        noValidate
        onSubmit={(event: FormEvent) => {
          event.preventDefault()
          if (code.length === 6) send(code)
        }}
      >
        {finish.error && finish.error.code !== 'sign-in-expired' && <FailureNotice failure={finish.error} title="Not signed in" />}
        <CodeField label="Code" value={code} onChange={setCode} onComplete={send} />
        <Button type="submit" size="md" loading={finish.isPending} disabled={code.length < 6}>
          Sign in
        </Button>
      </form>
    </Entrance>
  )
}

function RecoveryStep({ typed, done, startAgain, other }: StepProps) {
  const [code, setCode] = useState('')
  const recover = useChange('POST /api/session/recovery', done)
  const within = useAutofocus<HTMLFormElement>()
  return (
    <Entrance
      title="Type a recovery code"
      lead="One of the ten you were shown when the app was set up. It signs you in once, and the app is forgotten: set up another under Settings."
      foot={
        <>
          <button type="button" className="link-button" onClick={other}>
            I have the app
          </button>
          <button type="button" className="link-button" onClick={() => startAgain(false)}>
            Start again
          </button>
        </>
      }
    >
      <form
        ref={within}
        noValidate
        onSubmit={(event: FormEvent) => {
          event.preventDefault()
          recover.mutate({ body: { ...typed, code } })
        }}
      >
        {recover.error && <FailureNotice failure={recover.error} title="Not signed in" />}
        <TextInput
          label="Recovery code"
          placeholder="XXXX-XXXX-XXXX-XXXX"
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          maxLength={40}
          data-autofocus
          value={code}
          onChange={(event) => setCode(event.currentTarget.value)}
        />
        <Button type="submit" size="md" loading={recover.isPending} disabled={code.trim().length < 16}>
          Sign in
        </Button>
      </form>
    </Entrance>
  )
}
