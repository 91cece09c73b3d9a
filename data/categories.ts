import { createHash } from 'node:crypto'
import * as z from 'zod/mini'
import type { Category } from '../core/catalogue/service.ts'
import { type CategoryId, categoryId } from '../core/ids.ts'
import type { Need } from '../core/need.ts'
import { keys } from './keys.ts'
import { queryAll } from './query.ts'
import { id, integer } from './read.ts'
import { append, transact } from './transact.ts'

const categoryItem = z.object({ categoryId: id(categoryId), name: z.string(), sort: integer })

/** The headings of the catalogue, in their order. */
async function allCategories(): Promise<Category[]> {
  const categories: Category[] = []
  const found = queryAll({
    KeyConditionExpression: 'pk = :category',
    ExpressionAttributeValues: { ':category': 'CATEGORY' },
    ConsistentRead: true,
  })
  for await (const item of found) categories.push(categoryItem.parse(item))
  return categories.sort((a, b) => a.sort - b.sort || (a.name < b.name ? -1 : 1))
}

interface ReadCategories {
  all(): Promise<Category[]>
}

export const readCategories = {
  allow: [{ on: 'table', actions: ['Query'], keys: ['CATEGORY'] }],
  open: () => ({ all: allCategories }),
} satisfies Need<ReadCategories>

interface FindOrAddCategories {
  /** The headings that these names of a provider's stand for; made where there is none yet, after all others. */
  findOrAdd(names: readonly string[]): Promise<Map<string, CategoryId>>
}

export const findOrAddCategories = {
  allow: [
    { on: 'table', actions: ['Query'], keys: ['CATEGORY'] },
    { on: 'table', actions: ['PutItem'], keys: ['CATEGORY'], onlyIn: 'TransactWriteItems' },
  ],
  open: () => ({
    async findOrAdd(names) {
      const there = await allCategories()
      const known = new Set<string>(there.map(({ categoryId }) => categoryId))
      let sort = there.at(-1)?.sort ?? 0
      const wanted = new Map(names.map((name) => [name, categoryFor(name)]))
      for (const [name, id] of wanted) {
        if (known.has(id)) continue
        known.add(id)
        sort += categoryStep
        // Somebody else made the same one meanwhile: just as well.
        await transact({ category: append({ ...keys.category(id), categoryId: id, name, sort }) })
      }
      return wanted
    },
  }),
} satisfies Need<FindOrAddCategories>

/** Between two neighbours, so that one can be put in between. */
export const categoryStep = 10

/**
 * A heading is known by the name it was first made for, whatever it is called by now: the next import of the same
 * category finds it, renamed or not.
 */
export const categoryFor = (name: string): CategoryId =>
  categoryId(createHash('sha256').update(name.trim().toLowerCase()).digest('hex').slice(0, 16))
