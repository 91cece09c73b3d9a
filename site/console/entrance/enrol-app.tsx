import { Button } from '@mantine/core'
import { useEffect, useRef } from 'react'
import { useChange } from '../../shared/answers.ts'
import { AppSecret } from '../../shared/app-secret.tsx'
import { Bone } from '../../shared/bones.tsx'
import { Entrance } from '../../shared/entrance.tsx'
import { FailureNotice } from '../../shared/failure-notice.tsx'
import { AppCodeForm } from './app-code.tsx'
import type { StepProps } from './sign-in-page.tsx'

/** The second factor is set up: a secret for the app, as a picture and as text, and a first code to prove it arrived. */
export function EnrolApp({ go, failed }: StepProps) {
  const enrol = useChange('POST /api/admin/session/totp-secret')
  const asked = useRef(false)
  useEffect(() => {
    // Each call hands out another secret.
    if (!asked.current) enrol.mutate({}, { onError: failed })
    asked.current = true
  })
  const { data, error } = enrol
  return (
    <Entrance
      title="Set up your authenticator app"
      lead="Scan the picture with the app, or type the secret into it. Then type the six digits it shows."
    >
      <div className="enrol">
        {error && error.code !== 'sign-in-expired' && (
          <>
            <FailureNotice failure={error} title="There is no secret yet" />
            <Button variant="default" onClick={() => enrol.mutate({}, { onError: failed })}>
              Ask again
            </Button>
          </>
        )}
        {data ? <AppSecret {...data} /> : <Bone width="100%" height={196} />}
        <AppCodeForm go={go} failed={failed} />
      </div>
    </Entrance>
  )
}
