import type { OrderState } from '../../core/orders/states.ts'

export type StateTone = 'quiet' | 'moving' | 'good' | 'warn' | 'bad'

interface StateWords {
  readonly word: string
  readonly tone: StateTone
  /** Whether it can still change by itself. */
  readonly active: boolean
  /** What it means, for the order and for the money. */
  readonly says: string
}

/** An order's states, as people are told of them. */
export const orderWords: Readonly<Record<OrderState, StateWords>> = {
  accepted: { word: 'Accepted', tone: 'quiet', active: true, says: 'Paid for, and about to be sent to the provider.' },
  submitting: { word: 'Sending', tone: 'quiet', active: true, says: 'Being handed to the provider now.' },
  pending: { word: 'Pending', tone: 'quiet', active: true, says: 'The provider has it and has not started yet.' },
  'in-progress': { word: 'In progress', tone: 'moving', active: true, says: 'Delivery is under way.' },
  processing: { word: 'Processing', tone: 'moving', active: true, says: 'The provider is working on it.' },
  completed: { word: 'Completed', tone: 'good', active: false, says: 'Delivered in full.' },
  partial: {
    word: 'Partial',
    tone: 'warn',
    active: false,
    says: 'Delivered in part. The charge for what remained went back to the balance.',
  },
  canceled: {
    word: 'Canceled',
    tone: 'quiet',
    active: false,
    says: 'Stopped before its end. The charge for what was not delivered went back to the balance.',
  },
  parked: {
    word: 'Waiting',
    tone: 'warn',
    active: true,
    says: 'Paid for and not sent yet: it waits for the provider, and goes on by itself.',
  },
  unknown: {
    word: 'Being checked',
    tone: 'warn',
    active: true,
    says: 'It was sent, and the provider’s answer was lost. It is not sent twice and not refunded until it is known what happened.',
  },
  refused: {
    word: 'Refused',
    tone: 'bad',
    active: false,
    says: 'The provider did not take it. The whole charge went back to the balance.',
  },
}

export const orderStates: readonly OrderState[] = Object.keys(orderWords).filter((name): name is OrderState => name in orderWords)

export const isActive = ({ state }: { readonly state: OrderState }): boolean => orderWords[state].active
