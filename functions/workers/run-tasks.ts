import { randomUUID } from 'node:crypto'
import * as z from 'zod/mini'
import { attempt, type CategoryId, providerId, taskId } from '../../core/ids.ts'
import type { Opened } from '../../core/need.ts'
import { type Offer, stepsOf } from '../../core/providers/offer.ts'
import { buryProviders } from '../../data/bury-providers.ts'
import { findOrAddCategories } from '../../data/categories.ts'
import { type ImportPlan, readImportPlan } from '../../data/import-plan.ts'
import { keepBalances } from '../../data/provider-balances.ts'
import { type Provider, readProviders } from '../../data/providers.ts'
import { type Found, type Run, runTasks } from '../../data/tasks.ts'
import { readOffers, writeOffers } from '../../outside/snapshots/offers.ts'
import { workQueue } from '../kit/work.ts'
import { type Clock, queueWorker } from '../kit/worker.ts'
import { askBalance, asking, askServices } from './run-tasks-ask.ts'
import { allOf, closing, goOver, importing, type Pass, passing, recosting } from './run-tasks-pass.ts'

const message = z.union([
  z.object({ providerId: z.string(), taskId: z.string() }),
  z.object({ providerId: z.string(), due: z.enum(['balance', 'burial']) }),
])

const uses = {
  ...asking,
  ...passing,
  tasks: runTasks,
  providers: readProviders,
  balances: keepBalances,
  burials: buryProviders,
  categories: findOrAddCategories,
  readOffers,
  writeOffers,
}
type Uses = Opened<typeof uses>

export const runProviderTasks = queueWorker({
  name: 'workers.run-tasks',
  summary: 'Does what staff asked for with a provider: tests it, fetches its catalogue, imports it; goes on where it stopped',
  on: { kind: 'queue', queue: 'tasks', batchSize: 1 },
  failing: { hurts: 'staff wait for services they want to sell, and are not warned of low balances', runbook: 'tasks-stuck' },
  timeoutSeconds: 600,
  read: (raw) => {
    const read = message.parse(raw)
    const id = providerId(read.providerId)
    return { providerId: id, wanted: 'due' in read ? read.due : taskId(read.taskId) }
  },
  uses,

  async run({ message, uses, clock }) {
    const provider = await uses.providers.find(message.providerId)
    // Deleted while the message was on its way.
    if (!provider) return
    if (message.wanted === 'balance') await keepBalance(provider, uses, clock)
    else if (message.wanted === 'burial') await uses.burials.bury(provider, clock())
    else {
      const run = await uses.tasks.claim(provider.providerId, message.wanted, attempt(randomUUID()), clock())
      // Somebody else has it, or it is done: the message came twice.
      if (run) await carryOut(run, provider, uses, clock)
    }
  },
})

function carryOut(run: Run, provider: Provider, uses: Uses, clock: Clock): Promise<void> {
  switch (run.task.kind) {
    case 'test':
      return test(run, provider, uses, clock)
    case 'offer':
      return fetchOffer(run, provider, uses, clock)
    case 'import':
      return importOffer(run, provider, uses, clock)
    case 'recost':
    case 'close':
      return goOverAll(run, provider, uses, clock)
  }
}

async function keepBalance(provider: Provider, uses: Uses, clock: Clock): Promise<Found> {
  const { finding, milliseconds, reply } = await askBalance(provider, uses)
  const told = reply ? { amount: reply.balance, ...(reply.currency ? { currency: reply.currency } : {}) } : {}
  await uses.balances.keep(provider.providerId, { finding, milliseconds, ...told }, clock())
  return {
    finding,
    balanceMilliseconds: milliseconds,
    ...(reply ? { balance: reply.balance } : {}),
    ...(reply?.currency ? { currency: reply.currency } : {}),
  }
}

/** Both questions, whatever came of the first: a provider may answer one and not the other. */
async function test(run: Run, provider: Provider, uses: Uses, clock: Clock): Promise<void> {
  const balance = await keepBalance(provider, uses, clock)
  const { finding, milliseconds, reply } = await askServices(provider, uses)
  const found = {
    ...balance,
    finding: balance.finding === 'works' ? finding : balance.finding,
    servicesMilliseconds: milliseconds,
    ...(reply ? { services: reply.services.length, broken: reply.broken.length } : {}),
  }
  await uses.tasks.finish(run, clock(), { found })
}

/** The provider's catalogue as it is now, kept for everybody who looks at it; or what was found instead. */
async function fetched({ task }: Run, provider: Provider, uses: Uses, clock: Clock): Promise<{ offer?: Offer; found: Found }> {
  const { finding, milliseconds, reply } = await askServices(provider, uses)
  if (!reply) return { found: { finding, servicesMilliseconds: milliseconds } }
  const offer = { taskId: task.taskId, at: clock(), rows: reply.services, broken: reply.broken }
  await uses.writeOffers.write(provider.providerId, offer)
  const counts = { services: offer.rows.length, broken: offer.broken.length }
  return { offer, found: { finding, servicesMilliseconds: milliseconds, ...counts } }
}

async function fetchOffer(run: Run, provider: Provider, uses: Uses, clock: Clock): Promise<void> {
  const { offer, found } = await fetched(run, provider, uses, clock)
  await uses.tasks.finish(run, clock(), { found, ...(offer ? {} : { failure: 'no-usable-answer' }) })
}

async function importOffer(run: Run, provider: Provider, uses: Uses, clock: Clock): Promise<void> {
  const plan = readImportPlan(await uses.tasks.plan(run.task.taskId))
  const kept = await uses.readOffers.read(provider.providerId)
  // Of an import that fetches for itself, the offer lies there already when it was interrupted.
  const wanted = plan.offer ?? run.task.taskId
  const fresh = kept?.taskId !== wanted && plan.offer === undefined ? await fetched(run, provider, uses, clock) : undefined
  const offer = fresh ? fresh.offer : kept
  if (offer?.taskId !== wanted) {
    const failure = fresh ? 'no-usable-answer' : 'no-offer'
    return uses.tasks.finish(run, clock(), { failure, ...(fresh ? { found: fresh.found } : {}) })
  }
  await goOn(run, await passOf(run, plan, offer, provider, uses), uses, clock)
}

async function passOf({ task }: Run, plan: ImportPlan, offer: Offer, provider: Provider, uses: Uses): Promise<Pass> {
  const known = await uses.passes.known(provider.providerId)
  const steps = stepsOf(offer, plan, known)
  const fresh = steps.flatMap((step) =>
    step.kind === 'offered' && !known.has(step.row.providerServiceId) ? step.row.category : [],
  )
  const headings = await headingsOf(new Set(fresh), plan, uses)
  const { origin } = plan
  const attest = origin === 'unattested' ? { origin } : { origin, attested: { by: task.by, at: task.startedAt } }
  const terms = { exchange: provider.exchange, markUp: plan.markUp }
  return importing(provider.providerId, steps, terms, headings, attest, task.startedAt)
}

/** Under which heading of ours each of theirs comes: as staff said, else under the one of its own name. */
async function headingsOf(theirs: ReadonlySet<string>, { categories }: ImportPlan, uses: Uses): Promise<Map<string, CategoryId>> {
  const named = [...theirs].flatMap((name) => {
    const mapped = categories.get(name)
    return mapped?.id ? [] : [[name, mapped?.name ?? name] as const]
  })
  const made = await uses.categories.findOrAdd([...new Set(named.map(([, ours]) => ours))])
  const headings = new Map<string, CategoryId>()
  for (const name of theirs) {
    const heading = categories.get(name)?.id ?? made.get(categories.get(name)?.name ?? name)
    if (heading) headings.set(name, heading)
  }
  return headings
}

async function goOverAll(run: Run, provider: Provider, uses: Uses, clock: Clock): Promise<void> {
  const { task } = run
  const steps = allOf(await uses.passes.known(provider.providerId))
  const pass =
    task.kind === 'close'
      ? closing(provider.providerId, steps, task.startedAt)
      : recosting(provider.providerId, steps, provider.exchange, task.startedAt)
  await goOn(run, pass, uses, clock)
}

/** To the end, or until the time is nearly up: then the watch hands it to the next. */
async function goOn(run: Run, pass: Pass, uses: Uses, clock: Clock): Promise<void> {
  if (await goOver(run, pass, uses, clock)) await uses.tasks.finish(run, clock(), {})
  else await uses.tasks.putDown(run)
}

export const handler = workQueue(runProviderTasks)
