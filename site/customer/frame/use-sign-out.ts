import { useChange } from '../../shared/answers.ts'
import { session } from '../session.ts'

/** Ends the session; the page is loaded anew, so that nothing of the account stays in memory. */
export function useSignOut(): () => void {
  const leave = (): void => {
    session.ended()
    location.assign('/')
  }
  const { mutate } = useChange('DELETE /api/session')
  return () => mutate({}, { onSuccess: leave, onError: (failure) => failure.sessionIsOver && leave() })
}
