import { epochSeconds } from '../core/time.ts'
import type { Item } from './query.ts'

/** Whether an item is still there to be served. The table deletes what has expired up to two days late (P-RET-2, P-RET-3). */
export const isLeft = ({ expiresAt }: Item, now: Date): boolean => expiresAt === undefined || Number(expiresAt) > epochSeconds(now)

/** An item that was looked for; undefined when there is none, or its time is over. */
export const ifLeft = (item: Item | undefined, now: Date): Item | undefined => (item && isLeft(item, now) ? item : undefined)
