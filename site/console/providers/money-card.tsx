import { Button } from '@mantine/core'
import { useState } from 'react'
import { Moment } from '../../shared/moment.tsx'
import { Notice } from '../../shared/notice.tsx'
import { Facts } from '../../shared/order-facts.tsx'
import { useMay } from '../me.ts'
import type { Provider } from './connection-card.tsx'
import { DailyRateNotice } from './daily-rate.tsx'
import { dayWords } from './day-words.ts'
import { SetMoney } from './set-money.tsx'

/** What a provider counts in, what that is worth, and what is left there. */
export function MoneyCard({ provider }: { readonly provider: Provider }) {
  const may = useMay()
  const [open, setOpen] = useState(false)
  const { balance, currency, exchange, ledgerCurrency, lowBalance } = provider
  const foreign = currency !== ledgerCurrency
  const told = balance?.currency
  return (
    <section className="card provider-card" aria-label="Money">
      <h2>Money</h2>
      {balance?.low && (
        <Notice tone="warn" title="Its balance is low" live={false}>
          Once it is empty, its orders wait. Top it up at the provider.
        </Notice>
      )}
      {told !== undefined && told !== currency && (
        <Notice tone="warn" title={`It says that it counts in ${told}`} live={false}>
          This panel takes its prices for {currency}. Set its currency and what that is worth.
        </Notice>
      )}
      {provider.daily && provider.status !== 'closing' && <DailyRateNotice provider={provider} daily={provider.daily} />}
      <Facts
        rows={[
          [
            'Balance',
            balance?.amount === undefined ? (
              'Not told yet'
            ) : (
              <span key="balance" className="tabular">
                {balance.amount} {told ?? currency}{' '}
                {balance.toldAt && (
                  <span className="faint">
                    · told <Moment at={balance.toldAt} alone />
                  </span>
                )}
              </span>
            ),
          ],
          ['Warn below', lowBalance === undefined ? 'No warning' : `${lowBalance} ${currency}`],
          ['Counts in', foreign ? `${currency}; 1 ${currency} is ${exchange} ${ledgerCurrency}` : currency],
          ...(foreign
            ? [['Its rate', provider.daily ? `The daily one, of ${dayWords(provider.daily.day)}` : 'Your own'] as const]
            : []),
        ]}
      />
      {provider.status !== 'closing' && may('admin.set-provider-money') && (
        <div>
          <Button variant="default" onClick={() => setOpen(true)}>
            Change
          </Button>
        </div>
      )}
      {open && <SetMoney provider={provider} close={() => setOpen(false)} />}
    </section>
  )
}
