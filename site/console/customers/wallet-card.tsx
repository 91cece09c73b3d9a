import { Amount } from '../../shared/amount.tsx'
import { Facts } from '../../shared/order-facts.tsx'
import { useCurrency } from '../currency.ts'
import type { Customer } from './account-card.tsx'

export function WalletCard({ wallet }: { readonly wallet: Customer['wallet'] }) {
  const currency = useCurrency()
  return (
    <section className="card customer-card" aria-label="Wallet">
      <h2>Wallet</h2>
      <p className="customer-amount">
        <Amount of={wallet.available} currency={currency} alone /> <span className="faint small">available</span>
      </p>
      <Facts
        rows={[
          ['Held', <Amount key="held" of={wallet.held} currency={currency} alone />],
          ['Owed', <Amount key="debt" of={wallet.debt} currency={currency} alone />],
          ['Total', <Amount key="total" of={wallet.total} currency={currency} alone />],
        ]}
      />
    </section>
  )
}
