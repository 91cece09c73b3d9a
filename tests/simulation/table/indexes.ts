import { schema } from '../../../data/schema.ts'
import type { Item, Plain } from './values.ts'

export type IndexName = keyof typeof schema.indexes

const indexes = Object.entries(schema.indexes).map(([name, { partitionKey, sortKey, carries }]) => ({
  name,
  partitionKey,
  sortKey,
  kept: ['pk', 'sk', partitionKey, sortKey, ...carries],
}))

/** The table's indexes: copies of parts of items, which may lag behind the items themselves. */
export class Indexes {
  readonly #lists = new Map<string, Map<string, Item>>()
  readonly #lag: (apply: () => void) => void

  /** `lag` decides when a change shows; it must keep the order of changes. */
  constructor(lag: (apply: () => void) => void) {
    this.#lag = lag
  }

  changed(pk: string, sk: string, was: Item | undefined, now: Item | undefined): void {
    for (const { name, partitionKey, sortKey, kept } of indexes) {
      const shown = (item: Item | undefined) => (item && partitionKey in item && sortKey in item ? partOf(item, kept) : undefined)
      const [before, after] = [shown(was), shown(now)]
      if (!before && !after) continue
      this.#lag(() => {
        if (before) this.#lists.get(`${name} ${String(before[partitionKey])}`)?.delete(`${pk}\u0000${sk}`)
        if (!after) return
        const list = `${name} ${String(after[partitionKey])}`
        const items = this.#lists.get(list) ?? new Map<string, Item>()
        items.set(`${pk}\u0000${sk}`, after)
        this.#lists.set(list, items)
      })
    }
  }

  has(index: IndexName, partition: string): boolean {
    return (this.#lists.get(`${index} ${partition}`)?.size ?? 0) > 0
  }

  list(index: IndexName, partition: string): Item[] {
    return [...(this.#lists.get(`${index} ${partition}`)?.values() ?? [])]
  }
}

export function partOf(item: Item, names: readonly string[]): Item {
  const part: Plain = {}
  for (const name of names) {
    const value = item[name]
    if (value !== undefined) part[name] = value
  }
  return part
}
