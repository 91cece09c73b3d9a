import { Button } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useChange } from '../../shared/answers.ts'
import { CodeField } from '../../shared/code-field.tsx'
import { Entrance } from '../../shared/entrance.tsx'
import { FailureNotice } from '../../shared/failure-notice.tsx'
import { useAutofocus } from '../../shared/use-autofocus.ts'
import type { StepProps } from './sign-in-page.tsx'

/** The second factor. */
export function AppCode(props: StepProps) {
  return (
    <Entrance title="Type the code from your app" lead="Six digits, good for half a minute.">
      <AppCodeForm {...props} />
    </Entrance>
  )
}

export function AppCodeForm({ go, failed }: StepProps) {
  const [code, setCode] = useState('')
  const finish = useChange('POST /api/admin/session/totp', ({ next }) => go(next))
  const within = useAutofocus<HTMLFormElement>()
  const send = (digits: string): void => {
    if (finish.isPending) return
    finish.mutate(
      { body: { code: digits } },
      {
        onError: (failure) => {
          setCode('')
          failed(failure)
        },
      },
    )
  }
  return (
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
  )
}
