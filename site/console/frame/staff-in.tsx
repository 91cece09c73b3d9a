import { Outlet } from '@tanstack/react-router'
import { Bones } from '../../shared/bones.tsx'
import { FailureNotice } from '../../shared/failure-notice.tsx'
import { useMe } from '../me.ts'
import { ConsoleFrame } from './console-frame.tsx'

/** Every page of the console stands in here; who is not signed in is sent to the sign-in page. */
export function StaffIn() {
  const me = useMe()
  return (
    <ConsoleFrame>
      {me.data ? (
        <Outlet />
      ) : me.error && !me.error.sessionIsOver ? (
        <FailureNotice failure={me.error} title="The console could not be opened" retry={() => void me.refetch()} />
      ) : (
        <div className="card">
          <Bones rows={6} />
        </div>
      )}
    </ConsoleFrame>
  )
}
