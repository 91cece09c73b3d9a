import type { Opened } from '../../core/need.ts'
import { costOf, type Sending } from '../../core/orders/evidence.ts'
import type { OrderReason } from '../../core/orders/order.ts'
import type { Outcome } from '../../core/protocol/outcome.ts'
import { readBalance } from '../../core/protocol/replies.ts'
import { wordsOf } from '../../core/protocol/words.ts'
import { keepSendings } from '../../data/orders/sendings.ts'
import type { ClaimedOrder } from '../../data/orders/submit-orders.ts'
import type { Provider } from '../../data/providers.ts'
import { readServices } from '../../data/services.ts'
import type { OnTheLine } from '../kit/provider-calls.ts'

/** What keeping evidence takes. */
export const witnesses = { services: readServices, sendings: keepSendings }
type Uses = Opened<typeof witnesses>

/** More of what a provider said than lies in the order's own item, in bytes. */
const longestWords = 500

/**
 * Before a call to a provider that gets one at a time: its balance, and what the order costs there, so that afterwards a
 * difference shows whether it took the order. Written down at once: the worker may be lost. For any other, nothing.
 */
export async function witnessBefore(
  order: ClaimedOrder,
  provider: Provider,
  line: OnTheLine,
  uses: Uses,
  now: Date,
): Promise<Pick<Sending, 'before'>> {
  if (provider.atOnce !== 1) return {}
  // Not side by side: if the table failed, the turn would be given back with its call still under way.
  const service = await uses.services.get(order.serviceId)
  const balance = await balanceOf(line)
  if (!balance) return {}
  const { balance: before, currency } = balance
  await uses.sendings.note(order, now, { before, currency, cost: costOf(service, order) })
  return { before }
}

/** After a call of which it is not certain what came of it: all there is to be known of it. */
export async function witnessAfter(
  order: ClaimedOrder,
  { reason, outcome, before, at, overAt }: Doubt,
  line: OnTheLine,
  uses: Uses,
): Promise<void> {
  const after = before === undefined ? undefined : (await balanceOf(line))?.balance
  const heard =
    outcome.kind === 'answer'
      ? { status: outcome.status, said: wordsOf(outcome, line.apiKey, longestWords) }
      : { why: outcome.why.slice(0, 200) }
  await uses.sendings.note(order, at, { reason, overAt, after, ...heard })
}

interface Doubt {
  readonly reason: OrderReason
  readonly outcome: Outcome
  readonly before: string | undefined
  readonly at: Date
  readonly overAt: Date
}

async function balanceOf(line: OnTheLine) {
  const outcome = await line.call({ action: 'balance' })
  const reply = outcome.kind === 'answer' ? readBalance(outcome) : undefined
  return reply?.kind === 'ok' ? reply : undefined
}
