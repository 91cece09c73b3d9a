import { createHash } from 'node:crypto'
import { GetCommand } from '@aws-sdk/lib-dynamodb'
import * as z from 'zod/mini'
import type { Service } from '../../core/catalogue/service.ts'
import { type CustomerId, orderId, type ServiceId } from '../../core/ids.ts'
import { type Money, negative, zero } from '../../core/money.ts'
import type { Need } from '../../core/need.ts'
import type { Order } from '../../core/orders/order.ts'
import { type Ask, type Quote, quote } from '../../core/orders/quote.ts'
import { newFeed } from '../../core/orders/runs.ts'
import { type Binding, bindingAt } from '../../core/policy/binding.ts'
import { Refusal } from '../../core/refusals.ts'
import { causes } from '../../core/wallet/entry.ts'
import { getBindings } from '../bindings.ts'
import { checkBlocks } from '../blocked.ts'
import { entryLeg } from '../entries.ts'
import { keys } from '../keys.ts'
import { nextOrderId } from '../numbers.ts'
import { numberId } from '../read.ts'
import { getService } from '../services.ts'
import { settings } from '../settings.ts'
import { table } from '../table.ts'
import { append, transact } from '../transact.ts'
import { charge, getWallet } from '../wallets.ts'
import { dueLeg } from './due-orders.ts'
import { findSlots, slotLegs } from './feed-slots.ts'
import { newOrderItems, readOrder } from './item.ts'
import { type Holder, holderOf, takeTarget } from './targets.ts'

/** An order somebody wants placed. */
export interface Placement {
  readonly customer: CustomerId
  readonly serviceId: ServiceId
  readonly ask: Ask
  /** The caller's idempotency key: the same key with the same order is the same order, for good. */
  readonly requestId?: string | undefined
  readonly at: Date
}

interface PlaceOrders {
  /**
   * Prices the order by the service's own rate, takes the price, writes why, and records the order: all or none, in one
   * write. The same `requestId` again answers the first order, whatever has become of the service or the balance since;
   * with another order it is refused. `read` is what the caller has just read.
   */
  place(placement: Placement, read?: PlacingRead): Promise<Order>
}

/** What an order depends on besides its customer. */
export interface PlacingRead {
  readonly service: Service | undefined
  readonly bindings: readonly Binding[]
}

export const placeOrders = {
  allow: [
    ...checkBlocks.allow,
    { on: 'table', actions: ['GetItem'], keys: ['CATALOGUE', 'WALLET#*', 'REQUEST#*', 'ORDER#*', 'TARGET#*', 'BINDING'] },
    {
      on: 'table',
      actions: ['PutItem'],
      keys: ['ORDER#*', 'PAYLOAD#*', 'REQUEST#*', 'ENTRY#*', 'TARGET#*', 'DUE#*', 'FEED-SLOT#*'],
      onlyIn: 'TransactWriteItems',
    },
    // Only for an order in runs: which of its customer's slots are free.
    { on: 'table', actions: ['Query'], keys: ['FEED-SLOT#*'] },
    { on: 'table', actions: ['BatchGetItem'], keys: ['ORDER#*'] },
    { on: 'table', actions: ['UpdateItem'], keys: ['WALLET#*'], onlyIn: 'TransactWriteItems' },
    { on: 'table', actions: ['UpdateItem'], keys: ['COUNTER'] },
    { on: 'table', actions: ['PutItem'], keys: ['BLOCK'] },
  ],
  open: () => ({
    async place(placement: Placement, read?: PlacingRead) {
      try {
        const { service, bindings } = read ?? (await readFor(placement))
        if (!service) throw new Refusal('service-not-found')
        const quoted = quote(service, placement.ask, settings.open())
        await checkBlocks.open().refuse(quoted.link)
        return await write(placement, service, quoted, bindingAt(bindings, placement.at))
      } catch (error) {
        const earlier = error instanceof Refusal ? await placedBefore(placement) : undefined
        if (!earlier) throw error
        return earlier
      }
    },
  }),
} satisfies Need<PlaceOrders>

async function readFor({ serviceId }: Placement): Promise<PlacingRead> {
  const [service, bindings] = await Promise.all([getService(serviceId), getBindings()])
  return { service, bindings }
}

async function write(placement: Placement, service: Service, quoted: Quote, bound: number | undefined): Promise<Order> {
  const { customer, requestId, at } = placement
  let over: Holder | undefined
  for (;;) {
    const order = newOrder(placement, service, quoted, await nextOrderId(at))
    const items = newOrderItems(order, quoted.link, quoted.comments)
    const slots = order.feed && quoted.pace ? await findSlots(customer, quoted.pace) : []
    const refused = await transact({
      ...(requestId === undefined
        ? {}
        : { request: append({ ...keys.request(customer, requestId), orderId: order.orderId, of: fingerprint(placement) }) }),
      ...(service.denyDuplicates ? { target: takeTarget(service, quoted.link, order, at, over) } : {}),
      wallet: charge(customer, quoted.charge, bound),
      order: append(items.order),
      entry: entryLeg(customer, {
        at,
        kind: 'order',
        cause: causes.order(order.orderId),
        amount: negative(quoted.charge),
        orderId: order.orderId,
      }),
      ...(items.payload ? { payload: append(items.payload) } : {}),
      ...slotLegs(slots, order),
      ...(order.feed ? { due: dueLeg(order, order.feed.nextAt) } : {}),
    })
    switch (refused) {
      case undefined:
        return readOrder(items.order)
      case 'request':
        throw new Refusal('request-id-reused')
      case 'target':
        over = await whoIsOver(service, quoted.link)
        continue
      case 'wallet': {
        const why = await whyNotCharged(customer, quoted.charge, bound)
        if (why) throw why
        continue // Money came in, or the terms were accepted, in between.
      }
      case 'order':
        continue // The number is taken, as it can be after a restore: another one.
      case 'entry':
      case 'payload':
      case 'due':
        throw new Error(`the ${refused} of order ${order.orderId} exists without its order`)
      default:
        continue // Another order took the slot: another one, if there is one.
    }
  }
}

/** Runs that the provider does not see to itself are started here: such an order is under way from the beginning. */
function newOrder({ customer, at }: Placement, service: Service, { pace, ...quoted }: Quote, number: Order['orderId']) {
  const isFeed = pace !== undefined && !service.source.dripFeed
  return {
    orderId: number,
    customerId: customer,
    serviceId: service.serviceId,
    type: quoted.type,
    quantity: quoted.quantity,
    charge: quoted.charge,
    refunded: zero,
    // What is lost of an order in runs is refilled run by run.
    ...(service.refillDays > 0 && !isFeed ? { refillDays: service.refillDays } : {}),
    state: isFeed ? ('in-progress' as const) : ('accepted' as const),
    acceptedAt: at,
    changedAt: at,
    providerId: service.source.providerId,
    providerServiceId: service.source.providerServiceId,
    ...pace,
    ...(isFeed ? { feed: newFeed(at) } : {}),
  }
}

/** The order in whose place the target may be taken; refuses while that order is under way. */
async function whoIsOver(service: Service, link: string): Promise<Holder | undefined> {
  const { holder, isOpen } = await holderOf(service, link)
  if (isOpen) throw new Refusal('link-taken')
  return holder
}

async function whyNotCharged(customer: CustomerId, amount: Money, bound = 0): Promise<Refusal | undefined> {
  const wallet = await getWallet(customer)
  if (!wallet) return new Refusal('customer-not-found')
  if (!wallet.active) return new Refusal('account-suspended')
  if ((wallet.accepted ?? 0) < bound) return new Refusal('policy-not-accepted', { version: bound })
  return wallet.available < amount ? new Refusal('insufficient-funds') : undefined
}

const requestItem = z.object({ orderId: numberId(orderId), of: z.string() })

/** The order that this idempotency key placed; undefined when it placed none, or another order. */
async function placedBefore(placement: Placement): Promise<Order | undefined> {
  if (placement.requestId === undefined) return undefined
  const { db, name: TableName } = table()
  const request = await db.send(
    new GetCommand({ TableName, Key: keys.request(placement.customer, placement.requestId), ConsistentRead: true }),
  )
  if (!request.Item) return undefined
  const { orderId: number, of } = requestItem.parse(request.Item)
  if (of !== fingerprint(placement)) return undefined
  const { Item } = await db.send(new GetCommand({ TableName, Key: keys.order(placement.customer, number), ConsistentRead: true }))
  return readOrder(Item)
}

/** What an idempotency key was used for, so that the same key cannot buy something else. */
function fingerprint({ serviceId, ask }: Placement): string {
  const interval = ask.interval === undefined ? [] : [ask.interval]
  return createHash('sha256')
    .update(
      JSON.stringify([serviceId, ask.link ?? null, ask.quantity ?? null, ask.comments ?? null, ask.runs ?? null, ...interval]),
    )
    .digest('base64url')
}
