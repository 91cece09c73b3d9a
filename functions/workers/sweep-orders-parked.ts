import type { Exchange } from '../../core/catalogue/exchange.ts'
import type { ProviderId } from '../../core/ids.ts'
import type { Opened } from '../../core/need.ts'
import type { Order } from '../../core/orders/order.ts'
import { type Earlier, hasWaited, isToldSince, mayBeFree, needOf, type Told } from '../../core/orders/parking.ts'
import { readBalanceAmount } from '../../core/providers/balance.ts'
import { type Line, newLine, takesOrders } from '../../core/providers/line.ts'
import { later } from '../../core/time.ts'
import { sweepOrders } from '../../data/orders/sweep-orders.ts'
import { type ProviderBalance, readBalances } from '../../data/provider-balances.ts'
import { readLines } from '../../data/provider-lines.ts'
import type { Provider } from '../../data/providers.ts'
import { submitQueue, tasksQueue } from '../../outside/queues/send.ts'
import { measure } from '../kit/measure.ts'
import type { Clock } from '../kit/worker.ts'

/** Parked orders of one provider that one sweep looks at, at most; the next goes on where it left off. */
const mostLookedAt = 1_000
/** After this much of a sweep no further order is looked at: the rest has its time, too. */
const lookingSeconds = 75

/** How often a provider without funds is asked for its balance, while orders wait for it. */
const balanceSeconds = 100

export const parkedUses = {
  orders: sweepOrders,
  lines: readLines,
  balances: readBalances,
  submit: submitQueue,
  tasks: tasksQueue,
}
type Uses = Opened<typeof parkedUses>

/**
 * Sends on what no longer has to wait. Answers when the oldest that still waits was accepted. However many wait, each provider
 * has its turn: another one is first every minute, and none is looked through for longer than the others.
 */
export async function sweepParked(providers: readonly Provider[], uses: Uses, now: Date, clock: Clock): Promise<Date | undefined> {
  const [lines, balances, places] = await Promise.all([uses.lines.all(now), uses.balances.all(), uses.orders.leftAt()])
  const endsAt = later(now, lookingSeconds)
  const first = Math.floor(now.getTime() / 60_000) % Math.max(providers.length, 1)
  let oldest: Date | undefined
  let outOfFunds = 0
  for (const provider of [...providers.slice(first), ...providers.slice(0, first)]) {
    const { providerId } = provider
    const look = newLook(provider, lines.get(providerId), balances.get(providerId))
    const from = places.get(providerId)
    const left = await lookThrough(look, from, endsAt, uses, now, clock)
    const waits = from === undefined ? look.oldest : (await uses.orders.firstParked(providerId))?.acceptedAt
    if (waits && (!oldest || waits < oldest)) oldest = waits
    if (left !== from) await uses.orders.leaveAt(providerId, left)
    if (!look.funds.isWanted) continue
    outOfFunds++
    // Whoever tops it up does not wait for the next time that it would be asked for.
    if (isOld(look.funds.askedAt, now)) await uses.tasks.send([{ providerId, due: 'balance' }], () => providerId)
  }
  // Whoever set no warning is told all the same, once, until its orders go on.
  measure('ProvidersLowOnFunds', outOfFunds)
  return oldest
}

/** What one sweep knows of one provider's parked orders. */
interface Look {
  readonly providerId: ProviderId
  readonly funds: Funds
  /** How many more it takes now. */
  left: number
  /** What was found for each target: many orders for one are one question. */
  readonly earlier: Map<string, Earlier>
  /** When the first that waits was accepted. */
  oldest: Date | undefined
}

function newLook(provider: Provider, line: Line | undefined, balance: ProviderBalance | undefined): Look {
  const takes = provider.status === 'active' ? takesOrders(line ?? newLine) : 'none'
  return {
    providerId: provider.providerId,
    funds: fundsOf(provider, balance),
    left: takes === 'all' ? Number.POSITIVE_INFINITY : takes === 'one' ? 1 : 0,
    earlier: new Map(),
    oldest: undefined,
  }
}

/** Answers where it left off; undefined when it came round. */
async function lookThrough(look: Look, from: string | undefined, endsAt: Date, uses: Uses, now: Date, clock: Clock) {
  let looked = 0
  for await (const { order, place } of uses.orders.parked(look.providerId, from)) {
    if (looked === mostLookedAt || clock() > endsAt) return place
    looked++
    if (order.state !== 'parked') continue
    look.oldest ??= order.acceptedAt
    if (order.reason === 'out-of-funds') look.funds.isWanted = true
    if (look.left === 0 || !(await mayGoOn(order, look, uses, now)) || !(await uses.orders.resume(order, now))) continue
    look.left--
    const { customerId, orderId, providerId } = order
    await uses.submit.send([{ customerId, orderId, providerId }], () => providerId)
  }
  return undefined
}

/** A provider's funds, of which the orders that wait for them get their share, one after the other. */
interface Funds {
  readonly exchange: Exchange
  readonly told: Told | undefined
  readonly askedAt: Date | undefined
  spent: bigint
  /** An order was tried although they do not seem to be enough. */
  isTried: boolean
  isWanted: boolean
}

function fundsOf({ exchange }: Provider, balance: ProviderBalance | undefined): Funds {
  const amount = balance?.amount === undefined ? undefined : readBalanceAmount(balance.amount)
  const told = amount !== undefined && balance?.toldAt ? { amount, at: balance.toldAt } : undefined
  return { exchange, told, askedAt: balance?.askedAt, spent: 0n, isTried: false, isWanted: false }
}

const isOld = (askedAt: Date | undefined, now: Date): boolean => askedAt === undefined || askedAt < later(now, -balanceSeconds)

/** Whether what it was parked for may be over. */
async function mayGoOn(order: Order, look: Look, uses: Uses, now: Date): Promise<boolean> {
  switch (order.reason) {
    // What a failing provider kept waiting goes on as soon as it is well.
    case 'provider-failing':
      return true
    case 'link-busy':
      return isFree(order, look, uses, now)
    case 'out-of-funds':
      return isFunded(order, look.funds, now)
    default:
      return hasWaited(order, now)
  }
}

/** One order of a target at a time: the next would only find it busy with this one. */
async function isFree(order: Order, { earlier }: Look, { orders }: Uses, now: Date): Promise<boolean> {
  const target = await orders.targetFor(order)
  const found = earlier.get(target) ?? (await orders.earlierFor(order, now))
  const may = mayBeFree(order, found, now)
  earlier.set(target, may ? { state: 'open' } : found)
  return may
}

/** By what the provider told of its balance since; of one that tells nothing, or is wrong about itself, after a while. */
function isFunded(order: Order, funds: Funds, now: Date): boolean {
  if (!isToldSince(order, funds.told)) return hasWaited(order, now)
  const need = needOf(order, funds.exchange)
  if (funds.told.amount >= funds.spent + need) {
    funds.spent += need
    return true
  }
  if (funds.isTried || !hasWaited(order, now)) return false
  funds.isTried = true
  return true
}
