import './table.css'
import './statement.css'
import { IconArrowBackUp, IconArrowDownLeft, IconArrowUpRight, IconReceipt2, type TablerIcon } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { Answer } from '../api.ts'
import { Amount } from './amount.tsx'
import { decimalsOf } from './amounts.ts'
import { Moment } from './moment.tsx'

type Entry = Answer<'GET /api/admin/customers/{customerId}/entries'>['rows'][number]

const icons: Readonly<Record<Entry['kind'], TablerIcon>> = {
  order: IconReceipt2,
  refund: IconArrowBackUp,
  credit: IconArrowDownLeft,
  debit: IconArrowUpRight,
  'given-up': IconArrowUpRight,
}

interface StatementProps {
  readonly entries: readonly Entry[]
  readonly currency: string
  /** The route that opens an order, with `$orderId` in it. */
  readonly opens: string
}

/** Every movement in words, with the balance it left. */
export function Statement({ entries, currency, opens }: StatementProps) {
  const amounts = decimalsOf(entries.map(({ amount }) => amount))
  const balances = decimalsOf(entries.map(({ balanceAfter }) => balanceAfter))
  return (
    <table className="table statement">
      <thead>
        <tr>
          <th scope="col">When</th>
          <th scope="col">What</th>
          <th scope="col" className="figure">
            Amount, {currency}
          </th>
          <th scope="col" className="figure">
            Balance, {currency}
          </th>
        </tr>
      </thead>
      <tbody>
        {entries.map((entry) => (
          <tr key={`${entry.at} ${entry.kind} ${entry.orderId} ${entry.amount} ${entry.balanceAfter}`}>
            <td className="entry entry-when faint">
              <Moment at={entry.at} alone start />
            </td>
            <td className="entry entry-what">
              <EntryWords entry={entry} opens={opens} />
            </td>
            <td className="entry entry-amount figure">
              <Amount of={entry.amount} decimals={amounts} signed />
            </td>
            <td className="entry entry-balance figure">
              <span className="phone-only faint tiny">Balance </span>
              <Amount of={entry.balanceAfter} decimals={balances} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function EntryWords({ entry: { kind, orderId, memo, by, agreedBy }, opens }: { readonly entry: Entry; readonly opens: string }) {
  const Icon = icons[kind]
  const order = orderId !== undefined && (
    <Link to={opens} params={{ orderId }} className="tabular">
      {orderId}
    </Link>
  )
  const words = {
    order: <>Order {order}</>,
    refund: <>Refund of order {order}: what was not delivered</>,
    credit: 'Credit by staff',
    debit: 'Debit by staff',
    'given-up': 'Given up when the account was closed',
  }
  return (
    <span className="entry-words">
      <Icon size={16} stroke={1.7} aria-hidden />
      <span>
        {words[kind]}
        {memo && <span className="soft"> · {memo}</span>}
        {by && (
          <span className="faint tiny entry-by">
            {' '}
            by {by.slice(0, 8)}
            {agreedBy && `, agreed to by ${agreedBy.slice(0, 8)}`}
          </span>
        )}
      </span>
    </span>
  )
}
