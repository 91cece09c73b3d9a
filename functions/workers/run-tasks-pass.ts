import { orphaned, recosted, type Terms, takenOver } from '../../core/catalogue/from-provider.ts'
import type { Service } from '../../core/catalogue/service.ts'
import type { CategoryId, ProviderId, ProviderServiceId, ServiceId } from '../../core/ids.ts'
import type { Opened } from '../../core/need.ts'
import type { OfferedRow, OfferedService } from '../../core/protocol/provider-services.ts'
import { brought, isSame, lost, remarkOn } from '../../core/providers/bring.ts'
import type { Step } from '../../core/providers/offer.ts'
import { later } from '../../core/time.ts'
import { type Note, runPasses, type ServiceChange, servicesPerWrite } from '../../data/passes.ts'
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

/**
 * Goes over the steps from where the task stands, some dozens in a write, each write with the progress it makes: killed
 * in between, it goes on with the next write, and none is done twice. True when all is done.
 */
export async function goOver(run: Run, pass: Pass, uses: Opened<typeof passing>, clock: Clock): Promise<boolean> {
  const until = later(clock(), seconds)
  let known = await uses.passes.known(pass.providerId)
  let at: Progress = { ...run.task.progress, steps: pass.steps.length }
  let tried = 0
  while (at.at < pass.steps.length) {
    if (clock() > until) return false
    const now = clock()
    const steps = pass.steps.slice(at.at, at.at + servicesPerWrite)
    const done = await doneWith(steps, known, pass, uses)
    const next = counted(at, steps.length, done)
    const changes = done.flatMap(({ change }) => change ?? [])
    const notes = done.flatMap(({ note }) => note ?? [])
    const came = await uses.passes.write(run, { from: at, to: next, changes, notes }, now)
    if (came === 'lost') return false
    if (came === 'stale') {
      if (++tried === tries) throw new Error(`services of a provider changed ${tries} times while they were written`)
      known = await uses.passes.known(pass.providerId)
      continue
    }
    tried = 0
    at = next
  }
  return true
}

export const passing = { passes: runPasses }

async function doneWith(
  steps: readonly Step[],
  known: ReadonlyMap<ProviderServiceId, ServiceId>,
  { onKnown, onNew }: Pass,
  { passes }: Opened<typeof passing>,
): Promise<Done[]> {
  const numberOf = (step: Step): ServiceId | undefined => {
    if (step.kind === 'left') return undefined
    return step.kind === 'gone' ? step.serviceId : known.get(step.row.providerServiceId)
  }
  const services = await passes.services(steps.flatMap((step) => numberOf(step) ?? []))
  const fresh = onNew ? steps.filter((step) => numberOf(step) === undefined && newRow(step)) : []
  const numbers = fresh.length > 0 ? await passes.numbers(fresh.length) : []
  return steps.map((step): Done => {
    if (step.kind === 'left') return { note: { row: step.row, name: step.name, what: 'left', why: step.why } }
    const number = numberOf(step)
    const service = number === undefined ? undefined : services.get(number)
    if (service) return changeOf(service, onKnown(service, step))
    const [row, own] = [newRow(step), numbers[fresh.indexOf(step)]]
    return row && onNew && own !== undefined ? { change: { kind: 'add', service: onNew(row, own) } } : {}
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

function counted(from: Progress, steps: number, done: readonly Done[]): Progress {
  const notes = (...whats: readonly Note['what'][]): number => done.filter(({ note }) => note && whats.includes(note.what)).length
  return {
    steps: from.steps,
    at: from.at + steps,
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

/** Everything that was imported, in another exchange rate. */
export const recosting = (providerId: ProviderId, steps: readonly Step[], exchange: Terms['exchange'], now: Date): Pass => ({
  providerId,
  steps,
  onKnown: (service) => recosted(service, exchange, now),
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
