import { schema } from '../../../data/schema.ts'
import { itemSize } from './size.ts'

type Item = Readonly<Record<string, unknown>>
type Index = (typeof schema.indexes)[keyof typeof schema.indexes]

const kilobyte = 1024

/** Read units of one item (or of none, which is read all the same). */
export const readUnits = (bytes: number, consistency: 'eventual' | 'strong' | 'transactional'): number =>
  Math.max(1, Math.ceil(bytes / (4 * kilobyte))) * { eventual: 0.5, strong: 1, transactional: 2 }[consistency]

/** Write units of one item: an update is billed for the larger of before and after, a transaction for two of each. */
export const writeUnits = (before: Item | undefined, after: Item | undefined, transactional: boolean): number =>
  Math.max(1, Math.ceil(Math.max(before ? itemSize(before) : 0, after ? itemSize(after) : 0) / kilobyte)) * (transactional ? 2 : 1)

/**
 * Write units of every index for a change of an item: one to enter, one to leave, two to move from one key to another,
 * one for a change of what the index carries, none for any other change.
 */
export function indexUnits(
  before: Item | undefined,
  after: Item | undefined,
  indexes: Readonly<Record<string, Index>> = schema.indexes,
): number {
  return Object.values(indexes).reduce((sum, index) => sum + unitsOf(project(before, index), project(after, index), index), 0)
}

function unitsOf(before: Item | undefined, after: Item | undefined, index: Index): number {
  const units = (item: Item | undefined): number => (item ? Math.ceil(itemSize(item) / kilobyte) : 0)
  if (!before || !after) return units(before) + units(after)
  const moved = before[index.partitionKey] !== after[index.partitionKey] || before[index.sortKey] !== after[index.sortKey]
  if (moved) return units(before) + units(after)
  return JSON.stringify(before) === JSON.stringify(after) ? 0 : Math.max(units(before), units(after))
}

/** An item as the index holds it; undefined when it lacks one of the index's keys. */
function project(item: Item | undefined, index: Index): Item | undefined {
  if (item?.[index.partitionKey] === undefined || item[index.sortKey] === undefined) return undefined
  const attributes = [schema.partitionKey, schema.sortKey, index.partitionKey, index.sortKey, ...index.carries]
  return Object.fromEntries(attributes.flatMap((name) => (item[name] === undefined ? [] : [[name, item[name]]])))
}
