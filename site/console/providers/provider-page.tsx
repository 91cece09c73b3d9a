import './page.css'
import { Button } from '@mantine/core'
import { IconPlugConnectedX } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { keyOf, useChange } from '../../shared/answers.ts'
import { Bones } from '../../shared/bones.tsx'
import { FailureNotice } from '../../shared/failure-notice.tsx'
import { MemoDialog } from '../../shared/memo-dialog.tsx'
import { Moment } from '../../shared/moment.tsx'
import { Nothing } from '../../shared/nothing.tsx'
import { Facts } from '../../shared/order-facts.tsx'
import { useTitle } from '../../shared/title.ts'
import { useMay } from '../me.ts'
import { useProviders } from '../orders/use-providers.ts'
import { ImportServices } from './import-services.tsx'
import { ProviderState, type ProviderStatus } from './provider-state.tsx'

interface ProviderPageProps {
  readonly providerId: string
  readonly importId: string | undefined
}

/** One provider: whether orders go to it, and its services taken over into ours. */
export function ProviderPage({ providerId, importId }: ProviderPageProps) {
  const { query, byId } = useProviders()
  const may = useMay()
  const provider = byId.get(providerId)
  useTitle(provider?.name ?? 'Provider', 'Console')
  if (query.error && !query.data)
    return <FailureNotice failure={query.error} title="The provider could not be read" retry={() => void query.refetch()} />
  if (!query.data)
    return (
      <div className="card">
        <Bones rows={4} />
      </div>
    )
  if (!provider)
    return (
      <Nothing icon={IconPlugConnectedX} title="There is no such provider" action={<Link to="/providers">All providers</Link>} />
    )
  return (
    <>
      <div className="page-head">
        <h1>{provider.name}</h1>
        <ProviderState status={provider.status} />
      </div>
      <div className="provider">
        <section className="card provider-card" aria-label="Provider">
          <h2>Connection</h2>
          <Facts
            rows={[
              ['Address', provider.host],
              ['Added', <Moment key="added" at={provider.createdAt} alone start />],
              ['Key', 'Encrypted; it cannot be read back'],
            ]}
          />
          {may('admin.set-provider-status') && <Pause providerId={providerId} status={provider.status} />}
        </section>
        {may('admin.import-services') && <ImportServices providerId={providerId} importId={importId} />}
      </div>
    </>
  )
}

function Pause({ providerId, status }: { readonly providerId: string; readonly status: ProviderStatus }) {
  const answers = useQueryClient()
  const [asking, setAsking] = useState(false)
  const { mutate, isPending, error } = useChange('PUT /api/admin/providers/{providerId}/status', () => {
    setAsking(false)
    void answers.invalidateQueries({ queryKey: keyOf('GET /api/admin/providers') })
  })
  const active = status === 'active'
  return (
    <div>
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
    </div>
  )
}
