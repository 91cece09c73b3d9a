import type { OrderReason } from '../../../core/orders/order.ts'

/** Why an order stands where it stands, for staff. */
export const reasonWords: Readonly<Record<OrderReason, string>> = {
  'out-of-funds': 'The provider’s balance is empty. Top it up: the order goes on by itself.',
  'link-busy': 'The provider has an order for this link under way. It is tried again.',
  'key-refused': 'The provider does not take our key.',
  'provider-misconfigured': 'The provider does not know the service any more.',
  'provider-paused': 'The provider is paused. Resume it: the order goes on within minutes.',
  'provider-failing': 'The provider is failing and gets no orders. It is probed; the order goes on by itself once it is well.',
  'provider-refused': 'The provider refused it. The charge went back.',
  'refused-again':
    'It was sent again, and refused. What came of the earlier time is not known: the provider may have it from then.',
  'failed-over': 'The provider before does not take it: it goes to the next.',
  'no-answer': 'It was sent, and no answer came. The provider may have it.',
  'answer-unclear': 'It was sent, and the answer made no sense. The provider may have it.',
  'error-unclassified': 'It was sent, and the provider answered an error that nobody has classified. It may have the order.',
  'worker-lost': 'The worker that sent it was lost before it wrote down what came of it.',
  'status-unknown': 'The provider says a status nobody knows.',
  'not-found-at-provider': 'The provider says it has no such order.',
  'partial-without-remains': 'The provider says partial and not how much remains. No money moved.',
  'canceled-without-remains': 'The provider says canceled with nothing remaining. No money moved.',
  'service-not-sold': 'The next run waits: the service is not sold at the moment. Put it back on sale, or cancel what is left.',
  'target-blocked': 'Whoever owns the target wants no orders for it. It was not sent.',
  'account-suspended': 'The next run waits: the account is suspended.',
}
