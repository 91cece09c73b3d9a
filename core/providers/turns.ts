import type { ProviderId } from '../ids.ts'
import type { Health } from './health.ts'
import type { CallLimits } from './limits.ts'
import type { CallKind } from './line.ts'

/** A provider that is to be called. */
export interface Called extends CallLimits {
  readonly providerId: ProviderId
}

/** What kind of call it is to be, how long it may take, and how many calls of the minute it uses up. */
export interface Intent {
  readonly kind: CallKind
  readonly seconds: number
  readonly calls: number
}

/** Leave to call. */
export interface Turn {
  /** Says how the call went, and gives the turn back; to be said whatever happened, once. */
  end(health: Health): Promise<void>
}

/** Why there is no turn: others are calling, or it had its share of the minute; or the provider is failing and left alone. */
export type NoTurn = 'busy' | 'failing'

export interface TakeTurns {
  /** Waits for a turn, for so long at most. */
  take(provider: Called, intent: Intent, patienceSeconds: number, clock: () => Date): Promise<Turn | NoTurn>
}
