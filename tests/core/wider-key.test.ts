import { expect, test } from 'vitest'
import type { KeyScope } from '../../core/keys/scopes.ts'
import { isWider } from '../../core/keys/wider.ts'

const of = (scope: KeyScope, ...addresses: string[]) => ({ scope, addresses })

test.each([
  ['the same', of('read', '198.51.100.7'), of('read', '198.51.100.7'), false],
  ['less of everything', of('all'), of('read', '198.51.100.7'), false],
  ['spending', of('read'), of('order'), true],
  ['being told the balance', of('order'), of('read'), true],
  ['everything', of('order'), of('all'), true],
  ['from everywhere', of('read', '198.51.100.7'), of('read'), true],
  ['from one more address', of('read', '198.51.100.7'), of('read', '198.51.100.7', '198.51.100.8'), true],
  ['from one of the network', of('read', '198.51.100.0/24'), of('read', '198.51.100.8'), false],
  ['from a part of the network', of('read', '2001:db8::/32'), of('read', '2001:db8:1::/48'), false],
  ['from around the network', of('read', '2001:db8:1::/48'), of('read', '2001:db8::/32'), true],
  ['from elsewhere, and less', of('all', '198.51.100.7'), of('read', '198.51.100.8'), true],
] as const)('a key that is given %s: wider is %s → %s: %s', (_, before, after, expected) => {
  expect(isWider(before, after)).toBe(expected)
})
