import '../settings/page.css'
import { Button } from '@mantine/core'
import { IconDoorExit } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useAnswer, useChange } from '../../shared/answers.ts'
import { FailureNotice } from '../../shared/failure-notice.tsx'
import { Moment } from '../../shared/moment.tsx'
import { Nothing } from '../../shared/nothing.tsx'
import { DataCard } from '../settings/data-card.tsx'
import { useSignOut } from './use-sign-out.ts'

/** A closed account opens nothing but this: to keep it, while there is time, and to take along what is held about its owner. */
export function ClosedAccount() {
  const answers = useQueryClient()
  const signOut = useSignOut()
  const closure = useAnswer('GET /api/me/closure', {})
  const keep = useChange('DELETE /api/me/closure', () => void answers.invalidateQueries())
  const closed = closure.data?.closed
  return (
    <main className="suspended">
      <Nothing
        icon={IconDoorExit}
        title="You closed this account"
        action={
          <div className="row wrap">
            {closed?.canBeKept !== false && (
              <Button loading={keep.isPending} disabled={!closed} onClick={() => keep.mutate({})}>
                Keep my account
              </Button>
            )}
            <Button variant="default" onClick={signOut}>
              Sign out
            </Button>
          </div>
        }
      >
        {keep.error && <FailureNotice failure={keep.error} title="It is still closed" />}
        {closed?.canBeKept === false ? (
          'The time to keep it is over: it is being erased.'
        ) : closed?.wasSuspended ? (
          <>
            What is personal in it is erased on <Moment at={closed.eraseAt} alone />, or later, once the people who run this panel
            have looked into why it was suspended. Until then you can keep it: it is suspended as before, and your balance is kept.
          </>
        ) : (
          <>
            What is personal in it is erased on {closed ? <Moment at={closed.eraseAt} alone /> : 'the day you were mailed'}. Until
            then you can keep it: your balance and your orders are as they were. API keys have ended; you make new ones.
          </>
        )}
      </Nothing>
      {closed?.canBeKept && (
        <div className="settings">
          <DataCard isClosed />
        </div>
      )}
    </main>
  )
}
