import { TransactWriteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb'
import { type TransitionName, transitions } from '../../core/orders/states.ts'
import type { Tally } from './tally.ts'

/**
 * How often each step of an order, or of money, met each fault: the fault struck the very request that makes the step, or
 * the call of a function that made it had come twice, late, or had read something old. A pair that never met proves nothing.
 */
export type Step = 'place' | 'move money' | TransitionName

const names = Object.keys(transitions) as TransitionName[]
export const steps: readonly Step[] = ['place', 'move money', ...names]

/** By where a change begins and where it leads: the condition of every write is printed from this. */
const byEnds = new Map(
  names.filter((name) => name !== 'failOver').map((name) => [endsOf(transitions[name].from, transitions[name].to), name]),
)

function endsOf(from: readonly unknown[], to: unknown): string {
  return `${from.map(String).sort().join(' ')} → ${String(to)}`
}

/** The step that a request makes, if it makes one. */
export function stepOf(command: unknown): Step | undefined {
  if (command instanceof UpdateCommand) return transitionOf(command.input)
  if (!(command instanceof TransactWriteCommand)) return undefined
  const legs = command.input.TransactItems ?? []
  for (const { Update } of legs) {
    const name = Update && transitionOf(Update)
    if (name) return name
  }
  const puts = (prefix: string): boolean => legs.some(({ Put }) => String(Put?.Item?.['pk']).startsWith(prefix))
  return puts('ORDER#') ? 'place' : puts('ENTRY#') ? 'move money' : undefined
}

function transitionOf({
  Key,
  ExpressionAttributeValues: values = {},
}: Pick<UpdateCommand['input'], 'Key' | 'ExpressionAttributeValues'>): TransitionName | undefined {
  if (!String(Key?.['pk']).startsWith('ORDER#') || values[':state'] === undefined) return undefined
  let said = `${String(values[':state'])} `
  for (const name in values) if (name.startsWith(':from')) said += `${String(values[name])} `
  const name = named(said)
  // It begins and leads where a release does, and takes the order to another provider.
  return values[':providerId'] !== undefined && name === 'release' ? 'failOver' : name
}

/** By where it leads, and then where it may begin: stores say the same things again and again. */
const known = new Map<string, TransitionName | undefined>()
function named(said: string): TransitionName | undefined {
  if (known.has(said)) return known.get(said)
  const [to, ...from] = said.trim().split(' ')
  const name = byEnds.get(endsOf(from, to))
  known.set(said, name)
  return name
}

const onRequests = ['crash before', 'crash after', 'answer lost', 'refused', 'asked twice', 'in progress', 'conflict'] as const
const onCalls = [
  'message twice',
  'message late',
  'message kept though done',
  'run twice',
  'read stale',
  'page short',
  'keys left over',
] as const
export type Met = (typeof onRequests)[number] | (typeof onCalls)[number]

/** Who makes which steps: what happens to a queue's messages cannot happen to whoever is not called by one. */
const submitting: readonly Step[] = ['claim', 'sent', 'release', 'failOver', 'park', 'lose', 'refuse']
const polling: readonly Step[] = ['wait', 'start', 'process', 'complete', 'endPartial', 'cancel']
const sweeping: readonly Step[] = ['resume', 'lose']
/** Steps that change nothing but the order, in one update: only a transaction can be found in progress. */
const alone: readonly Step[] = ['claim', 'sent', 'release', 'park', 'resume', 'lose', 'wait', 'start', 'process', 'complete']
const except = (some: readonly Step[]): readonly Step[] => steps.filter((step) => !some.includes(step))

/** Pairs that cannot meet, with the reason why not. All others must. */
const cannotMeet: readonly { readonly faults: readonly Met[]; readonly steps: readonly Step[]; readonly because: string }[] = [
  { faults: ['in progress'], steps: alone, because: 'no transaction makes them' },
  {
    faults: ['message twice', 'message late', 'message kept though done'],
    steps: except([...submitting, ...polling]),
    because: 'no message leads to them: people, staff or a schedule do',
  },
  {
    faults: ['message kept though done'],
    steps: ['sent', 'release', 'failOver', 'park', 'lose', 'refuse'],
    because: 'a message that was done finds its order taken; only in a batch with others does its call go on',
  },
  {
    faults: ['read stale'],
    steps: ['move money', 'confirm', 'sendAgain', 'settleDone', 'settlePart', 'settleNone', 'takeInHand', ...polling],
    because: 'whoever makes them reads nothing but what stands, or lists',
  },
  { faults: ['run twice'], steps: except(sweeping), because: 'no schedule makes them' },
  { faults: ['page short'], steps: except([...polling, ...sweeping]), because: 'whoever makes them lists nothing' },
  { faults: ['keys left over'], steps: except([...sweeping, 'place']), because: 'whoever makes them reads one item at a time' },
]

const isPossible = (step: Step, fault: Met): boolean =>
  !cannotMeet.some(({ faults, steps }) => faults.includes(fault) && steps.includes(step))

/** The faults that a step can meet. */
export const faultsOn = (step: Step): Met[] => [...onRequests, ...onCalls].filter((fault) => isPossible(step, fault))

const group = (step: Step): string => `met: ${step}`
export function countMeeting(tally: Tally, step: Step, fault: Met): void {
  tally.count(group(step), fault)
}

/** In so many worlds every pair must have met. */
export const enough = 10_000

/** Pairs that could meet and never did. */
export const neverMet = (tally: Tally): string[] =>
  steps.flatMap((step) =>
    faultsOn(step).flatMap((fault) => (tally.of(group(step)).get(fault) ? [] : [`${step} never met “${fault}”`])),
  )

/** A row for each step, a column for each fault; a dot where the two cannot meet. */
export function meetings(tally: Tally): string {
  const columns = [...onRequests, ...onCalls]
  const head = `${''.padEnd(12)}${columns.map((fault) => fault.replace(' though done', '').padStart(16)).join('')}`
  const rows = steps.map((step) => {
    const counts = columns.map((fault) => {
      const count = tally.of(group(step)).get(fault) ?? 0
      return (count === 0 && !isPossible(step, fault) ? '·' : String(count)).padStart(16)
    })
    return `${step.padEnd(12)}${counts.join('')}`
  })
  return [head, ...rows].join('\n')
}
