import { useChange } from '../../shared/answers.ts'
import { Confirm } from '../../shared/confirm.tsx'
import type { Key } from './page.tsx'

interface RevokeKeyProps {
  readonly revoking: Key | undefined
  readonly close: () => void
  readonly done: (keyId: string) => void
}

export function RevokeKey({ revoking, close, done }: RevokeKeyProps) {
  const { mutate, isPending, error, reset } = useChange('DELETE /api/keys/{keyId}', (_, { path }) => {
    done(String(path.keyId))
    close()
  })
  return (
    <Confirm
      opened={revoking !== undefined}
      title={`Revoke “${revoking?.name ?? ''}”?`}
      verb="Revoke key"
      busy={isPending}
      failure={error ?? undefined}
      close={() => {
        reset()
        close()
      }}
      go={() => revoking && mutate({ path: { keyId: revoking.keyId } })}
    >
      Programs that use it are refused from their next request on. Orders already placed go on, and the balance stays as it is. This
      cannot be undone.
    </Confirm>
  )
}
