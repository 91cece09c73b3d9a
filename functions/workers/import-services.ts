import * as z from 'zod/mini'
import { marked } from '../../core/catalogue/mark-up.ts'
import type { Service } from '../../core/catalogue/service.ts'
import { importId, providerId, type ServiceId } from '../../core/ids.ts'
import type { Opened } from '../../core/need.ts'
import { type OfferedService, readServices } from '../../core/protocol/provider-services.ts'
import { type Import, readImports, runImports } from '../../data/imports.ts'
import { readProviders } from '../../data/providers.ts'
import { callProviders } from '../../outside/providers/call-providers.ts'
import { openKeys } from '../../outside/vault/seal-keys.ts'
import { workQueue } from '../kit/work.ts'
import { queueWorker } from '../kit/worker.ts'

const message = z.object({ providerId: z.string(), importId: z.string() })
const uses = { imports: readImports, running: runImports, providers: readProviders, vault: openKeys, outside: callProviders }
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

  async run({ message, uses }) {
    const wanted = await uses.imports.get(message.providerId, message.importId)
    if (wanted.state === 'done' || wanted.state === 'failed') return
    const offered = await ask(wanted, uses)
    if (!offered) {
      await uses.running.report({ ...wanted, state: 'failed', left: ['the provider gave no usable answer'] })
      return
    }
    await takeOver(
      wanted,
      offered.services,
      offered.broken.map(({ row, why }) => `${row}: ${why}`),
      uses,
    )
  },
})

async function ask(wanted: Import, uses: Uses) {
  const provider = await uses.providers.get(wanted.providerId)
  const line = { url: provider.url, apiKey: await uses.vault.open(provider.key, provider.providerId) }
  const outcome = await uses.outside.call(line, { action: 'services' })
  const reply = outcome.kind === 'answer' ? readServices(outcome) : undefined
  return reply?.kind === 'ok' ? reply : undefined
}

async function takeOver(wanted: Import, offered: readonly OfferedService[], left: readonly string[], uses: Uses): Promise<void> {
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
        if (number === undefined) return
        const service = ours(row, number, wanted)
        await (known.has(row.providerServiceId) ? uses.running.refresh(service) : uses.running.add(service))
      }),
    )
    await uses.running.report({ ...progress, state: 'running', taken: from + rows.length })
  }
  await uses.running.report({ ...progress, state: 'done', taken: offered.length })
}

function ours(offered: OfferedService, number: ServiceId, { providerId, markUp }: Import): Service {
  const { providerServiceId, rate, ...rest } = offered
  return {
    ...rest,
    serviceId: number,
    rate: marked(rate, markUp),
    enabled: true,
    source: { providerId, providerServiceId, cost: rate },
  }
}

export const handler = workQueue(importServices)
