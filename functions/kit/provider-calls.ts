import type { ProviderId } from '../../core/ids.ts'
import type { Outcome } from '../../core/protocol/outcome.ts'
import type { Outgoing } from '../../core/protocol/outgoing.ts'
import { type Health, healthOf } from '../../core/providers/health.ts'
import { callSeconds } from '../../core/providers/limits.ts'
import type { CallKind } from '../../core/providers/line.ts'
import type { Called, Intent, NoTurn, TakeTurns } from '../../core/providers/turns.ts'
import { logWarning } from './log.ts'

/** What it takes to call a provider. */
interface Calling<Sealed> {
  readonly lines: TakeTurns
  readonly vault: { open(key: Sealed, of: ProviderId): Promise<string> }
  readonly outside: { call(line: { url: string; apiKey: string }, outgoing: Outgoing): Promise<Outcome> }
}

interface Reached<Sealed> extends Called {
  readonly url: string
  readonly key: Sealed
}

/** How long to wait for a turn, by which clock. */
interface Waiting {
  readonly patienceSeconds: number
  readonly clock: () => Date
}

/** Within a turn; with the key that is used, which some providers repeat. */
export interface OnTheLine {
  readonly apiKey: string
  call(outgoing: Outgoing): Promise<Outcome>
}

/**
 * The one way to call a provider: with a turn of ours, so that it gets no more calls at once than it may, and what came
 * of it is known to all. `work` runs within the turn; without one it does not run.
 */
export async function inTurn<Sealed, Result>(
  provider: Reached<Sealed>,
  action: Outgoing['action'],
  { lines, vault, outside }: Calling<Sealed>,
  { patienceSeconds, clock }: Waiting,
  work: (open: () => Promise<OnTheLine>) => Promise<Result>,
): Promise<{ readonly done: Result } | { readonly noTurn: NoTurn }> {
  const turn = await lines.take(provider, intentOf(provider, action), patienceSeconds, clock)
  if (typeof turn === 'string') return { noTurn: turn }
  let health: Health = 'neither'
  const open = async (): Promise<OnTheLine> => {
    const apiKey = await vault.open(provider.key, provider.providerId)
    const call = async (outgoing: Outgoing): Promise<Outcome> => {
      const outcome = await outside.call({ url: provider.url, apiKey }, outgoing)
      // What is asked beside it, for evidence, says nothing of what the turn is for.
      if (outgoing.action === action) health = healthOf(outcome)
      return outcome
    }
    return { apiKey, call }
  }
  try {
    return { done: await work(open) }
  } finally {
    // What came of the call is written down already; a turn that is not given back runs out.
    await turn.end(health).catch(() => logWarning('a turn was not given back', { provider: provider.providerId }))
  }
}

/** Asks a provider something, in turn. */
export async function askProvider<Sealed>(
  provider: Reached<Sealed>,
  outgoing: Outgoing,
  uses: Calling<Sealed>,
  waiting: Waiting,
): Promise<Outcome | { readonly kind: 'no-turn'; readonly why: NoTurn }> {
  const asked = await inTurn(provider, outgoing.action, uses, waiting, async (open) => (await open()).call(outgoing))
  return 'done' in asked ? asked.done : { kind: 'no-turn', why: asked.noTurn }
}

/** Of a provider that gets one call at a time, the balance is asked for before and after an order. */
const intentOf = ({ atOnce }: Called, action: Outgoing['action']): Intent =>
  action === 'add' && atOnce === 1
    ? { kind: 'add', seconds: callSeconds.add + 2 * callSeconds.balance, calls: 3 }
    : { kind: kindOf(action), seconds: callSeconds[action], calls: 1 }

function kindOf(action: Outgoing['action']): CallKind {
  switch (action) {
    case 'add':
      return 'add'
    // It costs the provider nothing and says that the key and the address are good.
    case 'balance':
      return 'probe'
    case 'status':
    case 'refill':
    case 'refill_status':
    case 'cancel':
    case 'services':
      return 'ask'
  }
}
