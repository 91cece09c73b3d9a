import type { OrderState } from '../../../core/orders/states.ts'
import { orderWords } from '../../shared/order-words.ts'

const forStaff: Partial<Record<OrderState, string>> = {
  submitting: 'Being sent',
  pending: 'Pending at the provider',
  parked: 'Parked',
  unknown: 'Outcome unknown',
}

/** An order's states as those call them who work on it. */
export const staffWord = (state: OrderState): string => forStaff[state] ?? orderWords[state].word
