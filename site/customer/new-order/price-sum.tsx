import './price-sum.css'
import { Amount } from '../../shared/amount.tsx'
import { count, decimalsOf, difference, isNegative, toMicros } from '../../shared/amounts.ts'
import { About } from '../about.tsx'
import type { Service } from '../catalogue.ts'
import { ofOnePackage, unitOf } from '../finder/service-row.tsx'
import type { Quote } from './use-quote.ts'

interface PriceSumProps {
  readonly service: Service
  /** What the server said last. */
  readonly quote: Quote | undefined
  /** Whether that is the price of what stands in the form now. */
  readonly fresh: boolean
  readonly available: string | undefined
  readonly currency: string
}

/** The price as a sum one can follow: rate × quantity ÷ 1000. */
export function PriceSum({ service, quote, fresh, available, currency }: PriceSumProps) {
  const rate = quote?.rate ?? service.rate
  const after = quote && available !== undefined ? difference(available, quote.charge) : undefined
  const short = after !== undefined && isNegative(after)
  const decimals = decimalsOf([rate, quote?.charge ?? '0', after ?? '0'])
  return (
    <dl
      className="price-sum"
      aria-live="polite"
      aria-busy={quote !== undefined && !fresh}
      data-fresh={fresh || quote === undefined}
    >
      <div>
        <dt>Rate, {unitOf(service)}</dt>
        <dd>
          <Amount of={rate} decimals={decimals} alone />
        </dd>
      </div>
      {!ofOnePackage(service) && (
        <div>
          <dt>{service.charged === 'lines of comments' ? 'Comments' : 'Quantity'}</dt>
          <dd className="tabular">{quote ? `× ${factors(quote)} ÷ 1,000` : '–'}</dd>
        </div>
      )}
      <div className="price-sum-total">
        <dt>
          Charge, {currency}
          {quote && roundedUp(quote) && <span className="price-sum-note">rounded up to a millionth</span>}
        </dt>
        <dd>
          {quote ? <Amount of={quote.charge} decimals={decimals} alone /> : '–'}
          {quote && <About of={quote.charge} />}
        </dd>
      </div>
      {after !== undefined && (
        <div data-short={short}>
          <dt>{short ? 'Missing in the balance' : 'Balance after'}</dt>
          <dd>
            <Amount of={short ? after.slice(1) : after} decimals={decimals} alone />
          </dd>
        </div>
      )}
    </dl>
  )
}

/** `1,000`, or `1,000 × 5 runs`. */
const factors = ({ quantity, runs }: Quote): string =>
  runs > 1 ? `${count(quantity / runs)} × ${count(runs)} runs` : count(quantity)

/** Whether the exact product had more than six decimals: the panel rounds a price up, never down. */
const roundedUp = ({ rate, quantity, charge }: Quote): boolean => {
  const exact = toMicros(rate) * BigInt(quantity)
  return exact < toMicros(charge) * 1_000n && exact > (toMicros(charge) - 1n) * 1_000n
}
