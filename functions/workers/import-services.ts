import * as z from 'zod/mini'
import { refreshed, takenOver } from '../../core/catalogue/from-provider.ts'
import { sellsReviews } from '../../core/catalogue/refused.ts'
import type { Service } from '../../core/catalogue/service.ts'
import { importId, providerId } from '../../core/ids.ts'
import type { Opened } from '../../core/need.ts'
import { type OfferedService, readServices } from '../../core/protocol/provider-services.ts'
import { findOrAddCategories } from '../../data/categories.ts'
import { type Import, readImports, runImports } from '../../data/imports.ts'
import { readProviders } from '../../data/providers.ts'
import { callProviders } from '../../outside/providers/call-providers.ts'
import { openKeys } from '../../outside/vault/seal-keys.ts'
import { workQueue } from '../kit/work.ts'
import { queueWorker } from '../kit/worker.ts'

const message = z.object({ providerId: z.string(), importId: z.string() })
const uses = {
  imports: readImports,
  running: runImports,
  categories: findOrAddCategories,
  providers: readProviders,
  vault: openKeys,
  outside: callProviders,
}
type Uses = Opened<typeof uses>

/** Rows written at once. */
const atOnce = 20

export const importServices = queueWorker({
  name: 'workers.import-services',
  summary: 'Takes a provider’s catalogue over into ours, with a mark-up; run again, it goes on where it stopped',
  on: { kind: 'queue', queue: 'import', batchSize: 1 },
  failing: { hurts: 'staff wait for services they want to sell', runbook: 'import-stuck' },
  timeoutSeconds: 600,
  read: (raw) => {
    const read = message.parse(raw)
    return { providerId: providerId(read.providerId), importId: importId(read.importId) }
  },
  uses,

  async run({ message, uses, now }) {
    const wanted = await uses.imports.get(message.providerId, message.importId)
    if (wanted.state === 'done' || wanted.state === 'failed') return
    const offered = await ask(wanted, uses)
    if (!offered) {
      await uses.running.report({ ...wanted, state: 'failed', left: ['the provider gave no usable answer'] })
      return
    }
    const [sellable, refused] = apart(offered.services)
    const left = [
      ...offered.broken.map(({ row, why }) => `${row}: ${why}`),
      ...refused.map(({ providerServiceId }) => `${providerServiceId}: it sells reviews, which this panel does not`),
    ]
    await takeOver(wanted, sellable, left, now, uses)
  },
})

async function ask(wanted: Import, uses: Uses) {
  const provider = await uses.providers.get(wanted.providerId)
  const line = { url: provider.url, apiKey: await uses.vault.open(provider.key, provider.providerId) }
  const outcome = await uses.outside.call(line, { action: 'services' })
  const reply = outcome.kind === 'answer' ? readServices(outcome) : undefined
  return reply?.kind === 'ok' ? reply : undefined
}

/** What can be sold here, and what is refused by its name. */
function apart(offered: readonly OfferedService[]): [OfferedService[], OfferedService[]] {
  const { true: refused = [], false: sellable = [] } = Object.groupBy(offered, ({ name, category }) =>
    sellsReviews(name, category) ? 'true' : 'false',
  )
  return [sellable, refused]
}

async function takeOver(
  wanted: Import,
  offered: readonly OfferedService[],
  left: readonly string[],
  now: Date,
  uses: Uses,
): Promise<void> {
  const { markUp, origin } = wanted
  const attest = origin === 'unattested' ? { origin } : { origin, attested: { by: wanted.by, at: now } }
  // What an import attests holds for all its services but those somebody attested before.
  const brought = (service: Service, row: OfferedService): Service => ({
    ...refreshed(service, row, markUp),
    ...(service.origin === 'unattested' ? attest : {}),
  })
  const categories = await uses.categories.findOrAdd(offered.map(({ category }) => category))
  const known = await uses.running.known(wanted.providerId)
  const fresh = offered.filter(({ providerServiceId }) => !known.has(providerServiceId))
  const numbers = fresh.length > 0 ? await uses.running.numbers(fresh.length) : []
  const numberOf = new Map([
    ...known,
    ...fresh.flatMap(({ providerServiceId }, index) =>
      numbers[index] === undefined ? [] : [[providerServiceId, numbers[index]] as const],
    ),
  ])
  const progress = { ...wanted, rows: offered.length + left.length, left }
  for (let from = 0; from < offered.length; from += atOnce) {
    const rows = offered.slice(from, from + atOnce)
    await Promise.all(
      rows.map(async (row) => {
        const number = numberOf.get(row.providerServiceId)
        const category = categories.get(row.category)
        if (number === undefined || category === undefined) return
        if (known.has(row.providerServiceId)) return uses.running.refresh(number, (service) => brought(service, row))
        const as = { serviceId: number, providerId: wanted.providerId, categoryId: category }
        await uses.running.add(takenOver(row, as, markUp, attest))
      }),
    )
    await uses.running.report({ ...progress, state: 'running', taken: from + rows.length })
  }
  await uses.running.report({ ...progress, state: 'done', taken: offered.length })
}

export const handler = workQueue(importServices)
