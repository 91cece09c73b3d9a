import * as z from 'zod/mini'
import { isSold } from '../../core/catalogue/is-sold.ts'
import { promised } from '../../core/catalogue/passes-on.ts'
import type { Service } from '../../core/catalogue/service.ts'
import { currentTerms } from '../../core/identity/terms.ts'
import { formatMoney } from '../../core/money.ts'
import { readCategories } from '../../data/categories.ts'
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
  uses: { services: listServices, categories: readCategories, snapshots: writeSnapshots, settings },

  async run({ uses }) {
    const [services, categories] = await Promise.all([uses.services.all(), uses.categories.all()])
    const nameOf = new Map(categories.map(({ categoryId, name }) => [categoryId, name]))
    const sold = services
      .filter((service) => isSold(service, uses.settings))
      .map((service) => ({ service, category: nameOf.get(service.categoryId) ?? '' }))
    // Checked here, once, so that readers can hand it on as it is.
    const view = z.parse(catalogue, {
      ...uses.settings,
      terms: currentTerms,
      services: sold.map(({ service, category }) => viewService(service, category)),
    })
    await uses.snapshots.write('catalogue.json', JSON.stringify(view))
    await uses.snapshots.write(
      'protocol-services.json',
      JSON.stringify(sold.map(({ service, category }) => protocolRow(service, category))),
    )
  },
})

/** A row of `action=services`: value types to the letter of the protocol. */
const protocolRow = (service: Service, category: string) => ({
  service: service.serviceId,
  name: service.name,
  type: service.type,
  category,
  rate: formatMoney(service.rate),
  min: String(service.min),
  max: String(service.max),
  refill: promised(service).refill,
  cancel: promised(service).cancel,
  dripfeed: promised(service).dripFeed,
  description: service.description,
})

export const handler = workQueue(publishCatalogue)
