import './page.css'
import { Button } from '@mantine/core'
import { IconPlugConnectedX } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { count } from '../../shared/amounts.ts'
import { useAnswer } from '../../shared/answers.ts'
import { Bones } from '../../shared/bones.tsx'
import { FailureNotice } from '../../shared/failure-notice.tsx'
import { Nothing } from '../../shared/nothing.tsx'
import { Notice } from '../../shared/notice.tsx'
import { useTitle } from '../../shared/title.ts'
import { useMay } from '../me.ts'
import { CallsCard } from './calls-card.tsx'
import { ConnectionCard, type Provider } from './connection-card.tsx'
import { FailingNotice } from './failing-notice.tsx'
import { MoneyCard } from './money-card.tsx'
import { ProviderState } from './provider-state.tsx'
import { SyncCard } from './sync-card.tsx'
import { TaskList } from './task-list.tsx'

/** One provider: whether it answers, what it counts in, and its services taken over into ours. */
export function ProviderPage({ providerId }: { readonly providerId: string }) {
  const {
    data: provider,
    error,
    refetch,
  } = useAnswer(
    'GET /api/admin/providers/{providerId}',
    { path: { providerId } },
    { every: (known) => (known?.underWay ? 2_000 : 30_000) },
  )
  useTitle(provider?.name ?? 'Provider', 'Console')
  if (error?.code === 'provider-not-found')
    return (
      <Nothing icon={IconPlugConnectedX} title="There is no such provider" action={<Link to="/providers">All providers</Link>}>
        It may have been deleted meanwhile.
      </Nothing>
    )
  if (error && !provider)
    return <FailureNotice failure={error} title="The provider could not be read" retry={() => void refetch()} />
  if (!provider)
    return (
      <div className="card">
        <Bones rows={4} />
      </div>
    )
  return (
    <>
      <div className="page-head">
        <h1>{provider.name}</h1>
        <ProviderState status={provider.status} />
      </div>
      {provider.status === 'closing' && (
        <Notice tone="warn" title="This provider is being deleted" live={false}>
          Its services are out of sale. What may still be on its way is waited for; then its key is destroyed and it is gone from
          here.
        </Notice>
      )}
      <FailingNotice provider={provider} />
      <div className="provider">
        <div className="stack">
          <ConnectionCard provider={provider} />
          <MoneyCard provider={provider} />
          <CallsCard provider={provider} />
        </div>
        <div className="stack">
          <ServicesCard provider={provider} />
          <SyncCard provider={provider} />
        </div>
      </div>
      <TaskList provider={provider} />
    </>
  )
}

function ServicesCard({ provider }: { readonly provider: Provider }) {
  const { providerId, paused, status } = provider
  const may = useMay()
  return (
    <section className="card provider-card" aria-label="Services">
      <h2>Services</h2>
      {paused > 0 && (
        <Notice
          tone="warn"
          title={`${count(paused)} ${paused === 1 ? 'service waits' : 'services wait'} for you`}
          live={false}
          actions={
            <Link to="/providers/$providerId/paused" params={{ providerId }}>
              Look at {paused === 1 ? 'it' : 'them'}
            </Link>
          }
        >
          Out of sale until somebody decides: their price jumped, or they changed or vanished upstream.
        </Notice>
      )}
      {status !== 'closing' && may('admin.import-services') && (
        <>
          <p className="soft">Look at its catalogue beside yours, choose, and sell with your mark-up.</p>
          <div>
            <Button
              className="link-as-button"
              renderRoot={(props) => <Link to="/providers/$providerId/import" params={{ providerId }} {...props} />}
            >
              Import services
            </Button>
          </div>
        </>
      )}
    </section>
  )
}
