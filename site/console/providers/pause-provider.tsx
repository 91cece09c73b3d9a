import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useChange } from '../../shared/answers.ts'
import { MemoDialog } from '../../shared/memo-dialog.tsx'
import type { ProviderStatus } from './provider-state.tsx'

export function PauseProvider({ providerId, status }: { readonly providerId: string; readonly status: ProviderStatus }) {
  const answers = useQueryClient()
  const [asking, setAsking] = useState(false)
  const { mutate, isPending, error } = useChange('PUT /api/admin/providers/{providerId}/status', () => {
    setAsking(false)
    void answers.invalidateQueries()
  })
  const active = status === 'active'
  return (
    <>
      <Button variant="default" onClick={() => setAsking(true)}>
        {active ? 'Pause sending' : 'Resume sending'}
      </Button>
      <MemoDialog
        key={status}
        opened={asking}
        title={active ? 'Pause this provider?' : 'Resume this provider?'}
        verb={active ? 'Pause' : 'Resume'}
        grave={active}
        busy={isPending}
        failure={error ?? undefined}
        close={() => setAsking(false)}
        go={(memo) => mutate({ path: { providerId }, body: { status: active ? 'paused' : 'active', memo } })}
      >
        {active
          ? 'Orders are still taken and paid for; they wait and are not sent. Those it has already go on, and are asked about as before.'
          : 'Orders that wait are sent within minutes.'}
      </MemoDialog>
    </>
  )
}
