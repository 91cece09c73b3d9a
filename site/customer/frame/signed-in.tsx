import { Outlet } from '@tanstack/react-router'
import { useEffect } from 'react'
import { Bones } from '../../shared/bones.tsx'
import { FailureNotice } from '../../shared/failure-notice.tsx'
import { useMe } from '../me.ts'
import { session } from '../session.ts'
import { ClosedAccount } from './closed-account.tsx'
import { CustomerFrame } from './customer-frame.tsx'
import { NewsNotice } from './news-notice.tsx'
import { PolicyNotice } from './policy-notice.tsx'
import { SuspendedAccount } from './suspended-account.tsx'
import { useChosen } from './use-chosen.ts'

/** Every page of an account stands in here: with nobody signed in, the caller is sent to the sign-in page. */
export function SignedIn() {
  const me = useMe()
  useEffect(() => {
    if (me.data) session.begun()
  }, [me.data])
  const language = useChosen(me.data?.preferences)
  if (me.data?.suspended) return <SuspendedAccount me={me.data} />
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
