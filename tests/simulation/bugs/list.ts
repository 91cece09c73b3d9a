/** A change of the product that makes it wrong: each text stands in its file exactly once. */
export interface Bug {
  readonly name: string
  readonly edits: readonly { readonly file: string; readonly find: string; readonly replace: string }[]
}

const bug = (name: string, file: string, find: string, replace: string): Bug => ({ name, edits: [{ file, find, replace }] })

/** Mistakes of the kind that this field is full of. A simulation that does not see them proves nothing. */
export const bugs: readonly Bug[] = [
  bug(
    'an order is charged without asking whether the balance covers it',
    'data/wallets.ts',
    'ConditionExpression: `available >= :amount AND active = :true$',
    'ConditionExpression: `active = :true$',
  ),
  bug('a suspended account can order', 'data/wallets.ts', 'AND active = :true$', 'AND (active = :true OR active <> :true)$'),
  bug(
    'staff can debit more than there is',
    'data/adjust-wallets.ts',
    "ConditionExpression: 'available >= :amount',",
    "ConditionExpression: 'attribute_exists(pk)',",
  ),
  bug(
    'what is written once can be written again',
    'data/transact.ts',
    "Put: { Item: item, ConditionExpression: 'attribute_not_exists(pk)' },",
    'Put: { Item: item },',
  ),
  bug('each try of a transaction is a new one', 'data/transact.ts', '    ClientRequestToken: randomUUID(),\n', ''),
  bug(
    'the idempotency key is not kept',
    'data/orders/place-orders.ts',
    '...(requestId === undefined\n',
    '...(requestId !== null\n',
  ),
  bug(
    'a credit has no natural key',
    'data/adjust-wallets.ts',
    '          cause: causeLeg(customer, movement),',
    '          cause: causeLeg(customer, { ...movement, cause: String(Math.random()) }),',
  ),
  {
    name: 'a refund has no marker, and does not ask where the order stands',
    edits: [
      {
        file: 'data/orders/settle-orders.ts',
        find: 'const only = { refunded: order.refunded, ...asRead(order) }',
        replace: 'const only = {}',
      },
      {
        file: 'data/orders/give-back.ts',
        find: '{ cause: causeLeg(order.customerId, entry), wallet: receive(wallet, amount),',
        replace: '{ wallet: receive(wallet, amount),',
      },
    ],
  },
  bug(
    'a refund is not written in the ledger',
    'data/orders/give-back.ts',
    ', entry: entryLeg(order.customerId, entry) }),',
    ' }),',
  ),
  bug(
    'Partial gives back the whole charge',
    'core/orders/heard.ts',
    'const owed = shareOf(order.charge, remains, order.quantity)',
    'const owed = order.charge',
  ),
  bug(
    'a second Partial pays what the first has paid',
    'core/orders/heard.ts',
    'const amount = owed > order.refunded ? minus(owed, order.refunded) : zero',
    'const amount = owed',
  ),
  bug(
    'a refund is rounded up',
    'core/money.ts',
    'money((amount * BigInt(part)) / BigInt(whole))',
    'money((amount * BigInt(part) + BigInt(whole) - 1n) / BigInt(whole))',
  ),
  bug(
    'an order is sent again after a time-out',
    'functions/workers/submit-order.ts',
    "await uses.orders.lose(order, 'no-answer', now, undefined)",
    'await uses.orders.release(order, now)',
  ),
  bug(
    'a lost order is taken for a released one',
    'data/orders/submit-orders.ts',
    "return record(order, 'lose', now, { said, openOn: openLists.unknown() }, withoutWords(said), reason)",
    "return record(order, 'release', now, { openOn: openLists.waiting() })",
  ),
  bug(
    'what staff sent again is refunded when it is refused',
    'functions/workers/submit-order.ts',
    "      if (order.sentAgain) {\n        await uses.orders.lose(order, 'refused-again', now, said)",
    "      if (order.sentAgain && order.refunded > order.charge) {\n        await uses.orders.lose(order, 'refused-again', now, said)",
  ),
  bug(
    'an order in hand can be taken in hand',
    'core/orders/states.ts',
    "claim: { from: ['accepted'], to: 'submitting' }",
    "claim: { from: ['accepted', 'submitting', 'pending'], to: 'submitting' }",
  ),
  {
    name: 'the sweeper refunds what it cannot know',
    edits: [
      {
        file: 'functions/workers/sweep-orders.ts',
        find: 'await uses.orders.lose(order, now)',
        replace: "await settleOrders.open().refuse({ ...order, attempt: order.attempt! }, 'worker-lost', now)",
      },
      {
        file: 'functions/workers/sweep-orders.ts',
        find: 'import { parkedUses',
        replace: "import { settleOrders } from '../../data/orders/settle-orders.ts'\nimport { parkedUses",
      },
    ],
  },
  bug(
    'a message is done before what it led to is saved',
    'functions/workers/submit-order.ts',
    'const outcome = await ready.line.call(ready.outgoing)\n  const overAt = clock()\n  const doubt = await record(order, outcome, uses, overAt, ready.line.apiKey)',
    'const outcome = { kind: "not-sent", why: "" } as const\n  const overAt = clock()\n  const doubt = undefined as OrderReason | undefined\n  void ready.line.call(ready.outgoing).then((came) => record(order, came, uses, overAt, ready.line.apiKey)).catch(() => undefined)',
  ),
  bug(
    'the sweeper forgets orders that a worker has in hand',
    'functions/workers/sweep-orders.ts',
    "(order.state === 'accepted' || order.state === 'submitting')) await uses.orders.watch(order)",
    "order.state === 'accepted') await uses.orders.watch(order)",
  ),
  bug(
    'a worker is given up for lost while it waits',
    'functions/workers/sweep-orders.ts',
    "if (order.state === 'submitting' && order.leaseUntil && order.leaseUntil < now) await",
    "if (order.state === 'submitting') await",
  ),
  bug(
    'an order that a provider does not find is taken for canceled',
    'functions/workers/poll-orders.ts',
    "await uses.settle.flag(order.customerId, order.orderId, 'not-found-at-provider', now, order.providerOrderId)",
    "await uses.settle.hear(order.customerId, order.orderId, { status: 'canceled' }, now)",
  ),
  bug(
    'an error nobody has classified is taken for a refusal',
    'core/protocol/replies.ts',
    "classifyError(error) ?? 'unknown'",
    "classifyError(error) ?? 'refused'",
  ),
  bug(
    'the error in a broken answer is believed',
    'core/protocol/replies.ts',
    'if (status >= 500 || (status >= 300',
    'if ((status >= 300',
  ),
  bug(
    'a status nobody knows is taken for canceled',
    'core/orders/heard.ts',
    "case undefined:\n      return attention(order, 'status-unknown')",
    "case undefined:\n      return refund(order, 'cancel', order.quantity, undefined)",
  ),
  bug(
    'a debt is paid without asking whether it is still there',
    'data/wallets.ts',
    "ConditionExpression: 'debt = :debt',",
    "ConditionExpression: 'debt = :debt OR attribute_exists(pk)',",
  ),
  bug(
    'money that comes in does not pay a debt',
    'core/wallet/wallet.ts',
    'const paid = smaller(wallet.debt, amount)',
    'const paid = smaller(money(0n), amount)',
  ),
  bug(
    'a reseller orders without having accepted the terms that bind',
    'data/api-keys.ts',
    'bindings: readBindings(found(bound.pk)),',
    'bindings: [],',
  ),
  bug(
    'two blocks of order numbers overlap',
    'data/numbers.ts',
    'const first = end - blockSize\n',
    'const first = Math.max(1, end - 2 * blockSize)\n',
  ),
  bug(
    'an order can be called off while a worker has it in hand',
    'core/orders/states.ts',
    "withdraw: { from: ['accepted', 'parked'],",
    "withdraw: { from: ['accepted', 'parked', 'submitting'],",
  ),
  {
    name: 'staff find an order under its number without asking whether it still hangs',
    edits: [
      {
        file: 'data/orders/staff-decisions.ts',
        find: '        state: order.state,\n        reason: order.reason,\n        attempt: order.attempt,\n',
        replace: '',
      },
      {
        file: 'core/orders/states.ts',
        find: "confirm: { from: ['unknown', 'parked', 'pending'],",
        replace: "confirm: { from: ['unknown', 'parked', 'pending', 'accepted', 'submitting', 'completed', 'partial', 'canceled'],",
      },
    ],
  },
  {
    name: 'staff refund an unknown outcome without its natural key',
    edits: [
      {
        file: 'data/orders/staff-decisions.ts',
        find: '        state: order.state,\n        reason: order.reason,\n        attempt: order.attempt,\n        refunded: order.refunded,\n',
        replace: '',
      },
      {
        file: 'core/orders/states.ts',
        find: "settleNone: { from: ['unknown', 'parked'],",
        replace: "settleNone: { from: ['unknown', 'parked', 'accepted', 'submitting', 'canceled'],",
      },
      {
        file: 'data/orders/give-back.ts',
        find: '{ cause: causeLeg(order.customerId, entry), wallet: receive(wallet, amount),',
        replace: '{ wallet: receive(wallet, amount),',
      },
    ],
  },
  bug(
    'a turn runs out before the call it is for',
    'core/providers/line.ts',
    'const hold = { seats, until: Math.max(wish.until, mine?.until ?? 0) }',
    'const hold = { seats, until: now + 500 }',
  ),
  bug(
    'the first of a batch to be done gives back the turns of all',
    'data/provider-lines.ts',
    'const left = this.#isIdle()',
    'const left = true',
  ),
  bug(
    'two instances write a provider’s line without looking at each other',
    'data/provider-lines.ts',
    "{ ConditionExpression: 'stamp = :seen', ExpressionAttributeValues: { ':seen': seen } }",
    "{ ConditionExpression: 'attribute_exists(pk)' }",
  ),
  bug(
    'a failing provider is never probed, and its orders wait for good',
    'functions/workers/ask-for-polls.ts',
    'mustBeProbed(line, now.getTime())',
    'mustBeProbed(line, 0)',
  ),
  bug(
    'what was lost at a failing provider is taken for not sent',
    'functions/workers/submit-order.ts',
    'await uses.orders.lose(order, reason, now, said)',
    'await uses.orders.release(order, now)',
  ),
  bug(
    'an order goes to another provider when the one before gave no answer',
    'functions/workers/submit-order.ts',
    "    await uses.orders.lose(order, 'no-answer', now, undefined)\n",
    "    if (await goOn(order, 'no-answer', uses, now)) return undefined\n    await uses.orders.lose(order, 'no-answer', now, undefined)\n",
  ),
  bug(
    'an order goes to a provider that takes more for it than was paid',
    'core/orders/fail-over.ts',
    'return fits && costOf(order, fallback, exchange) <= minus(order.charge, order.refunded)',
    'return fits',
  ),
  bug(
    'nobody remembers which providers have refused an order',
    'data/orders/fail-over.ts',
    "          tried: tried.join(' '),\n",
    '',
  ),
  {
    name: 'what a provider refused goes back, and to the next provider besides',
    edits: [
      {
        file: 'functions/workers/submit-order.ts',
        find: "      if (await goOn(order, 'provider-refused', uses, now, said)) return undefined\n      await uses.settle.refuse(order, 'provider-refused', now, said)\n",
        replace:
          "      await uses.settle.refuse(order, 'provider-refused', now, said)\n      await goOn(order, 'provider-refused', uses, now, said)\n",
      },
      {
        file: 'core/orders/states.ts',
        find: "failOver: { from: ['submitting'],",
        replace: "failOver: { from: ['submitting', 'refused'],",
      },
    ],
  },
  {
    name: 'a cancellation that a provider takes is refunded at once',
    edits: [
      {
        file: 'functions/workers/poll-orders-requests.ts',
        find: 'return uses.cancels.take(claimed, now)',
        replace:
          "{\n      await settleOrders.open().hear(request.customerId, request.orderId, { status: 'canceled' }, now)\n      return uses.cancels.take(claimed, now)\n    }",
      },
      {
        file: 'functions/workers/poll-orders-requests.ts',
        find: 'import { withdrawOrders }',
        replace: "import { settleOrders } from '../../data/orders/settle-orders.ts'\nimport { withdrawOrders }",
      },
    ],
  },
  {
    name: 'an order can be refilled while it is being refilled',
    edits: [
      { file: 'core/orders/refill.ts', find: 'if (last && !isOverRefill(last.state))', replace: 'if (last && last.nth > 99)' },
      {
        file: 'core/orders/refill.ts',
        find: "last: Pick<Refill, 'state' | 'askedAt'>",
        replace: "last: Pick<Refill, 'nth' | 'askedAt'>",
      },
      { file: 'core/orders/refill.ts', find: 'refillPauseSeconds = 24 * 3600', replace: 'refillPauseSeconds = 0' },
    ],
  },
  bug(
    'a refill is sent again after a time-out',
    'functions/workers/poll-orders-requests.ts',
    'uses.refills.hand(claimed, reason, now, said)',
    "reason === 'no-answer' ? uses.refills.release(claimed, now) : uses.refills.hand(claimed, reason, now, said)",
  ),
  bug(
    'a cancellation is sent again after a time-out',
    'functions/workers/poll-orders-requests.ts',
    'uses.cancels.hand(claimed, reason, now, said)',
    "reason === 'no-answer' ? uses.cancels.release(claimed, now) : uses.cancels.hand(claimed, reason, now, said)",
  ),
  {
    name: 'a run has no natural key, and does not ask how many were started',
    edits: [
      {
        file: 'data/orders/run-items.ts',
        find: 'only: { state: order.state, refunded: order.refunded, feed: writeFeed(order.feed) },',
        replace: 'only: {},',
      },
      {
        file: 'data/orders/run-items.ts',
        find: 'append({ ...keys.run(customerId, orderId, run.run), ...run })',
        replace: '({ Put: { Item: { ...keys.run(customerId, orderId, run.run), ...run } } })',
      },
    ],
  },
  bug(
    'canceling gives back what a started run was paid with',
    'core/orders/runs.ts',
    'minus(charge, upTo(feed.started, { charge, runs }))',
    'minus(charge, upTo(Math.max(feed.started - 1, 0), { charge, runs }))',
  ),
  bug(
    'what a run costs is rounded up',
    'core/orders/runs.ts',
    'minus(upTo(run, order), upTo(run - 1, order))',
    'plus(upTo(1, order), run > 0 ? (1n as Money) : order.charge)',
  ),
  bug(
    'the next run is not written down with the one before it',
    'data/orders/start-runs.ts',
    '      due: dueLeg(order, nextAt),\n    })\n    switch',
    '    })\n    switch',
  ),
  bug(
    'an order is sent although its target was blocked since',
    'functions/workers/submit-order.ts',
    'if (isBlocked) return holdBack(order, uses, clock())',
    '',
  ),
  bug(
    'a refill is asked for although its target was blocked',
    'data/orders/request-refills.ts',
    "        if (blocked) throw refillRefused('target-blocked')\n",
    '',
  ),
  bug(
    'a refill is sent although its target was blocked since',
    'functions/workers/poll-orders-requests.ts',
    'if (await isUnwanted(claimed, uses, clock)) return uses.refills.holdBack(claimed, clock())',
    '',
  ),
  bug(
    'what is held back is paid back, and not taken out of the worker’s hands first',
    'functions/workers/submit-order.ts',
    '  await uses.orders.release(order, now)\n  await uses.withdrawing',
    '  await uses.withdrawing',
  ),
]
