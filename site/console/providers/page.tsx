import './page.css'
import '../../shared/table.css'
import { Button } from '@mantine/core'
import { IconPlugConnected } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { Answer } from '../../api.ts'
import { keyOf } from '../../shared/answers.ts'
import { Bones } from '../../shared/bones.tsx'
import { FailureNotice } from '../../shared/failure-notice.tsx'
import { Moment } from '../../shared/moment.tsx'
import { Nothing } from '../../shared/nothing.tsx'
import { useTitle } from '../../shared/title.ts'
import { useMay } from '../me.ts'
import { useProviders } from '../orders/use-providers.ts'
import { AddProvider } from './add-provider.tsx'
import { Finding } from './finding.tsx'
import { ProviderState } from './provider-state.tsx'
import { ProviderTroubles } from './troubles.tsx'

/** Where services are bought. */
export function ProvidersPage() {
  const { query } = useProviders()
  const answers = useQueryClient()
  const navigate = useNavigate()
  const may = useMay()
  const [adding, setAdding] = useState(false)
  useTitle('Providers', 'Console')
  const rows = query.data?.rows
  return (
    <>
      <div className="page-head">
        <h1>Providers</h1>
        {may('admin.add-provider') && (
          <Button className="push" onClick={() => setAdding(true)}>
            Add provider
          </Button>
        )}
      </div>
      <div className="stack">
        <ProviderTroubles />
        <section className="card" aria-label="Providers">
          {query.error && !rows && (
            <div className="card-body">
              <FailureNotice failure={query.error} title="The providers could not be read" retry={() => void query.refetch()} />
            </div>
          )}
          {query.isPending && <Bones rows={3} />}
          {rows?.length === 0 && (
            <Nothing icon={IconPlugConnected} title="No providers yet">
              Add one with its address and key, import its services with your mark-up, and they are on sale.
            </Nothing>
          )}
          {rows && rows.length > 0 && (
            <table className="table providers-table">
              <thead>
                <tr>
                  <th scope="col">Name</th>
                  <th scope="col">Address</th>
                  <th scope="col" className="figure">
                    Balance
                  </th>
                  <th scope="col">Status</th>
                </tr>
              </thead>
              <tbody>
                {rows.map((provider) => (
                  <tr key={provider.providerId}>
                    <td className="provider-cell provider-cell-name">
                      <Link to="/providers/$providerId" params={{ providerId: provider.providerId }} className="number-link">
                        {provider.name}
                      </Link>
                    </td>
                    <td className="provider-cell provider-cell-host soft">{provider.host}</td>
                    <td className="provider-cell provider-cell-balance figure">
                      <Balance provider={provider} />
                    </td>
                    <td className="provider-cell provider-cell-state">
                      <ProviderState status={provider.status} />
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
        </section>
      </div>
      <AddProvider
        opened={adding}
        close={() => setAdding(false)}
        added={(providerId) => {
          void answers.invalidateQueries({ queryKey: keyOf('GET /api/admin/providers') })
          void navigate({ to: '/providers/$providerId', params: { providerId } })
        }}
      />
    </>
  )
}

type Row = Answer<'GET /api/admin/providers'>['rows'][number]

/** What is left there, and when it was told; or why nobody knows. */
function Balance({ provider: { balance, currency } }: { readonly provider: Row }) {
  if (!balance) return <span className="faint">Not asked yet</span>
  if (balance.finding !== 'works' || balance.amount === undefined) return <Finding finding={balance.finding} />
  return (
    <span className="tabular">
      {balance.amount} {balance.currency ?? currency}{' '}
      <span className="faint small">
        <Moment at={balance.toldAt ?? balance.askedAt} alone />
      </span>
    </span>
  )
}
