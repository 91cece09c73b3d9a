import { Button } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useChange } from '../../shared/answers.ts'
import { CodeField } from '../../shared/code-field.tsx'
import { Entrance } from '../../shared/entrance.tsx'
import { FailureNotice } from '../../shared/failure-notice.tsx'
import { useAutofocus } from '../../shared/use-autofocus.ts'
import { ResendCode } from './resend-code.tsx'

interface SignUpCodeProps {
  readonly email: string
  readonly finishing: boolean
  readonly confirmed: () => void
  readonly back: () => void
}

/** The code from the mail. The words are the same whether or not somebody has this email already. */
export function SignUpCode({ email, finishing, confirmed, back }: SignUpCodeProps) {
  const [code, setCode] = useState('')
  const confirm = useChange('POST /api/sign-up/confirm', confirmed)
  const within = useAutofocus<HTMLFormElement>()
  const send = (digits: string): void => {
    if (!confirm.isPending && !finishing) confirm.mutate({ body: { email, code: digits } }, { onError: () => setCode('') })
  }
  return (
    <Entrance
      title="Type the code from the mail"
      lead={
        <>
          If <strong>{email}</strong> can have an account, a mail with six digits is on its way. If there is an account with it
          already, the mail says that.
        </>
      }
      foot={
        <>
          <ResendCode email={email} />
          <button type="button" className="link-button" onClick={back}>
            Use another email
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
        {confirm.error && <FailureNotice failure={confirm.error} title="Not confirmed yet" />}
        <CodeField label="Code" value={code} onChange={setCode} onComplete={send} />
        <Button type="submit" size="md" loading={confirm.isPending || finishing} disabled={code.length < 6 && !finishing}>
          Confirm and sign in
        </Button>
      </form>
    </Entrance>
  )
}
