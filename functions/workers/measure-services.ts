import type { ProviderId, ServiceId } from '../../core/ids.ts'
import { type Ended, endedAs, remembered } from '../../core/measured/ended.ts'
import { outcomesOf, typicalTime } from '../../core/measured/measured.ts'
import { later } from '../../core/time.ts'
import { sampleOrders } from '../../data/orders/sample-orders.ts'
import { publishQueue } from '../../outside/queues/send.ts'
import { type Book, type Figures, keepMeasured } from '../../outside/snapshots/measured.ts'
import { workSchedule } from '../kit/work.ts'
import { scheduleWorker } from '../kit/worker.ts'

/** Orders accepted longer ago say little of how it goes now. */
const daysBack = 30
/** How many of the last ones are kept of a service, and of a provider. */
const ofAService = 30
const ofAProvider = 300

export const measureServices = scheduleWorker({
  name: 'workers.measure-services',
  summary: 'Each hour, measures how long orders of each service took and how they ended, from some of the last thirty days’',
  on: { kind: 'schedule', every: 'hour' },
  failing: { hurts: 'customers see how long services took some time ago; nothing else', runbook: 'services-not-measured' },
  timeoutSeconds: 300,
  uses: { orders: sampleOrders, measured: keepMeasured, publish: publishQueue },

  async run({ uses, now }) {
    const since = later(now, -daysBack * 86_400)
    const services = new Map<ServiceId, Ended[]>()
    const providers = new Map<ProviderId, Ended[]>()
    for await (const order of uses.orders.some(since, now, turnOf(now))) {
      const ended = endedAs(order)
      if (!ended) continue
      listed(services, order.serviceId).push(ended)
      listed(providers, order.providerId).push(ended)
    }
    const known = await uses.measured.book()
    const book = {
      services: merged(known.services, services, ofAService, since),
      providers: merged(known.providers, providers, ofAProvider, since),
    }
    const figures = figuresOf(book)
    await uses.measured.write(book, figures)
    if (isOtherwise(figuresOf(known), figures)) await uses.publish.send([{ because: 'services-changed' }])
  },
})

/** Each hour other ones of a long day: steps of the golden ratio come close to everything before they come back. */
const turnOf = (now: Date): number => (Math.floor(now.getTime() / 3_600_000) * 0.618_034) % 1

function listed<Id>(lists: Map<Id, Ended[]>, id: Id): Ended[] {
  const list = lists.get(id) ?? []
  lists.set(id, list)
  return list
}

function merged<Id>(
  known: ReadonlyMap<Id, readonly Ended[]>,
  seen: ReadonlyMap<Id, readonly Ended[]>,
  most: number,
  since: Date,
): Map<Id, Ended[]> {
  const ids = new Set([...known.keys(), ...seen.keys()])
  const all = [...ids].map((id) => [id, remembered(known.get(id) ?? [], seen.get(id) ?? [], most, since)] as const)
  return new Map(all.filter(([, ended]) => ended.length > 0))
}

function figuresOf({ services, providers }: Book): Figures {
  const figures = <Id>(lists: ReadonlyMap<Id, readonly Ended[]>) => {
    const each = [...lists].map(([id, ended]) => [id, { time: typicalTime(ended), outcomes: outcomesOf(ended) }] as const)
    return new Map(each.filter(([, { time, outcomes }]) => time || outcomes))
  }
  return { services: figures(services), providers: figures(providers) }
}

/** Whether customers would see another time somewhere. */
function isOtherwise(before: Figures, now: Figures): boolean {
  const shown = ({ services }: Figures): string[] =>
    [...services].map(([id, { time }]) => `${id} ${time?.minutes} ${time?.quantity}`).toSorted()
  return shown(before).join() !== shown(now).join()
}

export const handler = workSchedule(measureServices)
