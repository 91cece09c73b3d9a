import type { ProviderId } from '../../core/ids.ts'
import type { Opened } from '../../core/need.ts'
import type { Order } from '../../core/orders/order.ts'
import { idsPerCall } from '../../core/orders/polling.ts'
import { later } from '../../core/time.ts'
import { lookBack as completedOrders } from '../../data/orders/look-back.ts'
import { settleOrders } from '../../data/orders/settle-orders.ts'
import { providerLines } from '../../data/provider-lines.ts'
import { type Provider, readProviders } from '../../data/providers.ts'
import { callProviders } from '../../outside/providers/call-providers.ts'
import { openKeys } from '../../outside/vault/seal-keys.ts'
import { askStatuses } from '../kit/ask-statuses.ts'
import { workSchedule } from '../kit/work.ts'
import { type Clock, scheduleWorker } from '../kit/worker.ts'

/** Providers take back a completion within days, if they do. Older ones are for staff. */
const daysBack = 7

/** How long it waits for its turn: once a day there is time. */
const patienceSeconds = 60

const uses = {
  providers: readProviders,
  lines: providerLines,
  vault: openKeys,
  outside: callProviders,
  orders: completedOrders,
  settle: settleOrders,
}
type Uses = Opened<typeof uses>

export const lookBack = scheduleWorker({
  name: 'workers.look-back',
  summary: 'Once a day, asks again about orders of the last days that were completed: what a provider takes back is refunded',
  on: { kind: 'schedule', every: 'day' },
  failing: { hurts: 'customers wait for refunds of orders that a provider took back', runbook: 'completed-orders-not-asked-about' },
  timeoutSeconds: 900,
  uses,

  async run({ uses, now, clock }) {
    const providers = new Map((await uses.providers.all()).map((provider) => [provider.providerId, provider]))
    const waiting = new Map<ProviderId, Order[]>()
    const faults: unknown[] = []
    const ask = async (id: ProviderId): Promise<void> => {
      const [provider, batch] = [providers.get(id), waiting.get(id)]
      waiting.delete(id)
      if (!provider || !batch) return
      const failed = await askAgain(provider, batch, uses, clock)
      // A provider that does not answer is asked again tomorrow: its other orders would fare no better now.
      if (failed) faults.push(...failed)
      else providers.delete(id)
    }
    for await (const order of uses.orders.completed(later(now, -daysBack * 86_400), now)) {
      const batch = waiting.get(order.providerId) ?? []
      batch.push(order)
      waiting.set(order.providerId, batch)
      if (batch.length === idsPerCall) await ask(order.providerId)
    }
    for (const id of [...waiting.keys()]) await ask(id)
    // One bad order stops no other.
    if (faults.length > 0) throw faults[0]
  },
})

/** What failed of our own; undefined when the provider gave no usable answer. */
async function askAgain(provider: Provider, batch: readonly Order[], uses: Uses, clock: Clock): Promise<unknown[] | undefined> {
  const asked = batch.flatMap(({ providerOrderId }) => providerOrderId ?? [])
  const said = await askStatuses(provider, asked, uses, { patienceSeconds, clock })
  if (!said) return undefined
  const now = clock()
  const faults: unknown[] = []
  for (const order of batch) {
    const report = said.get(order.providerOrderId ?? '')
    if (report === undefined || report === 'not-found' || report.status === 'completed') continue
    await uses.settle
      .hear(order.customerId, order.orderId, report, now, order.providerOrderId)
      .catch((error: unknown) => faults.push(error))
  }
  return faults
}

export const handler = workSchedule(lookBack)
