import { setTimeout as sleep } from 'node:timers/promises'

/** How the stores wait between tries. A simulation replaces it, to be deterministic. */
export interface Patience {
  readonly pause: (milliseconds: number) => Promise<unknown>
  /** 0 (inclusive) to 1 (exclusive). */
  readonly random: () => number
}

const real: Patience = { pause: (milliseconds) => sleep(milliseconds), random: Math.random }
let current = real

export function usePatience(other: Patience | undefined): void {
  current = other ?? real
}

/** Waits before the next try. Full jitter: those who met once must not meet again. */
export const backOff = (attempt: number): Promise<unknown> => current.pause(current.random() * Math.min(500, 10 * 2 ** attempt))

/** Waits about so long before looking again: those who wait for the same thing must not all look at once. */
export const pause = (milliseconds: number): Promise<unknown> => current.pause(milliseconds * (0.5 + current.random()))
