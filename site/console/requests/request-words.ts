import type { RequestReason } from '../../../core/orders/request.ts'

/** Why a refill or a cancellation needs a person. */
export const requestReasonWords: Readonly<Record<RequestReason, string>> = {
  'not-offered-by-provider': 'Its provider does not do this: arrange it there, or turn it down.',
  'provider-refused': 'The provider said no.',
  'staff-refused': 'Staff said no.',
  'no-answer': 'It was sent, and no answer came. The provider may know of it.',
  'answer-unclear': 'It was sent, and the answer made no sense. The provider may know of it.',
  'worker-lost': 'The worker that sent it was lost before it wrote down what came of it.',
  'key-refused': 'The provider does not take our key.',
  'provider-misconfigured': 'The provider’s address has moved.',
  'provider-gone': 'The provider is not there any more.',
  'status-unknown': 'The provider says a status nobody knows.',
  'not-found-at-provider': 'The provider says it has no such refill.',
  'not-ended':
    'The provider has had it for two weeks and says neither that it is done nor that it is not. It is not asked any more.',
  'target-blocked': 'Whoever owns the target wants nothing for it.',
  'order-unknown': 'Nobody knows yet whether the provider has the order: settle that first.',
}

export const refillStateWords = {
  pending: 'waits',
  sending: 'being sent',
  submitted: 'with the provider',
  'in-progress': 'under way',
  completed: 'done',
  rejected: 'turned down',
  error: 'failed',
} as const

export const cancelStateWords = {
  pending: 'waits',
  sending: 'being sent',
  taken: 'taken',
  refused: 'turned down',
  over: 'over',
} as const
