import type { Grant, Need } from '../core/need.ts'
import { covering } from '../core/orders/blocking.ts'
import { Refusal } from '../core/refusals.ts'
import { getItems } from './get-items.ts'
import { blockIdOf, keys } from './keys.ts'

export const maySeeBlocks = { on: 'table', actions: ['BatchGetItem'], keys: ['BLOCKED#*'] } as const satisfies Grant

/**
 * Whether orders for this link are refused. Placing asks without `consistent`: what it misses by a moment is seen before the
 * order is sent, which asks with it.
 */
export async function isBlocked(link: string, { consistent }: { readonly consistent: boolean }): Promise<boolean> {
  const wanted = covering(link).map((target) => keys.blocked(blockIdOf(target)))
  return (await getItems(wanted, { consistent })).length > 0
}

interface CheckBlocks {
  /** As it stands at this moment. */
  holds(link: string): Promise<boolean>
  /** As it stood a moment ago, at half the price. Refuses. */
  refuse(link: string): Promise<void>
}

export const checkBlocks = {
  allow: [maySeeBlocks],
  open: () => ({
    holds: (link) => isBlocked(link, { consistent: true }),
    async refuse(link) {
      if (await isBlocked(link, { consistent: false })) throw new Refusal('target-blocked')
    },
  }),
} satisfies Need<CheckBlocks>
