import { Button } from '@mantine/core'
import { IconLock } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { Outlet } from '@tanstack/react-router'
import { useEffect } from 'react'
import { Bones } from '../../shared/bones.tsx'
import { FailureNotice } from '../../shared/failure-notice.tsx'
import { Nothing } from '../../shared/nothing.tsx'
import { useMe } from '../me.ts'
import { session } from '../session.ts'
import { ClosedAccount } from './closed-account.tsx'
import { CustomerFrame } from './customer-frame.tsx'
import { NewsNotice } from './news-notice.tsx'
import { PolicyNotice } from './policy-notice.tsx'
import { useChosen } from './use-chosen.ts'

/** Every page of an account stands in here: with nobody signed in, the caller is sent to the sign-in page. */
export function SignedIn() {
  const me = useMe()
  useEffect(() => {
    if (me.data) session.begun()
  }, [me.data])
  const language = useChosen(me.data?.preferences)
  if (me.error?.code === 'account-suspended') return <Suspended />
  if (me.error?.code === 'account-closed') return <ClosedAccount />
  return (
    <CustomerFrame>
      {me.data && <PolicyNotice />}
      {me.data && <NewsNotice />}
      {me.error && !me.error.sessionIsOver && !me.data ? (
        <FailureNotice failure={me.error} title="Your account could not be read" retry={() => void me.refetch()} />
      ) : me.data || session.wasHere() ? (
        <Outlet key={language} />
      ) : (
        <div className="card">
          <Bones rows={6} />
        </div>
      )}
    </CustomerFrame>
  )
}

/** A suspended account opens nothing; the balance is said first, because it is what everybody asks. */
function Suspended() {
  const answers = useQueryClient()
  const leave = (): void => {
    session.ended()
    answers.clear()
    location.assign('/')
  }
  return (
    <main className="suspended">
      <Nothing
        icon={IconLock}
        title="Your balance is kept. This account is suspended."
        action={
          <Button variant="default" onClick={leave}>
            Leave
          </Button>
        }
      >
        Nothing can be ordered and no key works until the people who run this panel lift the suspension. Orders that are under way
        go on, and what is refunded goes to the balance. Ask them for the reason.
      </Nothing>
    </main>
  )
}
