import type { Service } from '../catalogue/service.ts'
import { serviceTypeRule } from '../catalogue/service-types.ts'
import type { Attempt, ProviderId, ProviderOrderId } from '../ids.ts'
import { type Money, money, priceOf } from '../money.ts'
import { readBalanceAmount } from '../providers/balance.ts'
import type { Order, OrderReason } from './order.ts'

/** One time an order was sent of which it is not certain what came of it. */
export interface Sending {
  readonly attempt: Attempt
  readonly providerId: ProviderId
  /** When the call began. */
  readonly at: Date
  /** When it was over; undefined for a worker that was lost with it. */
  readonly overAt?: Date | undefined
  readonly reason?: OrderReason | undefined
  /** What the connection came to, where there was no answer. */
  readonly why?: string | undefined
  /** The answer's HTTP status, and the provider's own words. */
  readonly status?: number | undefined
  readonly said?: string | undefined
  /** Of a provider that gets one call at a time: its balance before and after the call, as it wrote it. */
  readonly before?: string | undefined
  readonly after?: string | undefined
  readonly currency?: string | undefined
  /** What the order costs there, in the provider's currency. */
  readonly cost?: Money | undefined
  /** The number that the provider's answer named, when others had settled the order already. */
  readonly lateNumber?: ProviderOrderId | undefined
}

/** What an order costs at its provider, in the provider's currency; undefined where the service is bought elsewhere by now. */
export function costOf(service: Service | undefined, order: Order): Money | undefined {
  const { source, fallbacks = [] } = service ?? {}
  const boughtAs = [...(source ? [{ ...source, quoted: source.quoted ?? source.cost }] : []), ...fallbacks].find(
    ({ providerId, providerServiceId }) => providerId === order.providerId && providerServiceId === order.providerServiceId,
  )
  if (!boughtAs) return undefined
  const rate = boughtAs.quoted
  return serviceTypeRule(order.type).charged === 'one package' ? money(rate) : priceOf(rate, order.quantity)
}

/** What a difference of balances shows. It proves nothing by itself: what it shows is told to staff. */
export const balanceFindings = ['took-it', 'did-not', 'unclear'] as const
export type BalanceFinding = (typeof balanceFindings)[number]

/**
 * `took-it`: the balance fell by the order's cost, as exactly as balances are written. `did-not`: it stayed, and the cost
 * would have shown. Undefined where it was not asked for, or not answered.
 */
export function balanceShows({ before, after, cost }: Pick<Sending, 'before' | 'after' | 'cost'>): BalanceFinding | undefined {
  const [had, has] = [before, after].map((written) => (written === undefined ? undefined : readBalanceAmount(written)))
  if (before === undefined || after === undefined || had === undefined || has === undefined) return undefined
  if (cost === undefined) return 'unclear'
  const fell = had - has
  const decimals = Math.min(decimalsOf(before), decimalsOf(after))
  // Of full precision, rounding alone can make a difference of two.
  const step = decimals === 6 ? 2n : 10n ** BigInt(6 - decimals)
  if (fell === 0n) return cost >= 2n * step ? 'did-not' : 'unclear'
  const off = fell > cost ? fell - cost : cost - fell
  return fell > 0n && off <= step ? 'took-it' : 'unclear'
}

const decimalsOf = (written: string): number => Math.min(written.split('.')[1]?.length ?? 0, 6)
