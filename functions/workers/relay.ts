import { isDeepStrictEqual } from 'node:util'
import * as z from 'zod/mini'
import { changeOf } from '../../core/catalogue/changes.ts'
import type { SellingRules } from '../../core/catalogue/is-sold.ts'
import { isManual } from '../../core/catalogue/manual.ts'
import { customerId, keyHash, keyId, orderId, providerId, taskId, ticketId } from '../../core/ids.ts'
import { epochSeconds } from '../../core/time.ts'
import { keepFeed, type Told } from '../../data/feed.ts'
import { type RunNews, tellOfRuns } from '../../data/orders/due-orders.ts'
import { readServiceIfAny } from '../../data/services.ts'
import { settings } from '../../data/settings.ts'
import { type Change, readChange } from '../../data/stream.ts'
import type { MessageOf, RequestMessage } from '../../outside/queues/messages.ts'
import {
  archivesQueue,
  erasuresQueue,
  keysQueue,
  mailQueue,
  pollQueue,
  publishQueue,
  submitQueue,
  tasksQueue,
} from '../../outside/queues/send.ts'
import { logAlarm } from '../kit/log.ts'
import { workStream } from '../kit/work.ts'
import { streamWorker } from '../kit/worker.ts'

const run = z.object({
  customerId: z.string(),
  runOf: z.object({ order: z.int(), run: z.int() }),
  state: z.string(),
  remains: z.optional(z.number()),
  refunded: z.union([z.number(), z.bigint()]),
})
const newOrder = z.object({ customerId: z.string(), orderId: z.int(), providerId: z.string(), feed: z.optional(z.unknown()) })
const newTask = z.object({ taskId: z.string(), providerId: z.string() })
/** Of a refill or a cancellation, what it takes to see whether its provider is to be told of it. */
const newRequest = z.object({
  customerId: z.string(),
  orderId: z.int(),
  nth: z.optional(z.int()),
  providerId: z.string(),
  state: z.string(),
  askedOf: z.string(),
})
const key = z.object({ keyId: z.string() })
const newMessage = z.object({ author: z.enum(['customer', 'sender', 'staff']) })
/** Not one that is erased again after a restore: its owner was told long ago. */
const newClosure = z.object({
  customerId: z.pipe(z.string(), z.transform(customerId)),
  eraseAt: z.string(),
  state: z.literal('grace'),
})
const newArchive = z.object({ customerId: z.pipe(z.string(), z.transform(customerId)), at: z.string() })

/** What the table's stream sets going. The stream is the outbox: nothing is saved first and sent after. */
export const relay = streamWorker({
  name: 'workers.relay',
  summary:
    'Hands on what was written: orders to submit, refills and cancellations to forward, tasks to do, keys and catalogues to publish, changes of services to tell, answers of support and closed accounts to mail, what is written about erased accounts',
  on: {
    kind: 'stream',
    batchSize: 100,
    prefixes: [
      'ORDER#',
      'REFILL#',
      'CANCEL#',
      'TASK#',
      'MESSAGE#',
      'INQUIRY-MESSAGE#',
      'KEY#',
      'CATALOGUE',
      'CATEGORY',
      'ENTRY#',
      'AUDIT#',
      'AUDITED#',
      'AUDIT-HEAD',
      'ARCHIVE',
      'CLOSURE',
    ],
    // Every order moves a wallet: only those of accounts that were erased are of interest.
    expiring: ['WALLET#'],
  },
  failing: {
    hurts: 'paid orders are sent a minute late, by the sweeper; prices, changes and new keys are not published',
    runbook: 'relay-behind',
  },
  timeoutSeconds: 60,
  read: readChange,
  uses: {
    submit: submitQueue,
    requests: pollQueue,
    tasks: tasksQueue,
    publish: publishQueue,
    keys: keysQueue,
    archives: archivesQueue,
    erasures: erasuresQueue,
    mail: mailQueue,
    feed: keepFeed,
    runs: tellOfRuns,
    settings,
  },

  async run({ changes, uses }) {
    const added = changes.filter(({ kind }) => kind === 'added')
    await uses.submit.send(
      added
        .filter(of('ORDER#'))
        .flatMap(({ item }) => orderOf(item))
        .filter((order) => !isManual(order)),
      ({ providerId }) => providerId,
    )
    await uses.requests.send(
      changes.filter((change) => of('REFILL#')(change) || of('CANCEL#')(change)).flatMap(toForward),
      ({ providerId }) => providerId,
    )
    await uses.runs.tell(changes.filter(of('ORDER#')).flatMap(runNews))
    await uses.tasks.send(added.filter(of('TASK#')).map(({ item }) => taskOf(item)))
    await uses.mail.send(added.filter((one) => of('MESSAGE#')(one) || of('INQUIRY-MESSAGE#')(one)).flatMap(answerOf))
    await uses.mail.send(added.filter(of('CLOSURE')).flatMap(closedAccount))
    await uses.keys.send(changes.filter(of('KEY#')).flatMap(keyChange))
    await uses.archives.send(added.filter(of('ARCHIVE')).map(({ item }) => newArchive.parse(item)))
    await uses.erasures.send(late(changes))
    if (changes.some((change) => of('CATALOGUE')(change) || of('CATEGORY')(change)))
      await uses.publish.send([{ because: 'services-changed' }])
    await uses.feed.tell(changes.filter(of('CATALOGUE')).flatMap((change) => serviceChange(change, uses.settings)))
    // Nobody may change or remove these: IAM forbids it to every role, and here it would be seen.
    const rewritten = changes.filter(isRewritten)
    if (rewritten.length > 0) logAlarm('ledger rewritten', { items: rewritten.length })
  },
})

/**
 * What may become of an entry or a record: it is given an expiry date, or none again, and the words of its memo are cut
 * (P-RET-2). And when that date has come, it goes.
 */
function isErasure({ kind, was = {}, item = {}, at }: Change): boolean {
  if (kind === 'removed') return typeof was['expiresAt'] === 'number' && was['expiresAt'] <= epochSeconds(at)
  const { expiresAt: _, memo: before, ...rest } = was
  const { expiresAt: __, memo: after, ...now } = item
  return isDeepStrictEqual(rest, now) && (after === before || after === undefined)
}

/** Of what is kept of an erased account, what changes by itself; of no other account these have an expiry date. */
const keptOfErased = ['WALLET#', 'ORDER#', 'REFILL#', 'CANCEL#']
const record = z.object({ on: z.string() })

/** Who may have been erased before this was written (P-RET-2), each once: the eraser looks. */
function late(changes: readonly Change[]): MessageOf<'erasures'>[] {
  const customers = new Set<string>()
  const orders = new Set<number>()
  for (const change of changes) {
    const { kind, pk, was = {}, item = {} } = change
    if (kind === 'added' && of('AUDITED#')(change)) {
      const { on } = record.parse(item)
      const [, customer, signalled, order] = /^(?:customer ([^\s,]+)|signal .* ([\da-f-]{36})$|order (\d{1,10})$)/.exec(on) ?? []
      for (const one of [customer, signalled]) if (one !== undefined) customers.add(one)
      if (order !== undefined) orders.add(Number(order))
    }
    if (kind === 'changed' && was['expiresAt'] !== undefined && keptOfErased.some((kept) => of(kept)(change))) {
      const { expiresAt: _, ...before } = was
      const { expiresAt: __, ...after } = item
      if (!isDeepStrictEqual(before, after)) customers.add(pk.slice(pk.indexOf('#') + 1))
    }
  }
  return [
    ...[...customers].map((customer) => ({ customerId: customerId(customer) })),
    ...[...orders].map((order) => ({ orderId: orderId(order) })),
  ]
}

/** The head moves on with every record, and is never taken away: without it the trail would begin anew, and nothing before it be missed. */
const isRewritten = (change: Change): boolean =>
  change.kind !== 'added' &&
  (((of('ENTRY#')(change) || of('AUDITED#')(change)) && !isErasure(change)) ||
    of('AUDIT#')(change) ||
    (change.kind === 'removed' && of('AUDIT-HEAD')(change)))

const of =
  (prefix: string) =>
  (change: Pick<Change, 'pk'>): boolean =>
    change.pk === prefix || (prefix.endsWith('#') && change.pk.startsWith(prefix))

/** Nothing for an order whose runs are started here: each of them is an order that is sent. */
function orderOf(item: unknown): MessageOf<'submit'>[] {
  const order = newOrder.parse(item)
  if (order.feed !== undefined) return []
  return [{ customerId: customerId(order.customerId), orderId: orderId(order.orderId), providerId: providerId(order.providerId) }]
}

/** What has become of a run, for the order it belongs to. */
function runNews({ kind, was, item, at, sequence }: Change): RunNews[] {
  const [before, after] = [z.safeParse(run, was), z.safeParse(run, item)]
  if (kind !== 'changed' || !before.success || !after.success) return []
  const { state, remains, refunded, runOf, customerId: customer } = after.data
  const isSame = state === before.data.state && remains === before.data.remains && refunded === before.data.refunded
  return isSame ? [] : [{ customerId: customerId(customer), orderId: orderId(runOf.order), run: runOf.run, at, sequence }]
}

/** One that is new to be forwarded. What was tried and put back is the sweeper's, so that nobody tries without a pause. */
function toForward({ item, was }: Change): RequestMessage[] {
  const now = z.safeParse(newRequest, item).data
  if (now?.state !== 'pending' || now.askedOf !== 'provider') return []
  const before = z.safeParse(newRequest, was).data
  if (before?.askedOf === 'provider' && before.state !== 'refused' && before.state !== 'over') return []
  const named = { customerId: customerId(now.customerId), orderId: orderId(now.orderId), providerId: providerId(now.providerId) }
  return [now.nth === undefined ? { kind: 'cancel', ...named } : { kind: 'refill', ...named, nth: now.nth }]
}

function taskOf(item: unknown) {
  const wanted = newTask.parse(item)
  return { taskId: taskId(wanted.taskId), providerId: providerId(wanted.providerId) }
}

/** What staff answered, for whoever asked to hear of. */
function answerOf({ pk, sk, item }: Change): MessageOf<'mail'>[] {
  if (newMessage.parse(item).author !== 'staff') return []
  if (of('INQUIRY-MESSAGE#')({ pk }))
    return [{ template: 'inquiry-answered', inquiryId: pk.slice('INQUIRY-MESSAGE#'.length), message: sk }]
  return [{ template: 'ticket-answered', to: customerId(pk.slice('MESSAGE#'.length)), ticketId: ticketId(Number(sk.slice(0, 10))) }]
}

/** Told by its own item: whoever closed the account, and was cut off, has closed it, and somebody else may have been at it. */
function closedAccount({ item }: Change): MessageOf<'mail'>[] {
  const closure = z.safeParse(newClosure, item).data
  return closure ? [{ template: 'account-closed', to: closure.customerId, at: closure.eraseAt }] : []
}

function serviceChange({ was, item, at, sequence }: Change, rules: SellingRules): Told[] {
  const change = changeOf(readServiceIfAny(was), readServiceIfAny(item), rules)
  return change ? [{ ...change, at, sequence }] : []
}

function keyChange({ kind, pk, item, was }: Change): MessageOf<'keys'>[] {
  if (kind === 'changed') return []
  const id = keyId(key.parse(item ?? was).keyId)
  return [{ hash: keyHash(pk.slice('KEY#'.length)), keyId: id, change: kind === 'added' ? 'created' : 'revoked' }]
}

export const handler = workStream(relay)
