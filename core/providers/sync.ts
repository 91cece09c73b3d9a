import { type Jump, usualJump } from '../catalogue/from-provider.ts'
import type { ProviderId, ProviderServiceId, ServiceId } from '../ids.ts'
import { iso, later } from '../time.ts'
import type { Offer, Step } from './offer.ts'

/** How often a provider's prices may be asked for, in hours; 0 for never. */
export const syncIntervals = [0, 1, 6, 24] as const
export type SyncInterval = (typeof syncIntervals)[number]

/** How what we have of a provider is kept up with. */
export interface SyncRules {
  readonly everyHours: SyncInterval
  /** A cost that moves by more than this at once waits for a person. */
  readonly jump: Jump
}
export const usualSync: SyncRules = { everyHours: 24, jump: usualJump }

/** Why what a provider answered was not taken for the truth. */
export const doubts = ['no-answer', 'empty', 'vanished'] as const
export type Doubt = (typeof doubts)[number]

/** After an answer that was none, it is asked again sooner than it would be. */
const hoursAfterNoAnswer = 1

/** When it is its turn: up to a tenth of the interval late, so that not all providers are asked in the same minute. */
export function nextSync(
  provider: ProviderId,
  everyHours: SyncInterval,
  since: Date,
  doubt: Doubt | undefined = undefined,
): Date | undefined {
  if (everyHours === 0) return undefined
  const hours = doubt === 'no-answer' ? Math.min(everyHours, hoursAfterNoAnswer) : everyHours
  return later(since, Math.round(hours * 3_600 * (1 + share(`${provider} ${iso(since)}`) / 10)))
}

/** A number from 0 to 1 that is always the same for a text (FNV-1a). */
function share(text: string): number {
  let hash = 0x811c9dc5
  for (const character of text) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0
  return hash / 0xffffffff
}

/** What a catalogue as it was answered means for what we have of it. */
export interface Compared {
  /** Our services that are not in it and were until now. */
  readonly vanished: readonly ServiceId[]
  /** Why services that are not in it stay on sale. */
  readonly doubt: Doubt | undefined
}

/**
 * An answer that has lost everything, or more than a fifth of what was there, is more often wrong than true. It takes
 * nothing out of sale, unless so many were agreed to.
 */
export function compared(offer: Offer, live: ReadonlyMap<ProviderServiceId, ServiceId>, agreedTo: number): Compared {
  const there = idsOf(offer)
  const vanished = [...live].flatMap(([id, number]) => (there.has(id) ? [] : number))
  const isEmpty = offer.rows.length === 0
  const isTooMuch = vanished.length > agreedTo && (isEmpty || vanished.length * 5 > live.size)
  return { vanished, doubt: isTooMuch ? (isEmpty ? 'empty' : 'vanished') : undefined }
}

/** What is to be done about the services we have. Nothing is added; always in the same order. */
export function syncSteps(offer: Offer, known: ReadonlyMap<ProviderServiceId, ServiceId>, takeGone: boolean): Step[] {
  const there = idsOf(offer)
  return [
    ...offer.rows.filter(({ providerServiceId }) => known.has(providerServiceId)).map((row): Step => ({ kind: 'offered', row })),
    ...(takeGone
      ? [...known]
          .filter(([id]) => !there.has(id))
          .map(([providerServiceId, serviceId]): Step => ({ kind: 'gone', providerServiceId, serviceId }))
      : []),
  ]
}

const idsOf = ({ rows }: Offer): ReadonlySet<string> => new Set<string>(rows.map(({ providerServiceId }) => providerServiceId))
