import type { ProviderOrderId } from '../../core/ids.ts'
import { readStatuses, type StatusReply } from '../../core/protocol/replies.ts'
import { logWarning } from './log.ts'
import { askProvider } from './provider-calls.ts'

type Heard = Extract<StatusReply, { readonly kind: 'ok' }>['orders']

/** What a provider says of these orders, 100 at most; undefined when there is no usable answer. */
export async function askStatuses(
  provider: Parameters<typeof askProvider>[0],
  orders: readonly ProviderOrderId[],
  uses: Parameters<typeof askProvider>[2],
  waiting: Parameters<typeof askProvider>[3],
): Promise<Heard | undefined> {
  const outcome = await askProvider(provider, { action: 'status', orders }, uses, waiting)
  const reply = outcome.kind === 'answer' ? readStatuses(outcome, orders) : { kind: outcome.kind }
  if (reply.kind === 'ok') return reply.orders
  logWarning('status call failed', { kind: reply.kind, orders: orders.length })
  return undefined
}
