import { contains, readNetwork } from '../network/networks.ts'
import { type KeyScope, keyActions, permits } from './scopes.ts'

interface Terms {
  readonly scope: KeyScope
  readonly addresses: readonly string[]
}

/** Whether a key may do something, or be used from somewhere, that it was not before. */
export const isWider = (before: Terms, after: Terms): boolean =>
  keyActions.some((action) => permits(after.scope, action) && !permits(before.scope, action)) ||
  letsMoreIn(before.addresses, after.addresses)

/** An empty list lets everybody in. */
const letsMoreIn = (before: readonly string[], after: readonly string[]): boolean =>
  before.length > 0 && (after.length === 0 || after.some((line) => !before.some((other) => isWithin(line, other))))

function isWithin(line: string, other: string): boolean {
  const [inner, outer] = [readNetwork(line), readNetwork(other)]
  return inner !== undefined && outer !== undefined && outer.length <= inner.length && contains(outer, { ...inner, length: 128 })
}
