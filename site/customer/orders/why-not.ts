import type { Answer } from '../../api.ts'

type Order = Answer<'GET /api/orders/{orderId}'>

/** Why an order is not refilled now. */
export const noRefillWords: Readonly<Record<NonNullable<Order['refill']['because']>, string>> = {
  'not-offered': 'This service is not refilled.',
  'not-completed': 'A refill is for orders that were completed.',
  'given-back': 'What was not delivered was paid back, so there is nothing to refill.',
  'too-late': 'The days in which this order is refilled are over.',
  open: 'A refill of this order is under way.',
  'too-soon': 'One refill a day.',
  'target-blocked': 'Whoever owns this profile or page asked that nothing is delivered to it any more.',
}

/** Why an order is not canceled now. */
export const noCancelWords: Readonly<Record<NonNullable<Order['cancel']['because']>, string>> = {
  'not-offered': 'Orders of this service are not canceled once they are on their way.',
  over: 'It is over.',
  asked: 'Whoever has it was asked to stop it. Money comes back when it is known what was not delivered.',
  'too-soon': 'It was asked to stop, and the answer was no.',
}
