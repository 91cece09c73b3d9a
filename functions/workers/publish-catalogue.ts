import * as z from 'zod/mini'
import { inOrder, type Listed } from '../../core/catalogue/in-order.ts'
import { isSold } from '../../core/catalogue/is-sold.ts'
import { promised } from '../../core/catalogue/passes-on.ts'
import type { Service } from '../../core/catalogue/service.ts'
import type { ServiceId } from '../../core/ids.ts'
import { type TypicalTime, timeInWords } from '../../core/measured/measured.ts'
import { formatMoney } from '../../core/money.ts'
import type { Opened } from '../../core/need.ts'
import { later } from '../../core/time.ts'
import { readCategories } from '../../data/categories.ts'
import { listServices } from '../../data/services.ts'
import { settings } from '../../data/settings.ts'
import { publishLater } from '../../outside/queues/send.ts'
import { type Figures, readMeasured } from '../../outside/snapshots/measured.ts'
import { type SnapshotName, writeSnapshots } from '../../outside/snapshots/snapshots.ts'
import { catalogue, viewCatalogue } from '../kit/catalogue-view.ts'
import { largestPlain } from '../kit/packed-answer.ts'
import { workQueue } from '../kit/work.ts'
import { queueWorker } from '../kit/worker.ts'

const uses = {
  services: listServices,
  categories: readCategories,
  snapshots: writeSnapshots,
  measured: readMeasured,
  queue: publishLater,
  settings,
}
type Uses = Opened<typeof uses>

export const publishCatalogue = queueWorker({
  name: 'workers.publish-catalogue',
  summary: 'Writes the catalogue as everybody reads it, whenever a service changed',
  on: {
    kind: 'queue',
    queue: 'publish',
    batchSize: 100,
    batchSeconds: 2,
    // More at once would only make each other start over.
    atOnce: 2,
    alike: true,
    onDeploy: { because: 'deployed' },
  },
  failing: {
    hurts: 'customers see old prices and services; orders are still charged by the current ones',
    runbook: 'catalogue-not-published',
  },
  timeoutSeconds: 60,
  read: (message) => z.parse(z.object({ because: z.enum(['services-changed', 'put-off', 'deployed']) }), message),
  uses,

  async run({ message, uses, clock }) {
    const wait = message.because === 'services-changed' ? await secondsToWait(uses, clock()) : 0
    if (wait > 0) return uses.queue.sendLater({ because: 'put-off' }, wait)
    for (let attempt = 1; attempt <= tries; attempt++) if (await publish(uses, clock())) return
    throw new Error(`the catalogue was published by others ${tries} times while it was read`)
  },
})

/** The larger the catalogue, the longer it rests between two publishings: it is read and written whole each time. */
const bytesPerSecond = 5_000
const mostSeconds = 20

/**
 * While an import writes, every batch of changes asks for a publishing. Those that come while the catalogue rests are put
 * off until it has rested, once: they come due together, and one run serves them all.
 */
async function secondsToWait({ snapshots }: Uses, now: Date): Promise<number> {
  const last = await snapshots.last('catalogue.json.gz')
  if (!last) return 0
  const rested = later(last.at, Math.min(mostSeconds, last.bytes / bytesPerSecond))
  return Math.max(0, Math.min(mostSeconds, Math.floor((rested.getTime() - now.getTime()) / 1000)))
}

/** Two that run at once may meet; that one loses so often means that something else is wrong. */
const tries = 10

/** False when somebody else published meanwhile: what was read here may be older, so nothing of it is kept. */
async function publish(uses: Uses, now: Date): Promise<boolean> {
  const { snapshots, measured, settings } = uses
  const names: readonly SnapshotName[] = ['catalogue.json.gz', 'protocol-services.json.gz']
  const versions = await Promise.all(names.map((name) => snapshots.version(name)))
  const sold = await everythingSold(uses)
  const times = timesOf(await measured.figures())
  const texts: Readonly<Record<SnapshotName, (rows: readonly Listed[]) => string>> = {
    // Checked here, once, so that readers can hand it on as it is.
    'catalogue.json.gz': (rows) => JSON.stringify(z.parse(catalogue, viewCatalogue(rows, settings, times))),
    'protocol-services.json.gz': (rows) => JSON.stringify(rows.map((row) => protocolRow(row, times.get(row.service.serviceId)))),
  }
  const written = await Promise.all(
    names.map((name, index) => snapshots.write(name, fitting(sold, texts[name]), versions[index], now)),
  )
  return written.every(Boolean)
}

async function everythingSold({ services, categories, settings }: Uses): Promise<Listed[]> {
  const sold: Service[] = []
  for await (const service of services.each()) if (isSold(service, settings)) sold.push(service)
  return inOrder(sold, await categories.all())
}

/** How long a description may be, from what is usual down to none. */
const descriptionLengths = [1_000, 300, 100, 0]

/** The text, with descriptions cut short where it would else be too large for callers that do not unpack. */
function fitting(listed: readonly Listed[], print: (rows: readonly Listed[]) => string): string {
  let text = ''
  for (const length of descriptionLengths) {
    text = print(
      listed.map(({ service, category }) => ({
        service: { ...service, description: cut(service.description, length) },
        category,
      })),
    )
    if (Buffer.byteLength(text) <= largestPlain) break
  }
  return text
}

const cut = (text: string, length: number): string =>
  text.length <= length ? text : length === 0 ? '' : `${text.slice(0, length - 1).trimEnd()}…`

const timesOf = ({ services }: Figures): Map<ServiceId, TypicalTime> =>
  new Map([...services].flatMap(([id, { time }]) => (time ? [[id, time] as const] : [])))

/** A row of `action=services`: value types to the letter of the protocol. */
const protocolRow = ({ service, category }: Listed, time: TypicalTime | undefined) => ({
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
  ...(time ? { average_time: timeInWords(time.minutes) } : {}),
})

export const handler = workQueue(publishCatalogue)
