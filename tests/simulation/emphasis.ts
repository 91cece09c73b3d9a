import { faultsOn, type Met, type Step, steps } from './meetings.ts'
import { type End, type Manner, moody } from './provider.ts'

type Range = readonly [least: number, most: number]

/** How often people do something in a world. */
interface Doings {
  readonly order: Range
  /** Staff work on orders that are delivered by hand. */
  readonly work: Range
  /** An order is called off, or its runs are steered. */
  readonly callOff: Range
  readonly steer: Range
  /** A refill or a cancellation is asked for. */
  readonly wish: Range
  /** Late news of an order that was settled. */
  readonly gossip: Range
  /** Staff look into something that hangs, or say what an error means. */
  readonly lookInto: Range
  readonly readErrors: Range
}
const usual: Doings = {
  order: [2, 5],
  work: [0, 3],
  callOff: [0, 3],
  steer: [0, 2],
  wish: [0, 4],
  gossip: [0, 5],
  lookInto: [0, 3],
  readErrors: [0, 2],
}

/** What a world has more of, so that the step it is about happens often enough to meet every fault. */
interface Emphasis {
  /** How many worlds are about it, for each that is about a step which happens by itself. */
  readonly share?: number
  /** How long things go wrong; orders and their providers take their time. */
  readonly minutes?: number
  readonly doings?: Partial<Doings>
  /** What staff do about an order that hangs, where it is right: what the way is called begins so. */
  readonly staffPrefer?: string
  /** Many orders at once, at a provider that takes its time. */
  readonly rush?: boolean
  readonly manners?: Partial<Record<Manner, number>>
  readonly ends?: Partial<Record<End, number>>
}

const silent = { 'is silent and has it': 12, 'breaks down with it': 6 } as const
const absent = { 'is silent and has nothing': 12, 'breaks down without it': 6 } as const
const staff: Emphasis = { minutes: 10, doings: { lookInto: [6, 12] }, manners: silent }
const late: Emphasis = { doings: { gossip: [4, 12] } }

const emphases: Partial<Record<Step, Emphasis>> = {
  sent: { share: 3, rush: true, manners: { 'takes it slowly': 25, 'answers a page': 3 } },
  // Something parked is tried again after ten minutes.
  resume: { share: 3, minutes: 15, manners: { 'is out of funds': 8, 'is busy with the link': 8 } },
  release: { manners: { 'asks for patience': 8, 'cannot be reached': 8 } },
  park: { manners: { 'is out of funds': 8, 'is busy with the link': 8 } },
  refuse: { share: 3, manners: { 'refuses it': 20 } },
  failOver: { manners: { 'refuses it': 20 } },
  withdraw: { doings: { callOff: [3, 7], wish: [2, 6] }, manners: { 'asks for patience': 8 } },
  takeInHand: { doings: { work: [8, 14] } },
  confirm: { ...staff, staffPrefer: 'confirm' },
  sendAgain: { ...staff, staffPrefer: 'send again', manners: absent },
  settleDone: { ...staff, share: 5, minutes: 12, staffPrefer: 'completed', ends: { completed: 1 } },
  settlePart: { ...staff, share: 4, minutes: 12, staffPrefer: 'partial', ends: { partial: 1 } },
  settleNone: { ...staff, staffPrefer: 'canceled', manners: absent },
  wait: { share: 3, minutes: 8 },
  process: { share: 2, minutes: 8 },
  endPartial: { ...late, ends: { partial: 4, completed: 1 } },
  cancel: { ...late, ends: { canceled: 4, 'canceled in part': 4, completed: 1 } },
}

export const emphasisOn = (step: Step): Emphasis => emphases[step] ?? {}

const turns = steps.flatMap((step) => Array.from({ length: emphasisOn(step).share ?? 1 }, () => step))

/** The step that a world is about, and the fault that strikes it most. */
export function aboutOf(seed: number): { readonly step: Step; readonly fault: Met | undefined } {
  const turn = seed % turns.length
  const step = turns[turn] ?? 'place'
  const faults = faultsOn(step)
  return { step, fault: faults[(Math.floor(seed / turns.length) + turn) % faults.length] }
}

export const mannersOf = ({ manners }: Emphasis): Readonly<Record<Manner, number>> => ({ ...moody, ...manners })
export const doingsOf = ({ doings }: Emphasis): Doings => ({ ...usual, ...doings })
