import { setTimeout as sleep } from 'node:timers/promises'

/** How the stores wait between tries. A simulation replaces it, to be deterministic. */
export interface Patience {
  readonly pause: (milliseconds: number) => Promise<unknown>
  /** 0 (inclusive) to 1 (exclusive). */
  readonly random: () => number
}

const real: Patience = { pause: (milliseconds) => sleep(milliseconds), random: Math.random }
let current = real

export const patience = (): Patience => current
export function usePatience(other: Patience | undefined): void {
  current = other ?? real
}
