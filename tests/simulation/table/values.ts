import type { AttributeValue } from '@aws-sdk/client-dynamodb'
import { Invalid } from './errors.ts'

/** A value as the table keeps it: whole numbers beyond 2⁵³ as bigint, other numbers as number. */
export type Value = string | number | bigint | boolean | null | Uint8Array | Set<string | number | bigint> | Value[] | Plain
export interface Plain {
  [name: string]: Value
}
export type Item = Readonly<Record<string, Value>>

export type Kind = 'S' | 'N' | 'BOOL' | 'NULL' | 'B' | 'SS' | 'NS' | 'L' | 'M'

export function kindOf(value: Value): Kind {
  switch (typeof value) {
    case 'string':
      return 'S'
    case 'number':
    case 'bigint':
      return 'N'
    case 'boolean':
      return 'BOOL'
    default:
  }
  if (value === null) return 'NULL'
  if (Array.isArray(value)) return 'L'
  if (value instanceof Uint8Array) return 'B'
  if (value instanceof Set) return typeof value.values().next().value === 'string' ? 'SS' : 'NS'
  return 'M'
}

export const isPlain = (value: unknown): value is Plain =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Set) && !(value instanceof Uint8Array)

/** What the document client makes of a value with `removeUndefinedValues`, refusals included. */
export function accept(value: unknown): Value {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value
    case 'number':
      if (!Number.isFinite(value)) throw new Error(`Special numeric value ${value} is not allowed`)
      if (Math.abs(value) > Number.MAX_SAFE_INTEGER)
        throw new Error(`Number ${value} is greater than Number.MAX_SAFE_INTEGER. Use NumberValue from @aws-sdk/lib-dynamodb.`)
      return value === 0 ? 0 : value
    case 'bigint':
      return narrowed(value)
    default:
  }
  if (value === null) return null
  if (Array.isArray(value)) return value.filter((one) => one !== undefined).map(accept)
  if (value instanceof Uint8Array) return value
  if (value instanceof Set) {
    const members = [...value].filter((one) => one !== undefined).map(accept)
    if (members.length === 0) throw new Error('Pass a non-empty set, or options.convertEmptyValues=true.')
    return new Set(members as (string | number | bigint)[])
  }
  if (value instanceof Map) return acceptMap(Object.fromEntries(value))
  const prototype = typeof value === 'object' ? Object.getPrototypeOf(value) : undefined
  if (prototype === Object.prototype || prototype === null) return acceptMap(value as Record<string, unknown>)
  throw new Error(
    `Unsupported type passed: ${String(value)}. Pass options.convertClassInstanceToMap=true to marshall typeof object as map attribute.`,
  )
}

export function acceptMap(map: Readonly<Record<string, unknown>>): Plain {
  const plain: Plain = {}
  for (const name in map) {
    const value = map[name]
    if (typeof value === 'string') plain[name] = value
    else if (value !== undefined && typeof value !== 'function') plain[name] = accept(value)
  }
  return plain
}

export const narrowed = (value: bigint): number | bigint =>
  value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : value

/** An item as the service writes it. */
export function imageOf(item: Item): Record<string, AttributeValue> {
  const image: Record<string, AttributeValue> = {}
  for (const name in item) image[name] = imageOfValue(item[name] as Value)
  return image
}

function imageOfValue(value: Value): AttributeValue {
  if (typeof value === 'string') return { S: value }
  if (typeof value === 'number' || typeof value === 'bigint') return { N: String(value) }
  if (typeof value === 'boolean') return { BOOL: value }
  if (value === null) return { NULL: true }
  if (Array.isArray(value)) return { L: value.map(imageOfValue) }
  if (value instanceof Uint8Array) return { B: value }
  if (!(value instanceof Set)) return { M: imageOf(value) }
  const members = [...value].map(String)
  return kindOf(value) === 'SS' ? { SS: members } : { NS: members }
}

/** Sum or difference, exact for whole numbers. */
export function add(a: number | bigint, b: number | bigint, sign: 1 | -1): number | bigint {
  const whole = (value: number | bigint): value is number | bigint => typeof value === 'bigint' || Number.isInteger(value)
  if (whole(a) && whole(b)) return narrowed(sign === 1 ? BigInt(a) + BigInt(b) : BigInt(a) - BigInt(b))
  // Decimals, to the twelfth digit: more than any test of ours writes.
  return Number((sign === 1 ? Number(a) + Number(b) : Number(a) - Number(b)).toFixed(12))
}

export function equal(a: Value, b: Value): boolean {
  const kind = kindOf(a)
  if (kind !== kindOf(b)) return false
  switch (kind) {
    case 'S':
    case 'BOOL':
    case 'NULL':
      return a === b
    case 'N':
      // biome-ignore lint/suspicious/noDoubleEquals: a number and a bigint of the same amount are the same number
      return a == b
    case 'B':
      return compareBytes(a as Uint8Array, b as Uint8Array) === 0
    case 'SS':
    case 'NS': {
      const [left, right] = [a as Set<unknown>, b as Set<unknown>]
      return left.size === right.size && [...left].every((one) => right.has(one))
    }
    case 'L': {
      const [left, right] = [a as Value[], b as Value[]]
      return left.length === right.length && left.every((one, index) => equal(one, right[index] as Value))
    }
    case 'M': {
      const [left, right] = [a as Plain, b as Plain]
      const names = Object.keys(left)
      return (
        names.length === Object.keys(right).length &&
        names.every((name) => name in right && equal(left[name] as Value, right[name] as Value))
      )
    }
  }
}

/** Less than, equal, greater: undefined for kinds that have no order, or not the same. */
export function order(a: Value, b: Value): number | undefined {
  if (typeof a === 'string' && typeof b === 'string') return compareTexts(a, b)
  if ((typeof a === 'number' || typeof a === 'bigint') && (typeof b === 'number' || typeof b === 'bigint'))
    return a < b ? -1 : a > b ? 1 : 0
  if (a instanceof Uint8Array && b instanceof Uint8Array) return compareBytes(a, b)
  return undefined
}

const compareBytes = (a: Uint8Array, b: Uint8Array): number => Buffer.compare(a, b)

/** By UTF-8 bytes, which differs from JavaScript's order beyond the first plane. */
export function compareTexts(a: string, b: string): number {
  if (a === b) return 0
  return highCharacters.test(a) || highCharacters.test(b) ? Buffer.compare(Buffer.from(a), Buffer.from(b)) : a < b ? -1 : 1
}
const highCharacters = /[\ud800-\uffff]/

/** Bytes of an item as the service counts them, closely enough for its limit. */
export function sizeOf(value: Value): number {
  if (value === null || typeof value === 'boolean') return 1
  if (typeof value === 'string') return Buffer.byteLength(value)
  if (typeof value === 'number' || typeof value === 'bigint')
    return Math.ceil(String(value).replace(/^-?0*|0*$/g, '').length / 2) + 1
  if (value instanceof Uint8Array) return value.length
  if (value instanceof Set || Array.isArray(value)) return [...value].reduce<number>((sum, one) => sum + sizeOf(one) + 1, 3)
  return Object.entries(value).reduce((sum, [name, one]) => sum + Buffer.byteLength(name) + sizeOf(one) + 1, 3)
}

export function itemSize(item: Item): number {
  let size = 0
  for (const name in item) size += Buffer.byteLength(name) + sizeOf(item[name] as Value)
  return size
}

const largestItem = 400 * 1024

/** Most texts of most items are far too short to be counted byte by byte. */
function isSmall(item: Item): boolean {
  let most = 0
  for (const name in item) {
    const value = item[name]
    if (typeof value === 'object' && value !== null) return false
    most += 3 * name.length + (typeof value === 'string' ? 3 * value.length : 21)
  }
  return most < largestItem
}

export function holdSize(item: Item): void {
  if (!isSmall(item) && itemSize(item) > largestItem) throw new Invalid('Item size has exceeded the maximum allowed size')
}
