import type { Exchange } from '../../core/catalogue/exchange.ts'
import { isManual } from '../../core/catalogue/manual.ts'
import type { Opened } from '../../core/need.ts'
import type { Order } from '../../core/orders/order.ts'
import { hasWaited, isToldSince, mayBeFree, needOf, type Told } from '../../core/orders/parking.ts'
import { readBalanceAmount } from '../../core/providers/balance.ts'
import { newLine, takesOrders } from '../../core/providers/line.ts'
import { later } from '../../core/time.ts'
import { sweepOrders } from '../../data/orders/sweep-orders.ts'
import { type ProviderBalance, readBalances } from '../../data/provider-balances.ts'
import { readLines } from '../../data/provider-lines.ts'
import { type Provider, readProviders } from '../../data/providers.ts'
import { submitQueue, tasksQueue } from '../../outside/queues/send.ts'
import { measure } from '../kit/measure.ts'
import { workSchedule } from '../kit/work.ts'
import { scheduleWorker } from '../kit/worker.ts'
import { requestUses, sweepRequests } from './sweep-orders-requests.ts'

/** Orders younger than this are on their way; the index may not even show them yet. */
const youngSeconds = 60
/** Each sweep looks back this far behind the last one: an order may have been written later than it was accepted. */
const overlapSeconds = 120

/** How often a provider without funds is asked for its balance, while orders wait for it. */
const balanceSeconds = 100

const uses = {
  orders: sweepOrders,
  providers: readProviders,
  lines: readLines,
  balances: readBalances,
  submit: submitQueue,
  tasks: tasksQueue,
  ...requestUses,
}
type Uses = Opened<typeof uses>

export const sweep = scheduleWorker({
  name: 'workers.sweep-orders',
  summary:
    'Every minute, finds orders that were paid and are not on their way, and refills and cancellations that wait, and sends them on',
  on: { kind: 'schedule', every: 'minute' },
  failing: { hurts: 'paid orders that fell out of the queue stay unsent', runbook: 'orders-not-sent' },
  timeoutSeconds: 120,
  uses,

  async run({ uses, now }) {
    const until = later(now, -youngSeconds)
    const sweptUntil = (await uses.orders.sweptUntil()) ?? later(until, -86_400)
    for await (const order of uses.orders.acceptedBetween(later(sweptUntil, -overlapSeconds), until))
      if (!isManual(order) && (order.state === 'accepted' || order.state === 'submitting')) await uses.orders.watch(order)
    let oldest = 0
    for await (const order of uses.orders.waiting()) {
      if (order.state === 'accepted') oldest = Math.max(oldest, ageOf(order, now))
      await lookAfter(order, uses, now)
    }
    const [providers, lines, balances] = await Promise.all([uses.providers.all(), uses.lines.all(now), uses.balances.all()])
    let outOfFunds = 0
    for (const provider of providers) {
      const { providerId, status } = provider
      const takes = status === 'active' ? takesOrders(lines.get(providerId) ?? newLine) : 'none'
      let left = takes === 'all' ? Number.POSITIVE_INFINITY : takes === 'one' ? 1 : 0
      const funds = fundsOf(provider, balances.get(providerId))
      for await (const order of uses.orders.parked(providerId)) {
        if (order.state !== 'parked') continue
        oldest = Math.max(oldest, ageOf(order, now))
        const goesOn = await mayGoOn(order, funds, uses, now)
        if (left === 0 || !goesOn || !(await uses.orders.resume(order, now))) continue
        left--
        await send(order, uses)
      }
      if (!funds.isWanted) continue
      outOfFunds++
      // Whoever tops it up does not wait for the next time that it would be asked for.
      if (isOld(funds.askedAt, now)) await uses.tasks.send([{ providerId, due: 'balance' }], () => providerId)
    }
    // Whoever set no warning is told all the same, once, until its orders go on.
    measure('ProvidersLowOnFunds', outOfFunds)
    // Whatever keeps a paid order from being sent, a provider without funds included, is heard here.
    measure('OldestUnsentOrder', oldest)
    await uses.orders.setSweptUntil(until)
    await sweepRequests(providers, uses, now)
  },
})

/** In seconds. */
const ageOf = ({ acceptedAt }: Order, now: Date): number => (now.getTime() - acceptedAt.getTime()) / 1000

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
async function mayGoOn(order: Order, funds: Funds, { orders }: Uses, now: Date): Promise<boolean> {
  switch (order.reason) {
    // What a failing provider kept waiting goes on as soon as it is well.
    case 'provider-failing':
      return true
    case 'link-busy':
      return mayBeFree(order, await orders.earlierFor(order), now)
    case 'out-of-funds':
      funds.isWanted = true
      return isFunded(order, funds, now)
    default:
      return hasWaited(order, now)
  }
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

async function lookAfter(order: Order, uses: Uses, now: Date): Promise<void> {
  if (order.state === 'accepted' && order.changedAt < later(now, -youngSeconds)) await send(order, uses)
  if (order.state === 'submitting' && order.leaseUntil && order.leaseUntil < now) await uses.orders.lose(order, now)
}

const send = ({ customerId, orderId, providerId }: Order, { submit }: Uses): Promise<void> =>
  submit.send([{ customerId, orderId, providerId }], () => providerId)

export const handler = workSchedule(sweep)
