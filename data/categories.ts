import { createHash, randomUUID } from 'node:crypto'
import * as z from 'zod/mini'
import type { Category } from '../core/catalogue/service.ts'
import { type CategoryId, categoryId } from '../core/ids.ts'
import type { Need } from '../core/need.ts'
import { Refusal } from '../core/refusals.ts'
import type { AuditRecord } from '../core/staff/audit.ts'
import { mayAudit, transactAudited } from './audit.ts'
import { keys } from './keys.ts'
import { queryAll } from './query.ts'
import { id, integer } from './read.ts'
import { eachService } from './services.ts'
import { append, type NamedLeg, transact } from './transact.ts'

const categoryItem = z.object({ categoryId: id(categoryId), name: z.string(), sort: integer, revision: integer })

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
        sort += step
        // Somebody else made the same one meanwhile: just as well.
        await transact({ category: newCategory({ categoryId: id, name, sort, revision: 0 }) })
      }
      return wanted
    },
  }),
} satisfies Need<FindOrAddCategories>

interface KeepCategories {
  /** After all others. Refuses a name that there is already, however it is written. */
  add(name: string, audit: AuditRecord, at: Date): Promise<CategoryId>
  rename(id: CategoryId, name: string, audit: AuditRecord, at: Date): Promise<void>
  /** Puts it behind another, or first. */
  place(id: CategoryId, after: CategoryId | undefined, audit: AuditRecord, at: Date): Promise<void>
  /** Refuses while there is a service under it. */
  remove(id: CategoryId, audit: AuditRecord, at: Date): Promise<void>
}

export const keepCategories = {
  allow: [
    ...mayAudit,
    { on: 'table', actions: ['Query'], keys: ['CATEGORY', 'CATALOGUE'] },
    { on: 'table', actions: ['PutItem', 'UpdateItem', 'DeleteItem'], keys: ['CATEGORY'], onlyIn: 'TransactWriteItems' },
  ],
  open: () => ({
    async add(name, audit, at) {
      const all = await allCategories()
      if (all.some((other) => isSame(other.name, name))) throw new Refusal('already-exists')
      const first = categoryFor(name)
      // The one that was first made for this name bears another by now.
      const categoryId = all.some((other) => other.categoryId === first) ? anyCategoryId() : first
      const category = { categoryId, name, sort: (all.at(-1)?.sort ?? 0) + step, revision: 0 }
      const recorded = { ...audit, on: `category ${categoryId}`, after: { name } }
      if (await transactAudited(recorded, at, { category: newCategory(category) })) throw new Refusal('already-exists')
      return categoryId
    },
    async rename(id, name, audit, at) {
      const [all, seen] = await allWith(id)
      if (all.some((other) => other.categoryId !== id && isSame(other.name, name))) throw new Refusal('already-exists')
      const recorded = { ...audit, before: { name: seen.name }, after: { name } }
      if (await transactAudited(recorded, at, { category: setting(seen, { name }) })) throw new Refusal('changed-meanwhile')
    },
    async place(id, after, audit, at) {
      const [all, seen] = await allWith(id)
      const others = all.filter(({ categoryId }) => categoryId !== id)
      const position = after === undefined ? 0 : others.findIndex(({ categoryId }) => categoryId === after) + 1
      if (after !== undefined && position === 0) throw new Refusal('category-not-found')
      const above = others[position - 1]
      const recorded = { ...audit, before: { place: all.indexOf(seen) + 1 }, after: { place: position + 1 } }
      const sort = between(above?.sort, others[position]?.sort)
      if (sort === undefined) return renumber(others.toSpliced(position, 0, seen), recorded, at)
      if (await transactAudited(recorded, at, { category: setting(seen, { sort }) })) throw new Refusal('changed-meanwhile')
    },
    async remove(id, audit, at) {
      const [, seen] = await allWith(id)
      for await (const { categoryId } of eachService()) if (categoryId === id) throw new Refusal('category-not-empty')
      const gone: NamedLeg = {
        Delete: {
          Key: keys.category(id),
          // Whoever puts a service under it meanwhile counts it up.
          ConditionExpression: 'revision = :seen',
          ExpressionAttributeValues: { ':seen': seen.revision },
        },
      }
      const recorded = { ...audit, before: { name: seen.name } }
      if (await transactAudited(recorded, at, { category: gone })) throw new Refusal('category-not-empty')
    },
  }),
} satisfies Need<KeepCategories>

/** Between two neighbours, so that others can be put in between. */
const step = 1_024

/** Halves what is between two; undefined where nothing is left. */
function between(above: number | undefined, below: number | undefined): number | undefined {
  if (below === undefined) return (above ?? 0) + step
  const middle = ((above ?? below - 2 * step) + below) / 2
  return (above === undefined || above < middle) && middle < below ? middle : undefined
}

/** Gives all of them room again. In parts, each of which leaves the order as it is to be. */
async function renumber(inOrder: readonly Category[], audit: AuditRecord, at: Date): Promise<void> {
  const placed = inOrder.map((seen, index) => ({ seen, sort: (index + 1) * step }))
  for (let from = 0; from < placed.length; from += mostLegs) {
    const legs = placed
      .slice(from, from + mostLegs)
      .map(({ seen, sort }) => [`category ${seen.categoryId}`, setting(seen, { sort })] as const)
    if (await transactAudited(audit, at, Object.fromEntries(legs))) throw new Refusal('changed-meanwhile')
  }
}

/** With the record of it, a transaction has room for no more. */
const mostLegs = 90

async function allWith(id: CategoryId): Promise<[Category[], Category]> {
  const all = await allCategories()
  const wanted = all.find(({ categoryId }) => categoryId === id)
  if (!wanted) throw new Refusal('category-not-found')
  return [all, wanted]
}

const newCategory = (category: Category): NamedLeg => append({ ...keys.category(category.categoryId), ...category })

const setting = (seen: Category, to: Partial<Pick<Category, 'name' | 'sort'>>): NamedLeg => ({
  Put: {
    Item: { ...keys.category(seen.categoryId), ...seen, ...to, revision: seen.revision + 1 },
    ConditionExpression: 'revision = :seen',
    ExpressionAttributeValues: { ':seen': seen.revision },
  },
})

/** Goes with services that are put under a category: it must be there, and is not deleted under their feet. */
export const filling = (id: CategoryId): NamedLeg => ({
  Update: {
    Key: keys.category(id),
    UpdateExpression: 'SET revision = revision + :one',
    ConditionExpression: 'attribute_exists(pk)',
    ExpressionAttributeValues: { ':one': 1 },
  },
})

const plain = (name: string): string => name.trim().toLowerCase()
const isSame = (one: string, other: string): boolean => plain(one) === plain(other)

/**
 * A heading is known by the name it was first made for, whatever it is called by now: the next import of the same
 * category finds it, renamed or not.
 */
export const categoryFor = (name: string): CategoryId =>
  categoryId(createHash('sha256').update(plain(name)).digest('hex').slice(0, 16))

const anyCategoryId = (): CategoryId => categoryId(randomUUID().replaceAll('-', '').slice(0, 16))
