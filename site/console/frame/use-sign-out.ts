import { useChange } from '../../shared/answers.ts'

/** Ends the session; the page is loaded anew, so that nothing of anybody stays in memory. */
export function useSignOut(): () => void {
  const leave = (): void => location.assign('/sign-in')
  const { mutate } = useChange('DELETE /api/admin/session')
  return () => mutate({}, { onSuccess: leave, onError: (failure) => failure.sessionIsOver && leave() })
}
