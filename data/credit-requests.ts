import { GetCommand } from '@aws-sdk/lib-dynamodb'
import * as z from 'zod/mini'
import { type CustomerId, customerId, type StaffId, staffId } from '../core/ids.ts'
import { type Money, zero } from '../core/money.ts'
import type { Grant, Need } from '../core/need.ts'
import { Refusal } from '../core/refusals.ts'
import type { AuditRecord } from '../core/staff/audit.ts'
import { iso } from '../core/time.ts'
import { causes, type Entry } from '../core/wallet/entry.ts'
import { mayAudit, transactAudited } from './audit.ts'
import { causeLeg, entryLeg, movedBy } from './entries.ts'
import { type CreditRequestKey, keys } from './keys.ts'
import { queryAll } from './query.ts'
import { id, micros, time } from './read.ts'
import { table } from './table.ts'
import { append, type NamedLeg } from './transact.ts'
import { getWallet, receive } from './wallets.ts'

/** A credit that one person asked for and another has to agree to. It is there for as long as it waits. */
export interface CreditRequest {
  readonly customer: CustomerId
  readonly requestId: string
  readonly amount: Money
  readonly memo: string
  readonly by: StaffId
  readonly at: Date
}

const requestItem = z.object({
  customer: id(customerId),
  requestId: z.string(),
  amount: micros,
  memo: z.string(),
  by: id(staffId),
  at: time,
})

/** What asking takes. */
export const mayRequestCredits = [
  { on: 'table', actions: ['GetItem'], keys: ['CREDIT-REQUEST', 'CAUSE#*'] },
  { on: 'table', actions: ['PutItem'], keys: ['CREDIT-REQUEST'], onlyIn: 'TransactWriteItems' },
  { on: 'table', actions: ['ConditionCheckItem'], keys: ['CREDIT-REQUEST', 'WALLET#*', 'CAUSE#*'], onlyIn: 'TransactWriteItems' },
] as const satisfies readonly Grant[]

/**
 * Puts a credit before a second person. Asked again it is the same request, and is refused with another amount; where it
 * was decided on meanwhile, the answer is what came of it.
 */
export async function requestCredit(request: CreditRequest, audit: AuditRecord): Promise<'waits' | 'moved'> {
  const { customer, requestId, amount, memo, by, at } = request
  const cause = causes.staff('credit', requestId)
  const refused = await transactAudited({ ...audit, after: { ...audit.after, waits: true } }, at, {
    cause: { Check: { Key: keys.cause(customer, cause), ConditionExpression: 'attribute_not_exists(pk)' } },
    wallet: { Check: { Key: keys.wallet(customer), ConditionExpression: 'attribute_exists(pk)' } },
    request: append({ ...keys.creditRequest(request), customer, requestId, amount, memo, by, at: iso(at) }),
  })
  switch (refused) {
    case undefined:
      return 'waits'
    case 'cause':
      if ((await movedBy(customer, cause)) !== amount) throw new Refusal('request-id-reused')
      return 'moved'
    case 'wallet':
      throw new Refusal('customer-not-found')
    case 'request':
      if ((await getRequest(request))?.amount !== amount) throw new Refusal('request-id-reused')
      return 'waits'
  }
}

/** Holds while no such credit waits for a second person. */
export const notWaiting = (key: CreditRequestKey): NamedLeg => ({
  Check: { Key: keys.creditRequest(key), ConditionExpression: 'attribute_not_exists(pk)' },
})

async function getRequest(key: CreditRequestKey): Promise<CreditRequest | undefined> {
  const { db, name: TableName } = table()
  const { Item } = await db.send(new GetCommand({ TableName, Key: keys.creditRequest(key), ConsistentRead: true }))
  return Item && requestItem.parse(Item)
}

interface ReadCreditRequests {
  /** Those that wait, oldest first. */
  waiting(): Promise<CreditRequest[]>
  /** Refuses when it does not wait any more. */
  get(key: CreditRequestKey): Promise<CreditRequest>
}

export const readCreditRequests = {
  allow: [{ on: 'table', actions: ['GetItem', 'Query'], keys: ['CREDIT-REQUEST'] }],
  open: () => ({
    async waiting() {
      const requests: CreditRequest[] = []
      const { pk } = keys.creditRequest({ customer: customerId(''), requestId: '' })
      const found = queryAll({ KeyConditionExpression: 'pk = :pk', ExpressionAttributeValues: { ':pk': pk }, ConsistentRead: true })
      for await (const item of found) requests.push(requestItem.parse(item))
      return requests.sort((a, b) => a.at.getTime() - b.at.getTime())
    },
    async get(key) {
      const request = await getRequest(key)
      if (!request) throw new Refusal('credit-request-not-found')
      return request
    },
  }),
} satisfies Need<ReadCreditRequests>

interface DecideCredits {
  /** Moves the money, once. Refuses whoever asked for it. */
  agree(request: CreditRequest, by: StaffId, audit: AuditRecord, now: Date): Promise<void>
  /** Nothing moves, now or ever, for this request. Whoever asked may take it back this way. */
  decline(request: CreditRequest, audit: AuditRecord, now: Date): Promise<void>
}

export const decideCredits = {
  allow: [
    { on: 'table', actions: ['DeleteItem'], keys: ['CREDIT-REQUEST'], onlyIn: 'TransactWriteItems' },
    { on: 'table', actions: ['GetItem'], keys: ['WALLET#*'] },
    { on: 'table', actions: ['UpdateItem'], keys: ['WALLET#*'], onlyIn: 'TransactWriteItems' },
    { on: 'table', actions: ['PutItem'], keys: ['ENTRY#*', 'CAUSE#*'], onlyIn: 'TransactWriteItems' },
    ...mayAudit,
  ],
  open: () => ({
    async agree(request, by, audit, now) {
      if (request.by === by) throw new Refusal('not-on-oneself')
      const { customer, amount, memo } = request
      const movement: Entry = { ...movementOf(request, now), memo, by: request.by, agreedBy: by }
      for (;;) {
        const seen = await getWallet(customer)
        if (!seen) throw new Refusal('customer-not-found')
        const refused = await transactAudited(audit, now, {
          request: settled(request),
          cause: causeLeg(customer, movement),
          wallet: receive(seen, amount),
          entry: entryLeg(customer, movement),
        })
        if (refused === undefined) return
        // The debt changed in between: look again.
        if (refused !== 'wallet') throw decidedAlready(refused, movement)
      }
    },
    async decline(request, audit, now) {
      const nothing = { ...movementOf(request, now), amount: zero }
      const refused = await transactAudited(audit, now, { request: settled(request), cause: causeLeg(request.customer, nothing) })
      if (refused) throw decidedAlready(refused, nothing)
    },
  }),
} satisfies Need<DecideCredits>

const movementOf = ({ requestId, amount }: CreditRequest, at: Date): Entry => ({
  at,
  kind: 'credit',
  cause: causes.staff('credit', requestId),
  amount,
})

/** Gone in the same breath as what was decided, so that it is decided once. */
const settled = (request: CreditRequest): NamedLeg => ({
  Delete: {
    Key: keys.creditRequest(request),
    ConditionExpression: 'amount = :amount',
    ExpressionAttributeValues: { ':amount': request.amount },
  },
})

const decidedAlready = (refused: 'request' | 'cause' | 'entry', { cause }: Entry): Error =>
  refused === 'request'
    ? new Refusal('credit-request-not-found')
    : new Error(`the ${refused} of ${cause} is there, and the request waits still`)
