import { GetCommand } from '@aws-sdk/lib-dynamodb'
import * as z from 'zod/mini'
import { type CustomerId, customerId } from '../../core/ids.ts'
import type { Money } from '../../core/money.ts'
import type { Need } from '../../core/need.ts'
import { orderGroups } from '../../core/orders/states.ts'
import { datesOf, firstStep, type Obstacle, obstaclesOf, type Periods } from '../../core/privacy/erasing.ts'
import { Refusal } from '../../core/refusals.ts'
import type { AuditRecord } from '../../core/staff/audit.ts'
import { iso } from '../../core/time.ts'
import type { Wallet } from '../../core/wallet/wallet.ts'
import { mayAudit, transactAudited } from '../audit.ts'
import type { Customer } from '../customers.ts'
import { keys } from '../keys.ts'
import { pagesOf, queryAll } from '../query.ts'
import { id, micros, time } from '../read.ts'
import { table } from '../table.ts'
import { append, type NamedLeg, transact } from '../transact.ts'
import { getWallet } from '../wallets.ts'
import { type Asked, askedLegs, mayNoteAsked } from './asked.ts'

/** An account that is closed and not erased yet. */
export interface Closure {
  readonly customerId: CustomerId
  readonly closedAt: Date
  /** Until then its owner may keep it. */
  readonly eraseAt: Date
  /** Until then its transaction records are kept. */
  readonly recordsUntil: Date
  /** The balance that its owner gave up: taken when the account is erased, and not before. */
  readonly givesUp: Money
  /** The day the account began: nothing about it is older. */
  readonly since: string
  readonly state: 'grace' | 'erasing'
  /** Kept, it is suspended again. */
  readonly wasSuspended?: boolean | undefined
  /** Its suspended owner closed it: nothing is erased before staff have looked whether the law needs it kept (P-USE-3). */
  readonly awaitsStaff?: boolean | undefined
  /** What keeps it from being erased although its time has come. */
  readonly waitsFor?: string | undefined
  /** Where the erasure is: its step, and the last sort key of it that is done. */
  readonly step: string
  readonly after?: string | undefined
  /** The day up to which the trail was looked through, once it was. */
  readonly trailTo?: string | undefined
}

const closureItem = z.object({
  customerId: id(customerId),
  closedAt: time,
  eraseAt: time,
  recordsUntil: time,
  givesUp: micros,
  since: z.string(),
  state: z.enum(['grace', 'erasing']),
  wasSuspended: z.optional(z.boolean()),
  awaitsStaff: z.optional(z.boolean()),
  waitsFor: z.optional(z.string()),
  step: z.string(),
  after: z.optional(z.string()),
  trailTo: z.optional(z.string()),
})
export const readClosure = (item: unknown): Closure => closureItem.parse(item)

export const newClosureItem = (closure: Closure) => ({
  ...keys.closure(closure.customerId),
  ...closure,
  closedAt: iso(closure.closedAt),
  eraseAt: iso(closure.eraseAt),
  recordsUntil: iso(closure.recordsUntil),
})

export async function getClosure(customer: CustomerId): Promise<Closure | undefined> {
  const { db, name: TableName } = table()
  const { Item } = await db.send(new GetCommand({ TableName, Key: keys.closure(customer), ConsistentRead: true }))
  return Item && readClosure(Item)
}

interface ReadClosures {
  get(customer: CustomerId): Promise<Closure | undefined>
  /** Every account that is closed and not erased, in no order. */
  all(): Promise<Closure[]>
}

export const readClosures = {
  allow: [{ on: 'table', actions: ['GetItem', 'Query'], keys: ['CLOSURE'] }],
  open: () => ({
    get: getClosure,
    async all() {
      const all: Closure[] = []
      const found = queryAll({ KeyConditionExpression: 'pk = :pk', ExpressionAttributeValues: { ':pk': 'CLOSURE' } })
      for await (const item of found) all.push(readClosure(item))
      return all
    },
  }),
} satisfies Need<ReadClosures>

/** What an account stands at, for whoever wants to close it. */
export interface Standing {
  readonly wallet: Wallet
  readonly openOrders: number
  readonly creditsWaiting: number
  readonly obstacles: readonly Obstacle[]
}

const mayLook = [
  { on: 'table', actions: ['GetItem'], keys: ['WALLET#*'] },
  { on: 'table', actions: ['Query'], keys: ['ORDER#*', 'CREDIT-REQUEST'] },
] as const

/** Orders that are looked through while somebody waits, the newest first: 20 MB of them, or so. */
const soonEnough = 20_000

/** `most` of a customer's orders are looked through; before anything is erased it is all of them. */
export async function standingOf(customer: CustomerId, most?: number): Promise<Standing> {
  const wallet = await getWallet(customer)
  if (!wallet) throw new Refusal('customer-not-found')
  const standing = { wallet, openOrders: await countOpenOrders(customer, most), creditsWaiting: await countCredits(customer) }
  return { ...standing, obstacles: obstaclesOf(standing) }
}

async function countOpenOrders(customer: CustomerId, most?: number): Promise<number> {
  const open = orderGroups.active
  const query = {
    KeyConditionExpression: 'pk = :pk',
    FilterExpression: `#state IN (${open.map((_, index) => `:open${index}`).join(', ')})`,
    ProjectionExpression: 'pk',
    ExpressionAttributeNames: { '#state': 'state' },
    ExpressionAttributeValues: {
      ':pk': `ORDER#${customer}`,
      ...Object.fromEntries(open.map((state, index) => [`:open${index}`, state])),
    },
    ConsistentRead: true,
    ScanIndexForward: false,
    Limit: most,
  }
  let found = 0
  let looked = 0
  for await (const page of pagesOf(query)) {
    found += page.Count ?? 0
    looked += page.ScannedCount ?? 0
    if (most !== undefined && looked >= most) break
  }
  return found
}

const countCredits = (customer: CustomerId): Promise<number> =>
  count({
    KeyConditionExpression: 'pk = :pk AND begins_with(sk, :owner)',
    ExpressionAttributeValues: { ':pk': 'CREDIT-REQUEST', ':owner': `${customer} ` },
  })

async function count(query: Parameters<typeof queryAll>[0]): Promise<number> {
  let found = 0
  for await (const _ of queryAll(query)) found++
  return found
}

interface ReadStandings {
  of(customer: CustomerId): Promise<Standing>
}

export const readStandings = {
  allow: mayLook,
  open: () => ({ of: (customer) => standingOf(customer, soonEnough) }),
} satisfies Need<ReadStandings>

type Account = Pick<Customer, 'customerId' | 'createdAt' | 'status'>

interface CloseAccounts {
  /**
   * From its next step on the account does nothing any more but be kept. Refuses where something is still under way, and
   * where the balance is not the one that is given up. Nothing can be ordered in between: what was seen of the wallet must
   * still be so. Where it is suspended, staff decide before anything is erased. Closed already, by a try that was cut off or by
   * another at the same moment, it is that closing.
   */
  close(account: Account, givesUp: Money, periods: Periods, now: Date): Promise<Closure>
}

const mayClose = [
  ...mayLook,
  { on: 'table', actions: ['UpdateItem'], keys: ['CUSTOMER#*', 'WALLET#*'], onlyIn: 'TransactWriteItems' },
  { on: 'table', actions: ['PutItem'], keys: ['CLOSURE'], onlyIn: 'TransactWriteItems' },
] as const

export const closeAccounts = {
  allow: [...mayClose, { on: 'table', actions: ['GetItem'], keys: ['CLOSURE'] }],
  open: () => ({
    async close(account, givesUp, periods, now) {
      const begun = await getClosure(account.customerId)
      if (begun) return begun
      const { closure, legs } = await closing(account, givesUp, periods, now)
      const awaiting = closure.wasSuspended ? { ...closure, awaitsStaff: true } : closure
      const refused = await transact({ ...legs, closure: append(newClosureItem(awaiting)) })
      const other = refused === undefined ? undefined : await getClosure(account.customerId)
      if (other) return other
      refuseClosing(refused)
      return awaiting
    },
  }),
} satisfies Need<CloseAccounts>

interface CloseForCustomers {
  /** The same by staff, for a customer who asked for it. Written with `audit`, and as a note in the ticket where it was asked. */
  close(account: Account, givesUp: Money, periods: Periods, asked: Asked, now: Date): Promise<Closure>
}

export const closeForCustomers = {
  allow: [...mayClose, ...mayNoteAsked],
  open: () => ({
    async close(account, givesUp, periods, asked, now) {
      const { closure, legs } = await closing(account, givesUp, periods, now)
      const note = await askedLegs(account.customerId, asked, now)
      refuseClosing(await transactAudited(asked.audit, now, { ...legs, closure: append(newClosureItem(closure)), ...note }))
      return closure
    },
  }),
} satisfies Need<CloseForCustomers>

/** What closing it would write, if nothing stands in the way. */
async function closing({ customerId, createdAt, status }: Account, givesUp: Money, periods: Periods, now: Date) {
  if (status === 'closed') throw new Refusal('account-closed')
  const { wallet, obstacles } = await standingOf(customerId, soonEnough)
  if (obstacles.length > 0) throw new Refusal('closure-obstructed')
  if (wallet.available !== givesUp) throw new Refusal('balance-not-given-up')
  const closure: Closure = {
    customerId,
    closedAt: now,
    ...datesOf(now, periods),
    givesUp,
    since: iso(createdAt).slice(0, 10),
    state: 'grace',
    ...(status === 'suspended' ? { wasSuspended: true } : {}),
    step: firstStep,
  }
  const legs = {
    account: statusFromTo(customerId, status, 'closed'),
    wallet: {
      Update: {
        Key: keys.wallet(customerId),
        UpdateExpression: 'SET active = :false',
        ConditionExpression: 'active = :active AND movements = :seen',
        ExpressionAttributeValues: { ':false': false, ':active': status === 'active', ':seen': wallet.movements },
      },
    },
  }
  return { closure, legs }
}

function refuseClosing(refused: string | undefined): void {
  // Suspended, or let go on, at this very moment.
  if (refused === 'account') throw new Refusal('changed-meanwhile')
  if (refused !== undefined) throw new Refusal('closure-obstructed')
}

interface KeepAccounts {
  isClosed(customer: CustomerId): Promise<boolean>
  /**
   * The account goes on as if it had not been closed: suspended, if it was. Refuses where it is not closed, and once its
   * erasure has begun.
   */
  keep(customer: CustomerId): Promise<void>
}

export const keepAccounts = {
  allow: [
    { on: 'table', actions: ['GetItem'], keys: ['CLOSURE'] },
    { on: 'table', actions: ['UpdateItem'], keys: ['CUSTOMER#*', 'WALLET#*'], onlyIn: 'TransactWriteItems' },
    { on: 'table', actions: ['DeleteItem'], keys: ['CLOSURE'], onlyIn: 'TransactWriteItems' },
  ],
  open: () => ({
    isClosed: async (customer) => (await getClosure(customer)) !== undefined,
    async keep(customer) {
      const closure = await getClosure(customer)
      if (!closure) throw new Refusal('account-not-closed')
      const active = !closure.wasSuspended
      const refused = await transact({
        closure: {
          Delete: {
            Key: keys.closure(customer),
            ConditionExpression: '#state = :grace AND closedAt = :seen',
            ExpressionAttributeNames: { '#state': 'state' },
            ExpressionAttributeValues: { ':grace': 'grace', ':seen': iso(closure.closedAt) },
          },
        },
        account: statusFromTo(customer, 'closed', active ? 'active' : 'suspended'),
        wallet: {
          Update: {
            Key: keys.wallet(customer),
            UpdateExpression: 'SET active = :active',
            ConditionExpression: 'attribute_exists(pk)',
            ExpressionAttributeValues: { ':active': active },
          },
        },
      })
      if (refused) throw new Refusal((await getClosure(customer)) ? 'erasure-begun' : 'account-not-closed')
    },
  }),
} satisfies Need<KeepAccounts>

const statusFromTo = (customer: CustomerId, from: string, to: string): NamedLeg => ({
  Update: {
    Key: keys.customer(customer),
    UpdateExpression: 'SET #status = :to',
    ConditionExpression: '#status = :from',
    ExpressionAttributeNames: { '#status': 'status' },
    ExpressionAttributeValues: { ':from': from, ':to': to },
  },
})

interface DecideErasures {
  /** Nothing of the account is needed any more: it is erased when its time comes. Written with `audit`. */
  let(customer: CustomerId, audit: AuditRecord, now: Date): Promise<void>
}

/** Staff have looked at what a suspended customer closed (P-USE-3). */
export const decideErasures = {
  allow: [{ on: 'table', actions: ['UpdateItem'], keys: ['CLOSURE'], onlyIn: 'TransactWriteItems' }, ...mayAudit],
  open: () => ({
    async let(customer, audit, now) {
      const refused = await transactAudited(audit, now, {
        closure: {
          Update: {
            Key: keys.closure(customer),
            UpdateExpression: 'REMOVE awaitsStaff, waitsFor',
            ConditionExpression: 'awaitsStaff = :true',
            ExpressionAttributeValues: { ':true': true },
          },
        },
      })
      if (refused) throw new Refusal('erasure-not-waiting')
    },
  }),
} satisfies Need<DecideErasures>
