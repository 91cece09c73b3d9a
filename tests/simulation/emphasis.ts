import type { Step } from './meetings.ts'
import { type Manner, moody } from './provider.ts'

/** What a world has more of, so that the step it is about happens often enough to meet every fault. */
interface Emphasis {
  /** How long people act and things go wrong; orders and their providers take their time. */
  readonly minutes?: number
  /** How often staff look into something that hangs: at least so many times, and up to twice that. */
  readonly lookedInto?: number
  readonly manners?: Partial<Record<Manner, number>>
}

const silent = { 'is silent and has it': 12, 'breaks down with it': 6 } as const
const staff: Emphasis = { minutes: 18, lookedInto: 8, manners: silent }

const emphases: Partial<Record<Step, Emphasis>> = {
  // Something parked is tried again after ten minutes.
  resume: { minutes: 22, manners: { 'is out of funds': 6, 'is busy with the link': 6 } },
  release: { manners: { 'asks for patience': 8, 'cannot be reached': 8 } },
  park: { manners: { 'is out of funds': 8, 'is busy with the link': 8 } },
  refuse: { manners: { 'refuses it': 20 } },
  failOver: { manners: { 'refuses it': 20 } },
  confirm: staff,
  sendAgain: staff,
  settleDone: staff,
  settlePart: staff,
  settleNone: { ...staff, manners: { 'is silent and has nothing': 12, 'breaks down without it': 6 } },
}

export const emphasisOn = (step: Step): Emphasis => emphases[step] ?? {}

export const mannersOf = ({ manners }: Emphasis): Readonly<Record<Manner, number>> => ({ ...moody, ...manners })
