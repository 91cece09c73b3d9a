import { useChange } from '../../shared/answers.ts'
import { Confirm } from '../../shared/confirm.tsx'

/** One session, or every one but this. */
export type Ending = 'others' | { readonly sessionId: string; readonly device: string }

interface EndSessionsProps {
  readonly ending: Ending | undefined
  readonly close: () => void
  readonly done: () => void
}

export function EndSessions({ ending, close, done }: EndSessionsProps) {
  const ended = (): void => {
    done()
    close()
  }
  const one = useChange('DELETE /api/sessions/{sessionId}', ended)
  const others = useChange('DELETE /api/sessions', ended)
  const go = (): void => {
    if (ending === 'others') others.mutate({})
    else if (ending) one.mutate({ path: { sessionId: ending.sessionId } })
  }
  return (
    <Confirm
      opened={ending !== undefined}
      title={ending === 'others' ? 'Sign out everywhere else?' : `Sign out ${ending?.device ?? ''}?`}
      verb="Sign out"
      busy={one.isPending || others.isPending}
      failure={one.error ?? others.error ?? undefined}
      close={() => {
        one.reset()
        others.reset()
        close()
      }}
      go={go}
    >
      {ending === 'others' ? 'Every other browser' : 'That browser'} has to sign in again at its next step. Orders and API keys go
      on as they are. If you did not know it, set a new password too.
    </Confirm>
  )
}
