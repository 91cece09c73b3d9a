import type { Met, Step } from './meetings.ts'
import type { Random } from './random.ts'

/** What becomes of one request from a function to something outside it. */
export type Fate =
  | 'fine'
  /** The instance is gone before the request leaves. */
  | 'crash before'
  /** The request does its work, and the instance is gone before it hears so. */
  | 'crash after'
  /** The request does its work; the caller is told that it failed. */
  | 'answer lost'
  /** Nothing is done, and the caller is told so: throttled. */
  | 'refused'
  /** The answer is lost on the way to the SDK, which asks once more by itself. */
  | 'asked twice'
  /** A transaction that the SDK asked for twice is still under way: told so, and done later, or never. */
  | 'in progress'
  /** Somebody else has the item in a transaction at this moment. */
  | 'conflict'

export type Party = 'table' | 'queue' | 'provider' | 'vault'
export interface Request {
  readonly by: string
  /** The call of it, by its number. */
  readonly call: number
  readonly to: Party
  /** In a few words, for a trace. */
  readonly what: () => string
  readonly writes: boolean
  readonly transaction: boolean
  /** The step of an order, or of money, that it makes. */
  readonly step?: Step | undefined
}

/** Decides what goes wrong. */
export interface Faults {
  fate(request: Request): Fate
  /** Whether a message, a record or a run of a schedule goes astray in one of these ways. */
  astray(how: Astray): boolean
  /** How late things are, in milliseconds. */
  late(how: 'travel' | 'held' | 'index' | 'delivery' | 'schedule' | 'stream'): number
}

export type Astray =
  | 'message twice'
  | 'message kept though done'
  | 'message late'
  | 'run missed'
  | 'run twice'
  | 'stream stalled'
  | 'records given up'
  | 'read stale'
  | 'page short'
  | 'keys left over'

const shortest = { travel: 2, held: 1, index: 5, delivery: 20, schedule: 0, stream: 100 } as const

/** Nothing goes wrong, and everything takes its time. */
export const noFaults: Faults = { fate: () => 'fine', astray: () => false, late: (how) => shortest[how] }

/** Only the request of this number meets a fate; everything else is fine. */
export class OneFault implements Faults {
  readonly #at: number
  readonly #fate: Fate
  count = 0
  met: Request | undefined

  constructor(at: number, fate: Fate) {
    this.#at = at
    this.#fate = fate
  }

  fate(request: Request): Fate {
    if (this.count++ !== this.#at) return 'fine'
    this.met = request
    return applies(this.#fate, request) ? this.#fate : 'fine'
  }
  astray = noFaults.astray
  late = noFaults.late
}

/** A fate that makes sense for the request. */
export function applies(fate: Fate, { to, transaction, writes }: Request): boolean {
  switch (fate) {
    case 'in progress':
      return transaction
    case 'conflict':
    case 'asked twice':
      return to === 'table' && writes
    case 'refused':
    case 'answer lost':
      // The one way out to providers never throws: what goes wrong there is the provider's own business.
      return to !== 'provider'
    default:
      return true
  }
}

/** How often things go wrong, each between 0 and 1. */
export interface Rates {
  readonly crash: number
  readonly lost: number
  readonly refused: number
  readonly twice: number
  readonly inProgress: number
  readonly conflict: number
  readonly astray: number
  /** Longest that a request, a message or an index is late, in milliseconds. */
  readonly slow: number
}

/** A step that is struck far more often than others, and by what most: so that rare ones meet everything too. */
interface Target {
  readonly step: Step
  readonly fault: Met | undefined
}

/** Faults at random, at given rates, until they are switched off. */
export class RandomFaults implements Faults {
  readonly #random: Random
  readonly #rates: Rates
  readonly #told: (fault: string) => void
  readonly #target: Target | undefined
  readonly #fates: readonly (readonly [fate: Fate, rate: number])[]
  readonly #longest: Readonly<Record<keyof typeof shortest, number>>
  on = true

  constructor(random: Random, rates: Rates, told: (fault: string) => void, target?: Target) {
    this.#target = target
    this.#random = random
    this.#rates = rates
    this.#told = told
    const { crash, lost, refused, twice, inProgress, conflict, slow } = rates
    this.#fates = [
      ['crash before', crash / 2],
      ['crash after', crash / 2],
      ['answer lost', lost],
      ['refused', refused],
      ['asked twice', twice],
      ['in progress', inProgress],
      ['conflict', conflict],
    ]
    this.#longest = { travel: slow / 20, held: slow / 10, index: slow, delivery: slow * 2, schedule: slow, stream: slow }
  }

  fate(request: Request): Fate {
    if (!this.on) return 'fine'
    if (request.step !== undefined && request.step === this.#target?.step && this.#random.chance(0.3)) {
      const fates = this.#fates.map(([fate]) => fate)
      const { fault } = this.#target
      const fate = fates.find((one) => one === fault && this.#random.chance(0.5)) ?? this.#random.pick(fates)
      return applies(fate, request) ? fate : 'fine'
    }
    let at = this.#random.next()
    for (const [fate, rate] of this.#fates) {
      at -= rate
      if (at < 0) return applies(fate, request) ? fate : 'fine'
    }
    return 'fine'
  }

  astray(how: Astray): boolean {
    // What goes wrong with whole batches is rarer than what goes wrong with one message.
    const rate =
      how === 'records given up'
        ? this.#rates.astray / 10
        : how === 'read stale' || how === 'page short'
          ? this.#rates.astray * 3
          : this.#rates.astray
    const isTarget = how === this.#target?.fault
    const strays = this.on && this.#random.chance(isTarget ? Math.max(rate, 0.15) : rate)
    if (strays) this.#told(how)
    return strays
  }

  late(how: keyof typeof shortest): number {
    if (!this.on || this.#rates.slow === 0) return shortest[how]
    // Mostly quick, now and then very late.
    return shortest[how] + this.#longest[how] * this.#random.next() ** 4
  }
}
