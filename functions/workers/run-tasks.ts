import { randomUUID } from 'node:crypto'
import * as z from 'zod/mini'
import { attempt, type CategoryId, type ProviderServiceId, providerId, type ServiceId, taskId } from '../../core/ids.ts'
import type { Opened } from '../../core/need.ts'
import type { Finding } from '../../core/providers/balance.ts'
import { freshIn, type Offer, stepsOf } from '../../core/providers/offer.ts'
import { compared, nextSync, syncSteps } from '../../core/providers/sync.ts'
import { buryProviders } from '../../data/bury-providers.ts'
import { findOrAddCategories } from '../../data/categories.ts'
import { followFallbacks } from '../../data/follow-fallbacks.ts'
import { type ImportPlan, readImportPlan } from '../../data/import-plan.ts'
import { keepBalances } from '../../data/provider-balances.ts'
import { type Provider, readProviders, syncRulesOf } from '../../data/providers.ts'
import { agreedToIn, beginSyncsByClock, finishSyncs, type Held } from '../../data/syncs.ts'
import { type Found, type Run, runTasks } from '../../data/tasks.ts'
import { type OfferUse, readOffers, writeOffers } from '../../outside/snapshots/offers.ts'
import { workQueue } from '../kit/work.ts'
import { type Clock, queueWorker } from '../kit/worker.ts'
import { askBalance, asking, askServices } from './run-tasks-ask.ts'
import { allOf, closing, goOver, importing, type Pass, passing, recosting, syncing } from './run-tasks-pass.ts'

const message = z.union([
  z.object({ providerId: z.string(), taskId: z.string() }),
  z.object({ providerId: z.string(), due: z.enum(['balance', 'burial', 'sync']) }),
])

const uses = {
  ...asking,
  ...passing,
  tasks: runTasks,
  providers: readProviders,
  balances: keepBalances,
  burials: buryProviders,
  syncs: beginSyncsByClock,
  fallbacks: followFallbacks,
  endings: finishSyncs,
  categories: findOrAddCategories,
  readOffers,
  writeOffers,
}
type Uses = Opened<typeof uses>

export const runProviderTasks = queueWorker({
  name: 'workers.run-tasks',
  summary:
    'Does what is to be done with a provider: tests it, fetches its catalogue, imports it, syncs it; goes on where it stopped',
  on: { kind: 'queue', queue: 'tasks', batchSize: 1 },
  failing: {
    hurts: 'prices are not kept up with, staff wait for services they want to sell, and are not warned of low balances',
    runbook: 'tasks-stuck',
  },
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
    else if (message.wanted === 'sync') await beginSync(provider, uses, clock())
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
    case 'sync':
      return sync(run, provider, uses, clock)
    case 'recost':
    case 'close':
      return goOverAll(run, provider, uses, clock)
  }
}

async function keepBalance(provider: Provider, uses: Uses, clock: Clock): Promise<Found> {
  const { finding, milliseconds, reply } = await askBalance(provider, uses, clock)
  // Nothing was asked: what is known of it stays, and it is asked for again within a minute.
  if (finding === 'busy') return { finding }
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
  const { finding, milliseconds, reply } = await askServices(provider, uses, clock)
  const found = {
    ...balance,
    finding: balance.finding === 'works' ? finding : balance.finding,
    servicesMilliseconds: milliseconds,
    ...(reply ? { services: reply.services.length, broken: reply.broken.length } : {}),
  }
  await uses.tasks.finish(run, clock(), { found })
}

/** The provider's catalogue as it is now, kept for whoever goes on with it; or what was found instead. */
async function fetched(
  { task }: Run,
  use: OfferUse,
  provider: Provider,
  uses: Uses,
  clock: Clock,
): Promise<{ offer?: Offer; found: Found }> {
  const { finding, milliseconds, reply } = await askServices(provider, uses, clock)
  if (!reply) return { found: { finding, servicesMilliseconds: milliseconds } }
  const offer = { taskId: task.taskId, at: clock(), rows: reply.services, broken: reply.broken }
  await uses.writeOffers.write(provider.providerId, use, offer)
  return { offer, found: { ...countsOf(offer), servicesMilliseconds: milliseconds } }
}

const countsOf = ({ rows, broken }: Offer) => ({ finding: 'works' as const, services: rows.length, broken: broken.length })

async function fetchOffer(run: Run, provider: Provider, uses: Uses, clock: Clock): Promise<void> {
  const { offer, found } = await fetched(run, 'staff', provider, uses, clock)
  await uses.tasks.finish(run, clock(), { found, ...(offer ? {} : { failure: 'no-usable-answer' }) })
}

/** Of a task that fetches for itself, the catalogue lies there already when it was interrupted. */
async function offerOf(run: Run, use: OfferUse, provider: Provider, uses: Uses, clock: Clock) {
  const kept = await uses.readOffers.read(provider.providerId, use)
  return kept?.taskId === run.task.taskId ? { offer: kept, found: countsOf(kept) } : fetched(run, use, provider, uses, clock)
}

async function importOffer(run: Run, provider: Provider, uses: Uses, clock: Clock): Promise<void> {
  const plan = readImportPlan(await uses.tasks.plan(run.task.taskId))
  if (plan.offer !== undefined) {
    const offer = await uses.readOffers.read(provider.providerId, 'staff')
    if (offer?.taskId !== plan.offer) return uses.tasks.finish(run, clock(), { failure: 'no-offer' })
    return goOn(run, await passOf(run, plan, offer, provider, uses), uses, clock)
  }
  const { offer, found } = await offerOf(run, 'staff', provider, uses, clock)
  if (!offer) return uses.tasks.finish(run, clock(), { failure: 'no-usable-answer', found })
  // Nobody looked at it: what is missing from it is held to the same rule as for a sync.
  const known = await uses.passes.known(provider.providerId)
  const { held } = await heldOf(run, offer, known, 0, uses, clock)
  const pass = await passOf(run, { ...plan, pauseGone: plan.pauseGone && !held }, offer, provider, uses)
  const doubt = plan.pauseGone ? held : undefined
  if (!(await goOver(run, pass, uses, clock))) return uses.tasks.putDown(run)
  await (doubt ? uses.endings.finish(run, clock(), {}, doubt) : uses.tasks.finish(run, clock(), {}))
}

async function beginSync({ providerId, status, createdAt, sync }: Provider, uses: Uses, now: Date): Promise<void> {
  const seen = await uses.syncs.get(providerId)
  const due = nextSync(providerId, syncRulesOf({ sync }).everyHours, seen.begunAt ?? createdAt, seen.held?.because)
  // The message came twice, or staff were faster.
  if (status === 'active' && due && due <= now) await uses.syncs.begin(providerId, seen, now)
}

/** What we have of a provider, brought up to date with what it says now. */
async function sync(run: Run, provider: Provider, uses: Uses, clock: Clock): Promise<void> {
  const { task } = run
  const known = await uses.passes.known(provider.providerId)
  // Nobody is asked for prices of nothing, unless somebody wants to see what there is.
  if (known.size === 0 && task.by === undefined) return uses.endings.finish(run, clock(), {}, undefined)
  const { offer, found } = await offerOf(run, 'sync', provider, uses, clock)
  if (!offer) {
    const held = noAnswer(run, found.finding, known.size, clock())
    return uses.endings.finish(run, clock(), { failure: 'no-usable-answer', found }, held)
  }
  const agreedTo = agreedToIn(await uses.tasks.plan(task.taskId))
  const { held } = await heldOf(run, offer, known, agreedTo, uses, clock)
  const terms = { exchange: provider.exchange, jump: syncRulesOf(provider).jump }
  const pass = syncing(provider.providerId, syncSteps(offer, known, !held), terms, task.startedAt)
  if (!(await goOver(run, pass, uses, clock))) return uses.tasks.putDown(run)
  // What orders are passed on to when another provider refuses them must not cost more than is known, either.
  if (!held) await uses.fallbacks.follow(provider.providerId, offer.rows)
  await uses.endings.finish(run, clock(), { found: { ...found, fresh: freshIn(offer, known) } }, held)
}

/** Why an answer is not taken for the truth, with what there is to judge it by; undefined for one that is. */
async function heldOf(
  { task }: Run,
  offer: Offer,
  known: ReadonlyMap<ProviderServiceId, ServiceId>,
  agreedTo: number,
  { passes }: Uses,
  clock: Clock,
): Promise<{ readonly held: Held | undefined }> {
  const live = await passes.unpaused(task.providerId, known)
  const { vanished, doubt } = compared(offer, live, agreedTo)
  if (!doubt) return { held: undefined }
  const some = await passes.services(vanished.slice(0, namesShown))
  const counts = { offered: offer.rows.length, vanished: vanished.length, known: live.size }
  const names = [...some.values()].map(({ name }) => name)
  return { held: { taskId: task.taskId, at: clock(), because: doubt, finding: 'works', ...counts, names } }
}
const namesShown = 10

const noAnswer = ({ task: { taskId } }: Run, finding: Finding, known: number, at: Date): Held => ({
  taskId,
  at,
  because: 'no-answer',
  finding,
  offered: 0,
  vanished: 0,
  known,
  names: [],
})

async function passOf({ task }: Run, plan: ImportPlan, offer: Offer, provider: Provider, uses: Uses): Promise<Pass> {
  const known = await uses.passes.known(provider.providerId)
  const steps = stepsOf(offer, plan, known)
  const fresh = steps.flatMap((step) =>
    step.kind === 'offered' && !known.has(step.row.providerServiceId) ? step.row.category : [],
  )
  const headings = await headingsOf(new Set(fresh), plan, uses)
  const { origin } = plan
  const { by, startedAt } = task
  const attest = origin === 'unattested' || !by ? { origin: 'unattested' as const } : { origin, attested: { by, at: startedAt } }
  const terms = { exchange: provider.exchange, markUp: plan.markUp, jump: syncRulesOf(provider).jump }
  return importing(provider.providerId, steps, terms, headings, attest, startedAt)
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
      : recosting(provider.providerId, steps, provider.exchange, task.startedAt, syncRulesOf(provider).jump)
  await goOn(run, pass, uses, clock)
}

/** To the end, or until the time is nearly up: then the watch hands it to the next. */
async function goOn(run: Run, pass: Pass, uses: Uses, clock: Clock): Promise<void> {
  if (await goOver(run, pass, uses, clock)) await uses.tasks.finish(run, clock(), {})
  else await uses.tasks.putDown(run)
}

export const handler = workQueue(runProviderTasks)
