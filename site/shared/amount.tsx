import './exact.css'
import { written } from './amounts.ts'

interface AmountProps {
  /** The server's own text: a plain decimal. */
  readonly of: string
  /** Shown zeros reach this far, so that a column's points stand under one another. */
  readonly decimals?: number
  readonly currency?: string | undefined
  /** A plus before money that came in. */
  readonly signed?: boolean
  /** Reached by Tab, where nothing around it is. */
  readonly alone?: boolean
}

/** An amount of money: no rounding, the zeros at its end muted, all six decimals on hover and focus. */
export function Amount({ of, decimals, currency, signed = false, alone = false }: AmountProps) {
  const { sign, telling, zeros, more, exact } = written(of, decimals)
  const plus = signed && sign === '' ? '+' : ''
  return (
    <data
      className="amount"
      value={of}
      data-exact={`${plus}${exact}${currency ? ` ${currency}` : ''}`}
      {...(alone ? { tabIndex: 0 } : {})}
    >
      {plus}
      {sign}
      {telling}
      <span className="amount-zeros">{zeros}</span>
      {more && <span className={decimals === undefined ? undefined : 'amount-more'}>…</span>}
      {currency && <span className="amount-currency"> {currency}</span>}
    </data>
  )
}
