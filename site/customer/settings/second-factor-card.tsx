import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { keyOf, useAnswer } from '../../shared/answers.ts'
import { Bones } from '../../shared/bones.tsx'
import { FailureNotice } from '../../shared/failure-notice.tsx'
import { Moment } from '../../shared/moment.tsx'
import { Notice } from '../../shared/notice.tsx'
import { NewRecoveryCodes, TurnOff } from './prove-again.tsx'
import { SetUpApp } from './set-up-app.tsx'

type Doing = 'set-up' | 'turn-off' | 'new-codes'

/** An authenticator app as the second factor, and what opens the account without it. */
export function SecondFactorCard({ email }: { readonly email: string | undefined }) {
  const factor = useAnswer('GET /api/me/second-factor', {})
  const answers = useQueryClient()
  const [doing, setDoing] = useState<Doing>()
  const changed = (): void => void answers.invalidateQueries({ queryKey: keyOf('GET /api/me/second-factor') })
  const dialog = { email, changed, close: () => setDoing(undefined) }
  const { data } = factor
  return (
    <section className="card settings-card" aria-label="Second factor">
      <h2>Second factor</h2>
      {factor.isPending && <Bones rows={1} height={52} />}
      {factor.error && !data && (
        <FailureNotice failure={factor.error} title="The second factor could not be read" retry={() => void factor.refetch()} />
      )}
      {data && !data.on && (
        <>
          <p className="soft">
            A code from an app on your phone, asked for after the password. Whoever learns the password alone then stays outside.
          </p>
          <div>
            <Button variant="default" onClick={() => setDoing('set-up')}>
              Set up an app
            </Button>
          </div>
        </>
      )}
      {data?.on && (
        <>
          <dl className="settings-facts">
            <div>
              <dt>App</dt>
              <dd>
                On
                {data.since && (
                  <>
                    {' '}
                    since <Moment at={data.since} alone start />
                  </>
                )}
              </dd>
            </div>
            <div>
              <dt>Recovery</dt>
              <dd>{data.codesLeft === 1 ? '1 code left' : `${data.codesLeft} codes left`}</dd>
            </div>
          </dl>
          {data.codesLeft === 0 && (
            <Notice tone="warn" title="There are no recovery codes">
              If the app is lost, nothing else opens the account. Make new codes now.
            </Notice>
          )}
          <p className="row wrap">
            <Button variant="default" onClick={() => setDoing('new-codes')}>
              New recovery codes
            </Button>
            <Button variant="default" onClick={() => setDoing('turn-off')}>
              Turn off
            </Button>
          </p>
        </>
      )}
      {doing === 'set-up' && <SetUpApp {...dialog} />}
      {doing === 'turn-off' && <TurnOff {...dialog} />}
      {doing === 'new-codes' && <NewRecoveryCodes {...dialog} />}
    </section>
  )
}
