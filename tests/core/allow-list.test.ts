import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { letsIn, readAllowList } from '../../core/keys/allow-list.ts'
import { keyAction, keyScopes, permits } from '../../core/keys/scopes.ts'
import { contains, readNetwork, sourceOf, writeNetwork } from '../../core/network/networks.ts'

describe('an address or a network', () => {
  test.each([
    ['198.51.100.7', '198.51.100.7'],
    [' 198.51.100.7 ', '198.51.100.7'],
    ['198.51.100.7/32', '198.51.100.7'],
    ['198.51.100.77/24', '198.51.100.0/24'],
    ['10.255.0.1/9', '10.128.0.0/9'],
    ['2001:DB8::1', '2001:db8::1'],
    ['2001:0db8:0000:0000:0000:0000:0000:0001', '2001:db8::1'],
    ['2001:db8:0:1:0:0:0:1', '2001:db8:0:1::1'],
    ['2001:db8::1:0:0:1/64', '2001:db8::/64'],
    ['2001:0:0:1:0:0:0:0', '2001:0:0:1::'],
    ['1:2:3:4:5:6:7::', '1:2:3:4:5:6:7:0'],
    ['::', '::'],
    ['::1', '::1'],
    ['::ffff:198.51.100.7', '198.51.100.7'],
    ['::ffff:c633:6407', '198.51.100.7'],
    ['0:0:0:0:0:ffff:198.51.100.7', '198.51.100.7'],
    ['::ffff:198.51.100.0/120', '198.51.100.0/24'],
    ['64:ff9b::198.51.100.7', '64:ff9b::c633:6407'],
  ])('%s is %s', (text, written) => {
    const network = readNetwork(text)
    expect(network && writeNetwork(network)).toBe(written)
  })

  test.each([
    '',
    'localhost',
    'example.com',
    '198.51.100',
    '198.51.100.7.1',
    '198.51.100.256',
    '0198.51.100.7',
    '198.51.100.07',
    '0x c6.51.100.7',
    '3325256711',
    '198.51.100.7/33',
    '198.51.100.7/-1',
    '198.51.100.7/',
    '198.51.100.7/24/24',
    '198.51.100.*',
    '198.51.100.1-9',
    '198.51.100.7:443',
    '[2001:db8::1]',
    '2001:db8::1%eth0',
    '2001:db8',
    '2001:db8::1::2',
    ':::',
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:8:9',
    '1:2:3:4:5:6:7:8::',
    '2001:db8::12345',
    '2001:db8::/129',
    '198.51.100.7::',
    '::198.51.100.7:1',
    '::ffff:198.51.100.300',
    '１９８.51.100.7',
    '198.51.100.7\n198.51.100.8',
  ])('%j is none', (text) => {
    expect(readNetwork(text)).toBeUndefined()
  })

  test('is the same network after it was written and read again, and holds every address of its own', () => {
    const bits = fc.bigInt({ min: 0n, max: 2n ** 128n - 1n })
    fc.assert(
      fc.property(bits, fc.integer({ min: 97, max: 128 }), fc.boolean(), bits, (some, length, four, host) => {
        const address = four ? (0xffffn << 32n) | (some & 0xffffffffn) : some
        const shift = BigInt(128 - length)
        const network = { bits: (address >> shift) << shift, length }
        expect(readNetwork(writeNetwork(network))).toEqual(network)
        const neighbour = { bits: network.bits | (host & ((1n << shift) - 1n)), length: 128 }
        expect(contains(network, neighbour)).toBe(true)
        expect(contains(network, { bits: neighbour.bits ^ (1n << shift), length: 128 })).toBe(false)
      }),
    )
  })

  test('stands for whoever has it: an IPv4 address for itself, in either form, an IPv6 one for its /64', () => {
    expect(sourceOf('::ffff:198.51.100.7')).toBe(sourceOf('198.51.100.7'))
    expect(sourceOf('2001:db8:0:1::7')).toBe(sourceOf('2001:db8:0:1:ffff::'))
    expect(sourceOf('2001:db8:0:1::7')).not.toBe(sourceOf('2001:db8:0:2::7'))
    expect(sourceOf('somebody@example.com')).toBe('somebody@example.com')
  })
})

describe('an allow-list', () => {
  test('is kept in one spelling, each line once', () => {
    expect(readAllowList(['198.51.100.77/24', '198.51.100.0/24', '2001:DB8::/32'])).toEqual(['198.51.100.0/24', '2001:db8::/32'])
    expect(readAllowList([])).toEqual([])
  })

  test.each(['0.0.0.0/0', '::/0', '::ffff:0.0.0.0/96', '::/64', '::/1', 'nonsense', ''])(
    'refuses %j by the number of its line and does not repeat it',
    (line) => {
      expect(() => readAllowList(['198.51.100.7', line])).toThrow(
        expect.objectContaining({ code: 'addresses-invalid', detail: { lines: ['2'] } }),
      )
    },
  )

  test.each([
    ['198.51.100.7', '198.51.100.7', true],
    ['198.51.100.7', '::ffff:198.51.100.7', true],
    ['198.51.100.7', '198.51.100.70', false],
    ['198.51.100.0/24', '198.51.100.255', true],
    ['198.51.100.0/24', '198.51.101.0', false],
    ['2001:db8::/32', '2001:db8:ffff::1', true],
    ['2001:db8::/32', '2001:db9::1', false],
    ['2001:db8::/32', '198.51.100.7', false],
    ['198.51.100.0/24', '2001:db8::c633:6407', false],
    ['198.51.100.0/24', '64:ff9b::198.51.100.7', false],
    ['198.51.100.0/24', '', false],
    ['198.51.100.0/24', '198.51.100.0/24', false],
    ['198.51.100.0/24', 'unknown', false],
  ])('of %s lets %s in: %s', (line, address, expected) => {
    expect(letsIn(readAllowList([line]), address)).toBe(expected)
  })

  test('that is empty lets everybody in, even without an address', () => {
    expect(letsIn([], '')).toBe(true)
  })
})

test('what each scope may do, by hand', () => {
  const may = Object.fromEntries(
    keyScopes.map((scope) => [
      scope,
      (['services', 'status', 'balance', 'add', 'refill', 'refill_status', 'cancel'] as const).filter((action) =>
        permits(scope, action),
      ),
    ]),
  )
  expect(may).toEqual({
    read: ['services', 'status', 'balance', 'refill_status'],
    order: ['services', 'status', 'add', 'refill', 'refill_status', 'cancel'],
    all: ['services', 'status', 'balance', 'add', 'refill', 'refill_status', 'cancel'],
  })
  expect(keyAction('Add')).toBeUndefined()
  expect(keyAction('constructor')).toBeUndefined()
})
