import '../../shared/state-badge.css'
import { Button } from '@mantine/core'
import { IconCircleCheck, IconDoorExit, IconLock } from '@tabler/icons-react'
import { useState } from 'react'
import type { Answer } from '../../api.ts'
import { CopyButton } from '../../shared/copy-button.tsx'
import { Moment } from '../../shared/moment.tsx'
import { Facts } from '../../shared/order-facts.tsx'
import { useMay } from '../me.ts'
import { SetStatus } from './set-status.tsx'
import { UnveilCustomer } from './unveil.tsx'

export type Customer = Answer<'GET /api/admin/customers/{customerId}'>

const standings = {
  active: { tone: 'good', word: 'Active', Icon: IconCircleCheck },
  suspended: { tone: 'bad', word: 'Suspended', Icon: IconLock },
  closed: { tone: 'plain', word: 'Closed', Icon: IconDoorExit },
} as const

export function AccountCard({ customer, changed }: { readonly customer: Customer; readonly changed: () => void }) {
  const may = useMay()
  const [asking, setAsking] = useState(false)
  const { status } = customer
  const { tone, word, Icon } = standings[status]
  return (
    <section className="card customer-card" aria-label="Account">
      <div className="row">
        <h2 className="grow">Account</h2>
        <span className="state" data-tone={tone}>
          <Icon size={15} stroke={1.8} aria-hidden />
          {word}
        </span>
      </div>
      <Facts
        rows={[
          ['Email', customer.email],
          ['Since', <Moment key="since" at={customer.createdAt} alone start />],
          ['Terms', `Version ${customer.termsVersion}`],
          [
            'Number',
            <span key="number" className="row">
              <code>{customer.customerId.slice(0, 8)}…</code>
              <CopyButton text={customer.customerId} label="Copy the whole number" />
            </span>,
          ],
        ]}
      />
      <UnveilCustomer customer={customer} changed={changed} />
      {status !== 'closed' && may('admin.set-customer-status') && (
        <div>
          <Button variant="default" onClick={() => setAsking(true)}>
            {status === 'suspended' ? 'Restore the account' : 'Suspend the account'}
          </Button>
        </div>
      )}
      <SetStatus customer={customer} opened={asking} close={() => setAsking(false)} changed={changed} />
    </section>
  )
}
