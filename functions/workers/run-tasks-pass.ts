import { type Jump, orphaned, recosted, type Terms, takenOver } from '../../core/catalogue/from-provider.ts'
import type { Service } from '../../core/catalogue/service.ts'
import type { CategoryId, ProviderId, ProviderServiceId, ServiceId } from '../../core/ids.ts'
import type { Opened } from '../../core/need.ts'
import type { OfferedRow, OfferedService } from '../../core/protocol/provider-services.ts'
import { brought, isSame, lost, remarkOn, synced } from '../../core/providers/bring.ts'
import type { Step } from '../../core/providers/offer.ts'
import { later } from '../../core/time.ts'
import { legsFor, legsPerWrite, type Note, notesPerWrite, runPasses, type ServiceChange } from '../../data/passes.ts'
import type { Progress, Run } from '../../data/tasks.ts'
import type { Clock } from '../kit/worker.ts'

/** What is done to one service or row, and what there is to tell of it. */
interface Done {
  readonly change?: ServiceChange
  readonly note?: Note
}

/** How a pass treats what it meets. A service that is new comes without a number yet. */
export interface Pass {
  readonly providerId: ProviderId
  readonly steps: readonly Step[]
  /** A service of ours as the pass makes it. */
  readonly onKnown: (service: Service, step: Step) => Service
  /** A service that we do not have yet, under a number of ours. */
  readonly onNew?: (row: OfferedService, number: ServiceId) => Service
}

/** Shorter than the worker's own time, with room for the last write. */
const seconds = 480
/** How often a write is tried anew on services that somebody changes at the same time. */
const tries = 10

/** Steps that are looked at together: as many services in a few reads. */
const atOnce = 400
/** A pass that finds nothing to change writes now and then all the same: one that is silent is taken for dead. */
const silentSeconds = 15

/**
 * Goes over the steps from where the task stands. Only what changes is written, some dozens at once, each write with the
 * progress it makes: killed in between, it goes on with the next write, and none is done twice. True when all is done.
 */
export async function goOver(run: Run, pass: Pass, uses: Opened<typeof passing>, clock: Clock): Promise<boolean> {
  const until = later(clock(), seconds)
  let at: Progress = { ...run.task.progress, steps: pass.steps.length }
  let found = await lookingFrom(at.at, pass, uses)
  let tried = 0
  while (at.at < pass.steps.length) {
    const now = clock()
    if (now > until) return false
    const batch = await nextBatch(found, () => clock() > later(now, silentSeconds))
    const done = await numbered(batch, pass, uses)
    const next = counted(at, done)
    const changes = done.flatMap(({ change }) => change ?? [])
    const notes = done.flatMap(({ note }) => note ?? [])
    const came = await uses.passes.write(run, { from: at, to: next, changes, notes }, clock())
    if (came === 'lost') return false
    if (came === 'stale') {
      if (++tried === tries) throw new Error(`services of a provider changed ${tries} times while they were written`)
      found = await lookingFrom(at.at, pass, uses)
      continue
    }
    tried = 0
    at = next
  }
  return true
}

export const passing = { passes: runPasses }

/** A service that is new comes without a number yet. */
type Found = { readonly kind: 'known'; readonly done: Done } | { readonly kind: 'new'; readonly row: OfferedService }

/** What there is to do at each step from one on, looked up some hundreds ahead. */
async function lookingFrom(from: number, pass: Pass, uses: Opened<typeof passing>): Promise<Ahead> {
  const known = await uses.passes.known(pass.providerId)
  let [at, ahead] = [from, [] as Found[]]
  return {
    async first() {
      if (ahead.length === 0) {
        ahead = await lookedAt(pass.steps.slice(at, at + atOnce), known, pass, uses)
        at += ahead.length
      }
      return ahead[0]
    },
    take: () => ahead.shift(),
  }
}

interface Ahead {
  /** The next one, which stays; undefined at the end. */
  first(): Promise<Found | undefined>
  take(): Found | undefined
}

async function lookedAt(
  steps: readonly Step[],
  known: ReadonlyMap<ProviderServiceId, ServiceId>,
  { onKnown, onNew }: Pass,
  { passes }: Opened<typeof passing>,
): Promise<Found[]> {
  const numberOf = (step: Step): ServiceId | undefined => {
    if (step.kind === 'left') return undefined
    return step.kind === 'gone' ? step.serviceId : known.get(step.row.providerServiceId)
  }
  const services = await passes.services(steps.flatMap((step) => numberOf(step) ?? []))
  return steps.map((step): Found => {
    if (step.kind === 'left')
      return { kind: 'known', done: { note: { row: step.row, name: step.name, what: 'left', why: step.why } } }
    const number = numberOf(step)
    const service = number === undefined ? undefined : services.get(number)
    if (service) return { kind: 'known', done: changeOf(service, onKnown(service, step)) }
    const row = newRow(step)
    return row && onNew && number === undefined ? { kind: 'new', row } : { kind: 'known', done: {} }
  })
}

/** As many steps as one write takes; or fewer, when looking for something to write has taken long. */
async function nextBatch(found: Ahead, isLate: () => boolean): Promise<Found[]> {
  const batch: Found[] = []
  let [legs, notes] = [0, 0]
  for (let one = await found.first(); one; one = await found.first()) {
    if (one.kind === 'new') legs += 2
    else {
      legs += one.done.change ? legsFor(one.done.change) : 0
      notes += one.done.note ? 1 : 0
    }
    if (batch.length > 0 && (legs > legsPerWrite || notes > notesPerWrite || isLate())) break
    batch.push(one)
    found.take()
  }
  return batch
}

/** What is new, under numbers of ours. */
async function numbered(batch: readonly Found[], { onNew }: Pass, { passes }: Opened<typeof passing>): Promise<Done[]> {
  const fresh = batch.filter(({ kind }) => kind === 'new').length
  const numbers = fresh > 0 ? await passes.numbers(fresh) : []
  return batch.map((one): Done => {
    if (one.kind === 'known') return one.done
    const own = numbers.shift()
    return onNew && own !== undefined ? { change: { kind: 'add', service: onNew(one.row, own) } } : {}
  })
}

const newRow = (step: Step): OfferedService | undefined =>
  step.kind === 'offered' && step.row.type !== undefined ? { ...step.row, type: step.row.type } : undefined

function changeOf(seen: Service, next: Service): Done {
  if (isSame(seen, next)) return {}
  const remark = remarkOn(seen, next)
  return {
    change: { kind: 'replace', seen, next },
    ...(remark ? { note: { row: next.source.providerServiceId, name: next.name, serviceId: next.serviceId, ...remark } } : {}),
  }
}

function counted(from: Progress, done: readonly Done[]): Progress {
  const notes = (...whats: readonly Note['what'][]): number => done.filter(({ note }) => note && whats.includes(note.what)).length
  return {
    steps: from.steps,
    at: from.at + done.length,
    added: from.added + done.filter(({ change }) => change?.kind === 'add').length,
    changed: from.changed + done.filter(({ change }) => change?.kind === 'replace').length,
    paused: from.paused + notes('paused', 'below-cost'),
    gone: from.gone + notes('gone'),
    left: from.left + notes('left'),
  }
}

/** An offer taken over. */
export const importing = (
  providerId: ProviderId,
  steps: readonly Step[],
  terms: Terms,
  categories: ReadonlyMap<string, CategoryId>,
  attest: Pick<Service, 'origin' | 'attested'>,
  now: Date,
): Pass => ({
  providerId,
  steps,
  onKnown: (service, step) => (step.kind === 'offered' ? brought(service, step.row, terms, attest, now) : lost(service, now)),
  onNew: (row, number) => takenOver(row, { serviceId: number, providerId, categoryId: headingOf(row, categories) }, terms, attest),
})

function headingOf({ category }: OfferedRow, categories: ReadonlyMap<string, CategoryId>): CategoryId {
  const heading = categories.get(category)
  if (heading === undefined) throw new Error('a row’s category has no heading')
  return heading
}

/** What we have brought up to date, each service by its own mark-up; nothing is added. */
export const syncing = (providerId: ProviderId, steps: readonly Step[], terms: Omit<Terms, 'markUp'>, now: Date): Pass => ({
  providerId,
  steps,
  onKnown: (service, step) => (step.kind === 'offered' ? synced(service, step.row, terms, now) : lost(service, now)),
})

/** Everything that was imported, in another exchange rate. */
export const recosting = (
  providerId: ProviderId,
  steps: readonly Step[],
  exchange: Terms['exchange'],
  now: Date,
  jump?: Jump,
): Pass => ({
  providerId,
  steps,
  onKnown: (service) => recosted(service, exchange, now, jump),
})

/** Everything that was imported, out of sale for good. */
export const closing = (providerId: ProviderId, steps: readonly Step[], now: Date): Pass => ({
  providerId,
  steps,
  onKnown: (service) => orphaned(service, now),
})

/** All services that came from a provider, as steps. */
export const allOf = (known: ReadonlyMap<ProviderServiceId, ServiceId>): Step[] =>
  [...known].map(([providerServiceId, serviceId]) => ({ kind: 'gone', providerServiceId, serviceId }))
