/**
 * An order's life. `accepted → submitting → pending | in-progress | processing → completed | partial | canceled`;
 * beside them `parked` (waits for something upstream), `unknown` (we sent, and cannot know) and `refused` (nobody took
 * it; the money went back).
 */
export const orderStates = [
  'accepted',
  'submitting',
  'pending',
  'in-progress',
  'processing',
  'completed',
  'partial',
  'canceled',
  'parked',
  'unknown',
  'refused',
] as const
export type OrderState = (typeof orderStates)[number]

interface Transition {
  readonly from: readonly OrderState[]
  readonly to: OrderState
}

const atProvider: readonly OrderState[] = ['pending', 'in-progress', 'processing']
export const isAtProvider = (state: OrderState): boolean => atProvider.includes(state)

/** Every change of state there is. The condition of the write is printed from this table, and the diagram in the docs is held to it. */
export const transitions = {
  /** A worker takes the order in hand: from here on it may have been sent. */
  claim: { from: ['accepted'], to: 'submitting' },
  /** The provider named its order. A worker that was given up for lost may still bring this news. */
  sent: { from: ['submitting', 'unknown'], to: 'pending' },
  /** Nothing left this machine: try again later. */
  release: { from: ['submitting'], to: 'accepted' },
  /** Its provider certainly does not have it: another one is asked. */
  failOver: { from: ['submitting'], to: 'accepted' },
  park: { from: ['submitting'], to: 'parked' },
  resume: { from: ['parked'], to: 'accepted' },
  /** Called off before it was sent: whoever asked for it wants it no more. */
  withdraw: { from: ['accepted', 'parked'], to: 'canceled' },
  /** It may have been sent, and nobody heard what came of it. */
  lose: { from: ['submitting'], to: 'unknown' },
  refuse: { from: ['submitting'], to: 'refused' },
  /** Staff found the order at its provider; or, where the provider does not know the number, another number for it. */
  confirm: { from: ['unknown', 'parked', 'pending'], to: 'pending' },
  /** Staff have it sent once more, and answer for it. */
  sendAgain: { from: ['unknown', 'parked'], to: 'accepted' },
  /** Staff know what became of it, and settle it by that. */
  settleDone: { from: ['unknown', 'parked'], to: 'completed' },
  settlePart: { from: ['unknown', 'parked'], to: 'partial' },
  settleNone: { from: ['unknown', 'parked'], to: 'canceled' },
  wait: { from: atProvider, to: 'pending' },
  /** Somebody of the staff begins with an order that no provider is sent. */
  takeInHand: { from: ['accepted'], to: 'in-progress' },
  start: { from: atProvider, to: 'in-progress' },
  process: { from: atProvider, to: 'processing' },
  complete: { from: atProvider, to: 'completed' },
  /** Completed can still turn into partial or canceled: providers take back what they said. */
  endPartial: { from: [...atProvider, 'completed', 'partial'], to: 'partial' },
  cancel: { from: [...atProvider, 'completed', 'partial'], to: 'canceled' },
} as const satisfies Record<string, Transition>
export type TransitionName = keyof typeof transitions

export const mayGo = (name: TransitionName, from: OrderState): boolean => transitions[name].from.some((state) => state === from)

/** The six words that are ever said to a reseller. */
export type ProtocolStatus = 'Pending' | 'In progress' | 'Processing' | 'Completed' | 'Partial' | 'Canceled'

export function protocolStatus(state: OrderState): ProtocolStatus {
  switch (state) {
    case 'accepted':
    case 'submitting':
    case 'parked':
    case 'unknown':
    case 'pending':
      return 'Pending'
    case 'in-progress':
      return 'In progress'
    case 'processing':
      return 'Processing'
    case 'completed':
      return 'Completed'
    case 'partial':
      return 'Partial'
    case 'canceled':
    case 'refused':
      return 'Canceled'
  }
}

/** The tabs of an order list. */
export const orderGroups = {
  active: ['accepted', 'submitting', 'pending', 'in-progress', 'processing', 'parked', 'unknown'],
  completed: ['completed'],
  partial: ['partial'],
  canceled: ['canceled', 'refused'],
} as const satisfies Record<string, readonly OrderState[]>
export type OrderGroup = keyof typeof orderGroups

/** Not over: on its way, with a provider, or before staff. */
export const isActive = (state: OrderState): boolean => orderGroups.active.some((one) => one === state)

/** Whether an order is of a tab; every order is where none is chosen. */
export const isOfGroup =
  (group: OrderGroup | undefined) =>
  ({ state }: { readonly state: OrderState }): boolean =>
    !group || orderGroups[group].some((one) => one === state)
