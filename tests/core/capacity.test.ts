import { describe, expect, test } from 'vitest'
import { itemSize } from '../bench/capacity/size.ts'
import { indexUnits, readUnits, writeUnits } from '../bench/capacity/units.ts'

const KB = 1024
/** An item of exactly so many bytes. */
const of = (bytes: number, more: Record<string, unknown> = {}) => ({
  pk: 'k',
  sk: 's',
  ...more,
  x: 'x'.repeat(bytes - 7 - itemSize(more)),
})

describe('the worked examples of AWS’s documentation', () => {
  // "DynamoDB read and write operations", developer guide.
  test('a 3.5 KB item is read as 4 KB, a 10 KB item as 12 KB', () => {
    expect(readUnits(3.5 * KB, 'strong')).toBe(1)
    expect(readUnits(10 * KB, 'strong')).toBe(3)
  })
  test('an 8 KB item takes 2 units strongly, 1 eventually, 4 in a transaction', () => {
    expect([readUnits(8 * KB, 'strong'), readUnits(8 * KB, 'eventual'), readUnits(8 * KB, 'transactional')]).toEqual([2, 1, 4])
  })
  test('a batch of a 1.5 KB and a 6.5 KB item is 12 KB, not 8', () => {
    expect(readUnits(1.5 * KB, 'strong') + readUnits(6.5 * KB, 'strong')).toBe(3)
  })
  test('a query over 40.8 KB is rounded up to 44 KB; 1,500 items of 64 bytes are 96 KB', () => {
    expect(readUnits(40.8 * KB, 'strong')).toBe(11)
    expect(readUnits(1_500 * 64, 'strong')).toBe(24)
  })
  test('a 500-byte and a 3.5 KB write are 1 and 4 units', () => {
    expect(writeUnits(undefined, of(500), false)).toBe(1)
    expect(writeUnits(undefined, of(3.5 * KB), false)).toBe(4)
  })
  test('a write of 1.5 KB takes 2 units, and 4 in a transaction', () => {
    expect(writeUnits(undefined, of(1.5 * KB), false)).toBe(2)
    expect(writeUnits(undefined, of(1.5 * KB), true)).toBe(4)
  })
  // "Managing complex workflows with DynamoDB transactions", capacity management.
  test('a transaction of three 500-byte items takes six units', () => {
    expect(3 * writeUnits(undefined, of(500), true)).toBe(6)
  })
  test('an update is billed for the larger of before and after, and for the whole item', () => {
    expect(writeUnits(of(2.5 * KB), of(500), false)).toBe(3)
    expect(writeUnits(of(500), of(501), false)).toBe(1)
  })
  test('a delete is billed for what it deletes, and for one unit when there was nothing', () => {
    expect(writeUnits(of(1.5 * KB), undefined, false)).toBe(2)
    expect(writeUnits(undefined, undefined, false)).toBe(1)
  })
})

describe('indexes, by the rules of "write capacity units" of global secondary indexes', () => {
  const keys = { openOn: 'list', acceptedAt: 't' }
  test('a new item in the index is one write', () => expect(indexUnits(undefined, of(900, keys))).toBe(1))
  test('a key that changes is two: out and in again', () =>
    expect(indexUnits(of(900, keys), of(900, { ...keys, openOn: 'other' }))).toBe(2))
  test('a key that goes away is one', () => expect(indexUnits(of(900, keys), of(900, { acceptedAt: 't' }))).toBe(1))
  test('an item that was never in the index is none', () => expect(indexUnits(of(500), of(900))).toBe(0))
  test('a change of what the index carries is one, of anything else none', () => {
    expect(indexUnits(of(900, { ...keys, heard: 'a' }), of(900, { ...keys, heard: 'b' }))).toBe(1)
    expect(indexUnits(of(900, { ...keys, y: 'a' }), of(900, { ...keys, y: 'b' }))).toBe(0)
  })
  test('the index holds its projection: an item of 30 KB enters it for one unit', () =>
    expect(indexUnits(undefined, of(30 * KB, keys))).toBe(1))
  test('an item of two indexes is counted in both', () =>
    expect(indexUnits(undefined, of(900, { ...keys, acceptedOn: 'day' }))).toBe(2))
})

describe('the size of an item', () => {
  test('is its names and values in UTF-8', () => {
    expect(itemSize({ name: 'é' })).toBe(6)
    expect(itemSize({ n: 0 })).toBe(2)
    expect(itemSize({ n: 27 })).toBe(3)
    expect(itemSize({ n: -27 })).toBe(4)
    expect(itemSize({ n: 461 })).toBe(4)
    expect(itemSize({ n: 1_000_000 })).toBe(3)
    expect(itemSize({ b: true, c: null })).toBe(4)
    expect(itemSize({ l: [] })).toBe(4)
    expect(itemSize({ l: [1] })).toBe(7)
    expect(itemSize({ m: { a: 'bc' } })).toBe(8)
  })
})
