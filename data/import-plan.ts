import * as z from 'zod/mini'
import type { MarkUp } from '../core/catalogue/mark-up.ts'
import { type Origin, origins } from '../core/catalogue/service.ts'
import { readServiceType } from '../core/catalogue/service-types.ts'
import { type CategoryId, categoryId, type TaskId, taskId } from '../core/ids.ts'
import type { Choice, Wishes } from '../core/providers/offer.ts'
import { id, markUp } from './read.ts'

/** How staff want a provider's catalogue taken over. */
export interface ImportPlan extends Wishes {
  /** Which state of it they looked at; undefined to fetch it anew. */
  readonly offer?: TaskId | undefined
  readonly markUp: MarkUp
  /** Where the effect of all these services comes from, as whoever began it attests. */
  readonly origin: Origin
  /** Under which heading of ours one of theirs comes: one there is, or a new one. */
  readonly categories: ReadonlyMap<string, { readonly id?: CategoryId | undefined; readonly name?: string | undefined }>
}

const choice = z.discriminatedUnion('of', [
  z.object({ of: z.literal('everything') }),
  z.object({ of: z.literal('categories'), names: z.array(z.string()) }),
  z.object({ of: z.literal('ids'), ids: z.array(z.string()) }),
])

const planItem = z.object({
  offer: z.optional(id(taskId)),
  choice,
  markUp,
  origin: z.enum(origins),
  categories: z.array(z.object({ theirs: z.string(), id: z.optional(id(categoryId)), name: z.optional(z.string()) })),
  types: z.array(z.object({ theirs: z.string(), type: z.string() })),
  pauseGone: z.boolean(),
})

export function readImportPlan(item: unknown): ImportPlan {
  const { offer, choice, markUp, origin, categories, types, pauseGone } = planItem.parse(item)
  return {
    offer,
    choice,
    markUp,
    origin,
    pauseGone,
    categories: new Map(categories.map(({ theirs, ...ours }) => [theirs, ours])),
    types: new Map(
      types.flatMap(({ theirs, type }) => {
        const known = readServiceType(type)
        return known ? [[theirs, known] as const] : []
      }),
    ),
  }
}

export const importPlanAsItem = ({ offer, markUp, origin, choice, categories, types, pauseGone }: ImportPlan) => ({
  offer,
  choice: choiceAsItem(choice),
  markUp,
  origin,
  pauseGone,
  categories: [...categories].map(([theirs, ours]) => ({ theirs, ...ours })),
  types: [...types].map(([theirs, type]) => ({ theirs, type })),
})

const choiceAsItem = (choice: Choice) => {
  switch (choice.of) {
    case 'everything':
      return choice
    case 'categories':
      return { of: choice.of, names: [...choice.names] }
    case 'ids':
      return { of: choice.of, ids: [...choice.ids] }
  }
}
