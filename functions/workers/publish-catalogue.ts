import * as z from 'zod/mini'
import { promised } from '../../core/catalogue/passes-on.ts'
import type { Service } from '../../core/catalogue/service.ts'
import { currentTerms } from '../../core/identity/terms.ts'
import { formatMoney } from '../../core/money.ts'
import { listServices } from '../../data/services.ts'
import { settings } from '../../data/settings.ts'
import { writeSnapshots } from '../../outside/snapshots/snapshots.ts'
import { catalogue, viewService } from '../kit/catalogue-view.ts'
import { workQueue } from '../kit/work.ts'
import { queueWorker } from '../kit/worker.ts'

export const publishCatalogue = queueWorker({
  name: 'workers.publish-catalogue',
  summary: 'Writes the catalogue as everybody reads it, whenever a service changed',
  on: { kind: 'queue', queue: 'publish', batchSize: 100, batchSeconds: 2, alike: true },
  failing: {
    hurts: 'customers see old prices and services; orders are still charged by the current ones',
    runbook: 'catalogue-not-published',
  },
  timeoutSeconds: 60,
  read: (message) => z.parse(z.object({ because: z.literal('services-changed') }), message),
  uses: { services: listServices, snapshots: writeSnapshots, settings },

  async run({ uses }) {
    const sold = (await uses.services.all()).filter((service) => service.enabled)
    // Checked here, once, so that readers can hand it on as it is.
    const view = z.parse(catalogue, { ...uses.settings, terms: currentTerms, services: sold.map(viewService) })
    await uses.snapshots.write('catalogue.json', JSON.stringify(view))
    await uses.snapshots.write('protocol-services.json', JSON.stringify(sold.map(protocolRow)))
  },
})

/** A row of `action=services`: value types to the letter of the protocol. */
const protocolRow = (service: Service) => ({
  service: service.serviceId,
  name: service.name,
  type: service.type,
  category: service.category,
  rate: formatMoney(service.rate),
  min: String(service.min),
  max: String(service.max),
  refill: promised(service).refill,
  cancel: promised(service).cancel,
  dripfeed: promised(service).dripFeed,
  description: service.description,
})

export const handler = workQueue(publishCatalogue)
