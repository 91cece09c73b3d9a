import { Button } from '@mantine/core'
import { useState } from 'react'
import type { Settling } from '../../../core/orders/settling.ts'
import type { Permission } from '../../../core/staff/permissions.ts'
import type { Answer } from '../../api.ts'
import { difference, inWords, isZero } from '../../shared/amounts.ts'
import { useCurrency } from '../currency.ts'
import { useMay } from '../me.ts'
import { SettleDialog } from './settle-dialog.tsx'

type Order = Answer<'GET /api/admin/orders/{orderId}'>

const needs: Readonly<Record<Settling, Permission>> = {
  confirm: 'admin.confirm-order',
  'send-again': 'admin.send-order-again',
  completed: 'admin.settle-order',
  partial: 'admin.settle-order',
  canceled: 'admin.settle-order',
  leave: 'admin.leave-order',
}

/** What can be done about an order that hangs, as far as the role may. Nothing for any other order. */
export function SettleOrder({ order, settled }: { readonly order: Order; readonly settled: (told: string) => void }) {
  const may = useMay()
  const currency = useCurrency()
  const [way, setWay] = useState<Settling>()
  const ways = order.ways.filter((one) => may(needs[one]))
  if (order.ways.length === 0) return null
  const back = difference(order.charge, order.refunded)
  const words: Readonly<Record<Settling, string>> = {
    confirm: order.providerOrderId ? 'It has another number' : 'Found: enter its number',
    'send-again': order.state === 'parked' && !order.sentAgain ? 'Send it now' : 'Send again',
    completed: 'Delivered in full',
    partial: 'Delivered in part',
    canceled: isZero(back) ? 'Not delivered' : `Refund ${inWords(back)} ${currency}`,
    leave: 'It is fine',
  }
  return (
    <section aria-label="Settle it">
      <h3 className="order-sheet-heading">Settle it</h3>
      {ways.length === 0 && <p className="soft">Your role does not settle this. Ask a colleague of finance.</p>}
      <div className="row wrap">
        {ways.map((one) => (
          <Button key={one} variant="default" onClick={() => setWay(one)}>
            {words[one]}
          </Button>
        ))}
      </div>
      {way && (
        <SettleDialog
          key={way}
          order={order}
          way={way}
          close={() => setWay(undefined)}
          settled={(told) => {
            setWay(undefined)
            settled(told)
          }}
        />
      )}
    </section>
  )
}
