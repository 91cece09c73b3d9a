import type { Need } from '../../core/need.ts'
import type { Order } from '../../core/orders/order.ts'
import { isAtProvider } from '../../core/orders/states.ts'
import { mayAudit, transactAudited } from '../audit.ts'
import { keys, openLists } from '../keys.ts'
import type { NamedLeg } from '../transact.ts'
import { written } from './item.ts'
import { pollList } from './settle-orders.ts'
import { type Decision, decided, known, mark, step } from './staff-decisions.ts'

interface SendOn {
  /** It goes to its provider once more. What is heard of the earlier time has no say any more. */
  sendAgain(decision: Decision, was?: 'perhaps taken' | 'not taken'): Promise<Order>
  /** What its provider said of it means nothing: it goes on as if that had not been said. */
  leave(decision: Decision): Promise<Order>
}

/** What moves no money. */
export const sendOn = {
  allow: [
    { on: 'table', actions: ['GetItem'], keys: ['ORDER#*'] },
    { on: 'table', actions: ['UpdateItem'], keys: ['ORDER#*'], onlyIn: 'TransactWriteItems' },
    ...mayAudit,
  ],
  open: () => ({
    sendAgain: (decision, was = 'perhaps taken') =>
      decided(decision, 'send-again', (order) => isWritten(decision, again(order, decision, was === 'perhaps taken'))),
    leave: (decision) => decided(decision, 'leave', (order) => isWritten(decision, left(order, decision))),
  }),
} satisfies Need<SendOn>

const isWritten = async ({ audit, at }: Decision, order: NamedLeg): Promise<boolean> =>
  (await transactAudited(audit, at, { order })) === undefined

const again = (order: Order, decision: Decision, isDoubtful: boolean): NamedLeg =>
  step(order, decision, 'send-again', 'sendAgain', {
    set: { openOn: openLists.waiting(), ...(order.state === 'unknown' && isDoubtful ? { sentAgain: true } : {}) },
    remove: ['reason', 'said', 'leaseUntil'],
  })

/** It stays where it is, without the reason; one that is over leaves the list it was on. */
function left(order: Order, decision: Decision): NamedLeg {
  const isOpen = isAtProvider(order.state)
  const set = known({
    attempt: mark(decision, 'leave'),
    openOn: isOpen ? pollList(order) : undefined,
    history: written(order, { state: order.state, at: decision.at }),
  })
  const remove = ['reason', 'said', ...(isOpen ? [] : ['openOn', 'heard'])]
  return {
    Update: {
      Key: keys.order(order.customerId, order.orderId),
      UpdateExpression: `SET ${Object.keys(set)
        .map((name) => `#${name} = :${name}`)
        .join(', ')} REMOVE ${remove.map((name) => `#${name}`).join(', ')}`,
      ConditionExpression: '#state = :state AND #reason = :reason AND #refunded = :refunded',
      ExpressionAttributeNames: Object.fromEntries(
        [...Object.keys(set), ...remove, 'state', 'refunded'].map((name) => [`#${name}`, name]),
      ),
      ExpressionAttributeValues: {
        ...Object.fromEntries(Object.entries(set).map(([name, value]) => [`:${name}`, value])),
        ':state': order.state,
        ':reason': order.reason,
        ':refunded': order.refunded,
      },
    },
  }
}
