import { Button } from '@mantine/core'
import { useState } from 'react'
import { count } from '../../shared/amounts.ts'
import { Facts } from '../../shared/order-facts.tsx'
import { useMay } from '../me.ts'
import type { Provider } from './connection-card.tsx'
import { SetLimits } from './set-limits.tsx'

/** How much of the panel a provider gets. */
export function CallsCard({ provider }: { readonly provider: Provider }) {
  const may = useMay()
  const [open, setOpen] = useState(false)
  const { atOnce, perMinute, status, line } = provider
  return (
    <section className="card provider-card" aria-label="Calls">
      <h2>Calls</h2>
      <Facts
        rows={[
          ['At once', atOnce === 1 ? 'One after the other' : `Up to ${count(atOnce)}`],
          ['Just now', line.calling === 0 ? 'None' : `${count(line.calling)} taken`],
          ['In a minute', perMinute === undefined ? 'As many as there are' : `Up to ${count(perMinute)}`],
        ]}
      />
      {status !== 'closing' && may('admin.set-provider-limits') && (
        <div>
          <Button variant="default" onClick={() => setOpen(true)}>
            Change
          </Button>
        </div>
      )}
      {open && <SetLimits provider={provider} close={() => setOpen(false)} />}
    </section>
  )
}
