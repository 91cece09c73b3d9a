import { createHash } from 'node:crypto'
import { type Edited, edited, isChanged, matches, type Selection, type ServiceChange } from '../core/catalogue/edit.ts'
import { remembered } from '../core/catalogue/is-sold.ts'
import { isManual } from '../core/catalogue/manual.ts'
import type { Service } from '../core/catalogue/service.ts'
import { type ServiceId, type StaffId, serviceId } from '../core/ids.ts'
import type { Grant, Need } from '../core/need.ts'
import { Refusal } from '../core/refusals.ts'
import type { AuditRecord, Facts } from '../core/staff/audit.ts'
import { mayAudit, transactAudited } from './audit.ts'
import { filling, readCategories } from './categories.ts'
import { keys } from './keys.ts'
import { advance } from './numbers.ts'
import { stillThere } from './providers.ts'
import { eachService, getService, getServices, replacing, serviceAsItem } from './services.ts'
import { settings } from './settings.ts'
import { append, type NamedLeg } from './transact.ts'

/** One edit of many services, by whoever wants it. */
export interface Edit {
  /** Chosen by the caller: the same edit again goes on where it stopped, and changes nothing twice. */
  readonly editId: string
  readonly change: ServiceChange
  readonly by: StaffId
}

/** What an edit would do. */
export interface Preview {
  readonly changed: readonly Edited[]
  /** Left as they are, each with its reasons. */
  readonly refused: readonly Edited[]
  /** Those that are as wanted already. */
  readonly unchanged: number
  /** Those that this very edit has changed before. */
  readonly done: number
  /** The changed ones in the parts that they are applied in. */
  readonly parts: readonly { readonly ids: readonly ServiceId[]; readonly digest: string }[]
}

/** Services in a part. A part is applied within one call. */
const partSize = 360
/** Services in a transaction: with the category and the record of it, there is room for no more. */
const transactionSize = 90
/** Services in an edit: their preview is one answer, and a function may answer 6 MB. */
const mostInAnEdit = 10_000
/** More than these are not read one by one. */
const mostByNumber = 500

interface PreviewServices {
  preview(edit: Edit, selection: Selection, at: Date): Promise<Preview>
}

const mayRead = [
  { on: 'table', actions: ['BatchGetItem', 'Query'], keys: ['CATALOGUE'] },
  { on: 'table', actions: ['Query'], keys: ['CATEGORY'] },
] as const satisfies readonly Grant[]

export const previewServices = {
  allow: mayRead,
  open: () => ({
    async preview(edit, selection, at) {
      await knownCategory(edit.change)
      const rules = settings.open()
      const meant = await select(selection)
      if (meant.length > mostInAnEdit) throw new Refusal('invalid-request', { fields: ['select'], most: mostInAnEdit })
      const [done, open] = apart(meant, edit)
      const all = open.map((service) => edited(service, edit.change, edit.by, at, rules))
      const changed = all.filter((one) => isChanged(one) && one.problems.length === 0)
      const parts = inParts(changed, partSize).map((part) => ({
        ids: part.map(({ seen }) => seen.serviceId),
        digest: digest(
          edit,
          part.map(({ seen }) => [seen.serviceId, seen.revision]),
        ),
      }))
      return {
        changed,
        refused: all.filter(({ problems }) => problems.length > 0),
        unchanged: all.filter((one) => !isChanged(one) && one.problems.length === 0).length,
        done: done.length,
        parts,
      }
    },
  }),
} satisfies Need<PreviewServices>

interface EditServices {
  /**
   * Applies one part of a preview, if these services are as the preview saw them; refuses when one is not. The same part
   * again goes on where it stopped. Answers how many services have been changed by this edit.
   */
  apply(edit: Edit, part: Preview['parts'][number], audit: AuditRecord, at: Date): Promise<number>
  /** Changes one service, if it is at this revision. */
  one(id: ServiceId, revision: number, change: ServiceChange, audit: AuditRecord, at: Date): Promise<Service>
}

export const editServices = {
  allow: [
    ...mayRead,
    ...mayAudit,
    { on: 'table', actions: ['GetItem'], keys: ['CATALOGUE'] },
    { on: 'table', actions: ['PutItem'], keys: ['CATALOGUE'], onlyIn: 'TransactWriteItems' },
    { on: 'table', actions: ['UpdateItem'], keys: ['CATEGORY'], onlyIn: 'TransactWriteItems' },
  ],
  open: () => ({
    async apply(edit, { ids, digest: promised }, audit, at) {
      const services = await getServices(ids)
      const [done, open] = apart(services, edit)
      const found = services.map(({ serviceId, revision, lastEdit }): [ServiceId, number] => [
        serviceId,
        lastEdit?.of === markOf(edit) ? lastEdit.over : revision,
      ])
      if (digest(edit, found) !== promised) throw new Refusal('changed-meanwhile', { done: done.length })
      const rules = settings.open()
      const wanted = open.map((service) => edited(service, edit.change, edit.by, at, rules))
      // A preview names none of these in its parts: this one was made up.
      const reasons = [...new Set(wanted.flatMap(({ problems }) => problems))]
      if (reasons.length > 0) throw new Refusal('change-refused', { reasons })
      for (const all of inParts(wanted, transactionSize)) await write(all, edit.change, recordOf(all, audit), at, markOf(edit))
      return services.length
    },
    async one(id, revision, change, audit, at) {
      await knownCategory(change)
      const seen = await getService(id)
      if (!seen) throw new Refusal('service-not-found')
      if (seen.revision !== revision) throw new Refusal('changed-meanwhile')
      const wanted = edited(seen, change, audit.by, at, settings.open())
      if (wanted.problems.length > 0) throw new Refusal('change-refused', { reasons: wanted.problems })
      if (!isChanged(wanted)) return seen
      await write([wanted], change, { ...audit, before: wanted.before, after: wanted.after }, at)
      return { ...wanted.next, revision: seen.revision + 1 }
    },
  }),
} satisfies Need<EditServices>

interface AddServices {
  /** A service of a provider that is not in the catalogue yet. Answers it with its number. */
  add(service: Omit<Service, 'serviceId'>, audit: AuditRecord, at: Date): Promise<Service>
}

export const addServices = {
  allow: [
    ...mayAudit,
    { on: 'table', actions: ['Query'], keys: ['CATEGORY'] },
    { on: 'table', actions: ['UpdateItem'], keys: ['COUNTER'] },
    { on: 'table', actions: ['ConditionCheckItem'], keys: ['PROVIDER'], onlyIn: 'TransactWriteItems' },
    { on: 'table', actions: ['PutItem'], keys: ['CATALOGUE', 'SOURCE#*'], onlyIn: 'TransactWriteItems' },
    { on: 'table', actions: ['UpdateItem'], keys: ['CATEGORY'], onlyIn: 'TransactWriteItems' },
  ],
  open: () => ({
    async add(wanted, audit, at) {
      await knownCategory({ categoryId: wanted.categoryId })
      const number = serviceId((await advance('services', 1)) - 1)
      const service = remembered({ ...wanted, serviceId: number }, settings.open())
      const { providerId, providerServiceId } = service.source
      const refused = await transactAudited({ ...audit, on: `service ${number}` }, at, {
        // What people of ours deliver is nobody's to be imported again.
        ...(isManual(service.source)
          ? {}
          : {
              provider: stillThere(providerId),
              source: append({ ...keys.source(providerId, providerServiceId), serviceId: number }),
            }),
        category: filling(service.categoryId),
        service: append(serviceAsItem(service)),
      })
      switch (refused) {
        case undefined:
          return service
        case 'provider':
          throw new Refusal('provider-not-found')
        case 'source':
          throw new Refusal('already-exists')
        case 'category':
          throw new Refusal('category-not-found')
        case 'service':
          throw new Error(`service ${number} is there, and its number was never given`)
      }
    },
  }),
} satisfies Need<AddServices>

async function select(selection: Selection): Promise<Service[]> {
  if ('ids' in selection && new Set(selection.ids).size <= mostByNumber) return getServices(selection.ids)
  const rules = settings.open()
  const wanted = 'ids' in selection ? new Set(selection.ids) : undefined
  const found: Service[] = []
  for await (const service of eachService())
    if ('filter' in selection ? matches(service, selection.filter, rules) : wanted?.has(service.serviceId)) found.push(service)
  return found
}

/** Those that this edit has changed already, and those it has not. */
function apart(services: readonly Service[], edit: Edit): [Service[], Service[]] {
  const mark = markOf(edit)
  return [services.filter(({ lastEdit }) => lastEdit?.of === mark), services.filter(({ lastEdit }) => lastEdit?.of !== mark)]
}

async function knownCategory({ categoryId }: ServiceChange): Promise<void> {
  if (categoryId === undefined) return
  const all = await readCategories.open().all()
  if (!all.some((category) => category.categoryId === categoryId)) throw new Refusal('category-not-found')
}

/** All of them with the record of it, or none. */
async function write(all: readonly Edited[], change: ServiceChange, audit: AuditRecord, at: Date, mark?: string): Promise<void> {
  const rules = settings.open()
  const services = all.map(({ seen, next }): [string, NamedLeg] => [
    `service ${seen.serviceId}`,
    {
      Put: replacing(seen, {
        ...remembered(next, rules),
        lastEdit: mark === undefined ? undefined : { of: mark, over: seen.revision },
      }),
    },
  ])
  const category: [string, NamedLeg][] = change.categoryId === undefined ? [] : [['category', filling(change.categoryId)]]
  const refused = await transactAudited(audit, at, Object.fromEntries([...category, ...services]))
  if (refused === 'category') throw new Refusal('category-not-found')
  if (refused !== undefined) throw new Refusal('changed-meanwhile')
}

/** One record for what was changed together: a fact a service. */
function recordOf(all: readonly Edited[], audit: AuditRecord): AuditRecord {
  const facts = (side: 'before' | 'after'): Facts =>
    Object.fromEntries(all.map((one) => [`service ${one.seen.serviceId}`, inShort(one[side])]))
  const [only, ...others] = all
  const on = only && others.length === 0 ? `service ${only.seen.serviceId}` : `${all.length} services`
  return { ...audit, on, before: facts('before'), after: facts('after') }
}

const inShort = (facts: Facts): string =>
  Object.entries(facts)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ')

/** Names an edit: the same number with another change is another edit. */
const markOf = ({ editId, change }: Edit): string => hash([editId, change]).slice(0, 22)

/** What was seen: the change, and each service at its revision. What comes of it follows from these. */
const digest = (edit: Edit, seen: readonly (readonly [ServiceId, number])[]): string => hash([markOf(edit), seen])

const hash = (value: unknown): string =>
  createHash('sha256')
    .update(JSON.stringify(value, (_, part: unknown) => (typeof part === 'bigint' ? String(part) : part)))
    .digest('base64url')

function inParts<T>(all: readonly T[], size: number): T[][] {
  const parts: T[][] = []
  for (let from = 0; from < all.length; from += size) parts.push(all.slice(from, from + size))
  return parts
}
