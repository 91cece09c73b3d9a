import * as z from 'zod/mini'
import { origins } from '../../core/catalogue/service.ts'
import { serviceTypeNames, serviceTypeRule } from '../../core/catalogue/service-types.ts'
import { categoryId, providerId, taskId } from '../../core/ids.ts'
import { parseMoney, rate } from '../../core/money.ts'
import { Refusal } from '../../core/refusals.ts'
import { readCategories } from '../../data/categories.ts'
import { staff } from '../../data/door.ts'
import { importPlanAsItem } from '../../data/import-plan.ts'
import { readProviders } from '../../data/providers.ts'
import { beginTasks, newTaskId } from '../../data/tasks.ts'
import { endpoint } from '../kit/endpoint.ts'
import { serve } from '../kit/serve.ts'

const theirName = z.string().check(z.minLength(1), z.maxLength(100))
const soldTypes = serviceTypeNames().filter((type) => serviceTypeRule(type).sold)

export const importServices = endpoint({
  name: 'admin.import-services',
  route: 'POST /api/admin/providers/{providerId}/imports',
  summary: 'Take services of a provider over into ours, with a mark-up; a worker does it, and tells how far it is',
  who: staff('admin.import-services'),
  body: z.object({
    /** Which state of the provider’s catalogue is meant, as `read-offer` names it; without it, the one it has now. */
    offerId: z.optional(z.string().check(z.regex(/^[a-z0-9-]{1,40}$/))),
    /** Without any: everything. */
    categories: z.optional(z.array(theirName).check(z.minLength(1), z.maxLength(2_000))),
    ids: z.optional(z.array(z.string().check(z.regex(/^[A-Za-z0-9_-]{1,64}$/))).check(z.minLength(1), z.maxLength(20_000))),
    /** Per cent on top, with at most two decimals. */
    percent: z.number().check(z.minimum(0), z.maximum(1_000)),
    /** On top of that, per 1000: a plain decimal. */
    fixed: z._default(z.string().check(z.maxLength(20)), '0'),
    /** Prices are rounded up to a multiple of this: a plain decimal. */
    step: z._default(z.string().check(z.maxLength(20)), '0.0001'),
    /** Under which category of ours one of theirs comes: one there is, or a new one. Without it, under one of its own name. */
    under: z._default(
      z
        .array(
          z.object({ theirs: theirName, categoryId: z.optional(z.string().check(z.maxLength(40))), name: z.optional(theirName) }),
        )
        .check(z.maxLength(2_000)),
      [],
    ),
    /** What a type means that nobody knows. */
    types: z._default(
      z.array(z.object({ theirs: z.string().check(z.maxLength(40)), type: z.enum(soldTypes) })).check(z.maxLength(200)),
      [],
    ),
    /** Where the effect of these services comes from, as the caller attests. */
    origin: z._default(z.enum(origins), 'unattested'),
    /** Whether services that the provider no longer has go out of sale. */
    pauseGone: z._default(z.boolean(), true),
    /** Why, for the record. */
    memo: z.optional(z.string().check(z.trim(), z.maxLength(300))),
  }),
  returns: z.object({ taskId: z.string() }),
  status: 202,
  refuses: ['provider-not-found', 'provider-changed', 'provider-busy', 'category-not-found'],
  uses: { providers: readProviders, categories: readCategories, tasks: beginTasks },

  async run({ caller, path, body, uses, now }) {
    const provider = await uses.providers.get(providerId(path.providerId))
    if (provider.status === 'closing') throw new Refusal('provider-changed')
    const [fixed, step] = [parseMoney(body.fixed), parseMoney(body.step)]
    if (fixed === undefined) throw new Refusal('invalid-request', { fields: ['fixed'] })
    if (step === undefined || step < 1n) throw new Refusal('invalid-request', { fields: ['step'] })
    const headings = new Set<string>((await uses.categories.all()).map(({ categoryId }) => categoryId))
    if (body.under.some(({ categoryId: id }) => id !== undefined && !headings.has(id))) throw new Refusal('category-not-found')
    const plan = importPlanAsItem({
      ...(body.offerId === undefined ? {} : { offer: taskId(body.offerId) }),
      choice: chosen(body),
      markUp: { basisPoints: Math.round(body.percent * 100), fixed: rate(fixed), step },
      origin: body.origin,
      pauseGone: body.pauseGone,
      categories: new Map(
        body.under.map(({ theirs, categoryId: id, name }) => [theirs, id === undefined ? { name } : { id: categoryId(id) }]),
      ),
      types: new Map(body.types.map(({ theirs, type }) => [theirs, type])),
    })
    const task = { taskId: newTaskId(now), providerId: provider.providerId, kind: 'import' as const, by: caller.staffId }
    const after = {
      task: task.taskId,
      percent: body.percent,
      fixed: body.fixed,
      step: body.step,
      origin: body.origin,
      chosen: body.ids ? `${body.ids.length} services` : body.categories ? `${body.categories.length} categories` : 'everything',
    }
    const why = body.memo || undefined
    const audit = { by: caller.staffId, action: 'admin.import-services', on: `provider ${provider.providerId}`, why, after }
    await uses.tasks.begin(task, audit, now, plan)
    return { taskId: task.taskId }
  },
})

function chosen({ ids, categories }: { readonly ids?: string[] | undefined; readonly categories?: string[] | undefined }) {
  if (ids) return { of: 'ids' as const, ids }
  return categories ? { of: 'categories' as const, names: categories } : { of: 'everything' as const }
}

export const handler = serve(importServices)
