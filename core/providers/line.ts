import { type Ailment, type Health, isAilment } from './health.ts'
import type { CallLimits } from './limits.ts'

/**
 * What all that call a provider share about it: who calls it at the moment, how much of the minute is used up, how its
 * answers were lately, and whether it is left alone because they were bad. Everything here is a function of what was
 * before, and of the time.
 */
export interface Line {
  /** Who may call until when, by the names of those who hold it. */
  readonly holds: Readonly<Record<string, Hold>>
  /** Calls handed out in this minute. */
  readonly minute: number
  readonly used: number
  readonly adds: Count
  readonly asks: Count
  /** The latest bad answers, the newest last. */
  readonly bad: readonly Bad[]
  readonly failing?: Failing | undefined
  /** It said that there were too many calls: it gets none until then. */
  readonly restsUntil?: number | undefined
}

/** Times are milliseconds since 1970. */
interface Hold {
  readonly seats: number
  readonly until: number
}

/** How calls went since then. */
interface Count {
  readonly since: number
  readonly well: number
  readonly failed: number
}

/** A call that sends an order, one that only asks, or one that is made to see how the provider does. */
export type CallKind = 'add' | 'ask' | 'probe'

export interface Bad {
  readonly at: number
  readonly of: CallKind
  readonly how: Ailment
}

export interface Failing {
  /** Which calls failed: a provider may answer one kind and not the other. */
  readonly by: 'adds' | 'asks'
  readonly since: number
  /** `open`: left alone. `trying`: it answered a probe, and one order at a time shows whether it takes orders again. */
  readonly phase: 'open' | 'trying'
  readonly probes: number
  readonly nextProbeAt: number
  /** The order that is being tried, by whom, and until when at most. */
  readonly trial?: { readonly by: string; readonly until: number } | undefined
}

export const newLine: Line = {
  holds: {},
  minute: 0,
  used: 0,
  adds: { since: 0, well: 0, failed: 0 },
  asks: { since: 0, well: 0, failed: 0 },
  bad: [],
}

/** A provider is failing when so many calls failed within the window, and they are at least half of those heard of. */
export const failuresToOpen = 5
export const windowSeconds = 600
const keptBad = 5
/** The first probe comes so long after it was found failing (the clock asks each minute), then each twice as late as the one before. */
const firstProbeSeconds = 20
const longestProbeSeconds = 900
/** How long it gets no calls after it said that there were too many. */
const restSeconds = 15

/** What somebody wants who is about to call. */
export interface Wish {
  readonly by: string
  readonly kind: CallKind
  /** At once, those included that are under way. */
  readonly seats: number
  /** How many turns, in all, and calls in each. */
  readonly turns: number
  readonly callsEach: number
  /** When the last of them is over, at the latest. */
  readonly until: number
}

export interface Granted {
  readonly line: Line
  readonly seats: number
  readonly turns: number
  /** Others may wait for what is held here. */
  readonly scarce: boolean
  /** The one order that shows whether the provider takes orders again. */
  readonly trial: boolean
}
export type Denied = 'busy' | 'failing'

/** Hands out what there is, or says why there is nothing. Whoever asks again gets it in place of what they had. */
export function grant(before: Line, { atOnce, perMinute }: CallLimits, wish: Wish, now: number): Granted | Denied {
  const line = current(before, now)
  const { failing } = line
  const gate = gateOf(failing, wish.kind, now)
  if (gate === 'shut') return 'failing'
  if (line.restsUntil !== undefined && wish.kind !== 'probe') return 'busy'
  const mine = line.holds[wish.by]
  const others = seatsOf(line) - (mine?.seats ?? 0)
  const seats = Math.min(wish.seats, atOnce - others, gate === 'one' ? 1 : wish.seats)
  const left = (perMinute ?? Number.POSITIVE_INFINITY) - line.used
  // Where a turn has more calls than a whole minute, it has the minute.
  const each = Math.min(wish.callsEach, perMinute ?? wish.callsEach)
  const turns = Math.min(wish.turns, Math.floor(left / each), gate === 'one' ? 1 : wish.turns)
  if (seats <= 0 || turns <= 0) return 'busy'
  const hold = { seats, until: Math.max(wish.until, mine?.until ?? 0) }
  const free = atOnce - others - seats
  return {
    line: {
      ...line,
      holds: { ...line.holds, [wish.by]: hold },
      used: line.used + turns * each,
      ...(gate === 'one' && failing ? { failing: { ...failing, trial: { by: wish.by, until: wish.until } } } : {}),
    },
    seats,
    turns,
    scarce: free * 2 < atOnce,
    trial: gate === 'one',
  }
}

/** Whether calls of a kind are let through. */
function gateOf(failing: Failing | undefined, kind: CallKind, now: number): 'free' | 'one' | 'shut' {
  if (!failing || kind === 'probe') return 'free'
  // It takes no orders, and says how they stand all the same.
  if (failing.by === 'adds' && kind === 'ask') return 'free'
  if (failing.phase === 'open') return 'shut'
  return failing.trial && failing.trial.until > now ? 'shut' : 'one'
}

/** How calls went, as whoever made them tells it. */
export interface Told {
  readonly kind: CallKind
  readonly health: Health
  readonly at: number
}

/** Takes in how calls went; `left` gives back what was held. */
export function tell(before: Line, by: string, told: readonly Told[], left: boolean, now: number): Line {
  let line = current(before, now)
  for (const one of told) line = heard(line, by, one, now)
  if (!left) return line
  const { [by]: _, ...holds } = line.holds
  return { ...line, holds }
}

function heard(line: Line, by: string, { kind, health, at }: Told, now: number): Line {
  const tried = line.failing?.trial?.by === by && kind === 'add'
  // Whatever came of it, the trial is over.
  const over = tried && line.failing ? { ...line, failing: { ...line.failing, trial: undefined } } : line
  if (health === 'neither') return over
  if (health === 'turned-away') return { ...over, restsUntil: now + restSeconds * 1000 }
  if (!isAilment(health)) return heardWell(over, kind, tried)
  const told = { ...over, bad: [...over.bad, { at, of: kind, how: health }].slice(-keptBad) }
  const { failing } = told
  if (failing && (kind === 'probe' || tried)) return { ...told, failing: putOff(failing, now) }
  // It took no orders before, and now it says nothing any more.
  if (failing?.by === 'adds' && kind === 'ask') return opened(withCount(told, 'asks', true, now), 'asks', now)
  return failing ? told : opened(withCount(told, listOf(kind), true, now), listOf(kind), now)
}

function heardWell(line: Line, kind: CallKind, tried: boolean): Line {
  const { failing } = line
  if (!failing) return withCount(line, listOf(kind), false, 0)
  if (failing.by === 'adds') {
    if (tried) return recovered(line)
    return kind === 'probe' ? { ...line, failing: { ...failing, phase: 'trying' } } : line
  }
  return kind === 'probe' ? recovered(line) : line
}

const listOf = (kind: CallKind): 'adds' | 'asks' => (kind === 'add' ? 'adds' : 'asks')

const recovered = ({ failing: _, ...line }: Line): Line => ({ ...line, adds: newLine.adds, asks: newLine.asks })

const putOff = (failing: Failing, now: number): Failing => ({
  ...failing,
  phase: 'open',
  probes: failing.probes + 1,
  nextProbeAt: now + Math.min(longestProbeSeconds, firstProbeSeconds * 2 ** Math.min(failing.probes + 1, 10)) * 1000,
})

function withCount(line: Line, list: 'adds' | 'asks', failed: boolean, now: number): Line {
  const count = line[list]
  // What goes well is of interest only beside what does not.
  if (!failed) return count.failed === 0 ? line : { ...line, [list]: { ...count, well: count.well + 1 } }
  const since = count.failed === 0 ? now : count.since
  return { ...line, [list]: { since, well: count.well, failed: count.failed + 1 } }
}

function opened(line: Line, by: 'adds' | 'asks', now: number): Line {
  const { failed, well } = line[by]
  if (failed < failuresToOpen || failed < well) return line
  return { ...line, failing: { by, since: now, phase: 'open', probes: 0, nextProbeAt: now + firstProbeSeconds * 1000 } }
}

/** Without what is over by now: a hold whose holder is gone, the minute before, counts of long ago. */
export function current(line: Line, now: number): Line {
  const minute = Math.floor(now / 60_000)
  const recent = (count: Count): Count => (count.since > now - windowSeconds * 1000 ? count : newLine.adds)
  const { restsUntil, ...rest } = line
  return {
    ...rest,
    holds: Object.fromEntries(Object.entries(line.holds).filter(([, { until }]) => until > now)),
    minute: Math.max(minute, line.minute),
    used: line.minute >= minute ? line.used : 0,
    adds: recent(line.adds),
    asks: recent(line.asks),
    ...(restsUntil !== undefined && restsUntil > now ? { restsUntil } : {}),
  }
}

export const seatsOf = ({ holds }: Line): number => Object.values(holds).reduce((sum, { seats }) => sum + seats, 0)

/** Nobody heard of anything bad lately: there is nothing that good news would change. */
export const isSpotless = ({ failing, adds, asks }: Line): boolean => !failing && adds.failed === 0 && asks.failed === 0

export const mustBeProbed = ({ failing }: Line, now: number): boolean =>
  failing !== undefined && failing.phase === 'open' && failing.nextProbeAt <= now

/** Whether orders that wait for it may be sent: all of them, one, or none. */
export const takesOrders = ({ failing }: Line): 'all' | 'one' | 'none' =>
  !failing ? 'all' : failing.phase === 'trying' ? 'one' : 'none'

/** Whether it is worth asking it how orders stand. */
export const takesQuestions = ({ failing }: Line): boolean => failing?.by !== 'asks'

/** Staff say that it is well again. */
export const trusted = (line: Line): Line => recovered(line)
