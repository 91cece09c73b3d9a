import { Button } from '@mantine/core'
import { IconKeyOff } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Answer } from '../../api.ts'
import { keyOf, useAnswer, useChange } from '../../shared/answers.ts'
import { Bones } from '../../shared/bones.tsx'
import { FailureNotice } from '../../shared/failure-notice.tsx'
import { MemoDialog } from '../../shared/memo-dialog.tsx'
import { Moment } from '../../shared/moment.tsx'
import { Nothing } from '../../shared/nothing.tsx'
import { useMay } from '../me.ts'

const route = 'GET /api/admin/customers/{customerId}/keys'
type Key = Answer<typeof route>['rows'][number]

const scopeWords: Readonly<Record<Key['scope'], string>> = { read: 'reads only', order: 'orders only', all: 'may do everything' }

/** A customer's API keys: what they are called, from where they work, and the button to revoke one. */
export function CustomerKeys({ customerId }: { readonly customerId: string }) {
  const may = useMay()
  const answers = useQueryClient()
  const keys = useAnswer(route, { path: { customerId } }, { staleMilliseconds: Number.POSITIVE_INFINITY })
  const [revoking, setRevoking] = useState<Key>()
  const rows = keys.data?.rows
  const revoke = useChange('POST /api/admin/customers/{customerId}/keys/{keyId}/revocation', () => {
    void answers.invalidateQueries({ queryKey: keyOf(route, { path: { customerId } }) })
    setRevoking(undefined)
  })
  return (
    <>
      {keys.error && !rows && (
        <div className="card-body">
          <FailureNotice failure={keys.error} title="The keys could not be read" retry={() => void keys.refetch()} />
        </div>
      )}
      {!rows && !keys.error && <Bones rows={2} height={52} />}
      {rows?.length === 0 && <Nothing icon={IconKeyOff} title="No API keys yet" />}
      {rows && rows.length > 0 && (
        <ul className="customer-rows">
          {rows.map((key) => (
            <li key={key.keyId} className="customer-row">
              <div>
                <div className="customer-row-title">
                  {key.name} <code className="faint">{key.prefix}…</code>
                </div>
                <div className="faint small">
                  {scopeWords[key.scope]} · {key.addresses.length === 0 ? 'from anywhere' : `from ${key.addresses.join(', ')}`} ·
                  made <Moment at={key.createdAt} alone start />
                  {key.revokedAt && (
                    <>
                      {' '}
                      · revoked <Moment at={key.revokedAt} alone />
                    </>
                  )}
                </div>
              </div>
              {!key.revokedAt && may('admin.revoke-customer-key') && (
                <Button size="xs" variant="default" aria-label={`Revoke ${key.name}`} onClick={() => setRevoking(key)}>
                  Revoke
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      <MemoDialog
        key={revoking?.keyId ?? 'none'}
        opened={revoking !== undefined}
        title={`Revoke ${revoking?.name ?? ''}?`}
        verb="Revoke"
        grave
        busy={revoke.isPending}
        failure={revoke.error ?? undefined}
        close={() => {
          revoke.reset()
          setRevoking(undefined)
        }}
        go={(memo) => revoking && revoke.mutate({ path: { customerId, keyId: revoking.keyId }, body: { memo } })}
      >
        From the next request on it opens nothing, and it cannot be brought back. Orders that it placed go on.
      </MemoDialog>
    </>
  )
}
