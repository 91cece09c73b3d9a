import { amount } from './books.ts'
import type { Item } from './table/values.ts'

const over = ['completed', 'partial', 'canceled', 'refused']

interface Feed {
  readonly started: number
  readonly stoppedAt?: string
  readonly pausedBy?: string
}

/** How far the runs of an order have come; undefined for an order that has none of its own. */
export const feedOf = (order: Item): Feed | undefined => order['feed'] as Feed | undefined
export const runOf = (order: Item): { readonly order: number; readonly run: number } | undefined =>
  order['runOf'] as { order: number; run: number } | undefined

/** The orders that carry out the runs of this one, by run. */
export const runsOf = (order: Item, orders: Iterable<Item>): Item[] =>
  [...orders]
    .filter((one) => one['customerId'] === order['customerId'] && runOf(one)?.order === order['orderId'])
    .sort((one, other) => (runOf(one)?.run ?? 0) - (runOf(other)?.run ?? 0))

/** Whether an order in runs waits for nothing but a run that does not come to rest by itself. */
export function isStuck(order: Item, runs: readonly Item[]): boolean {
  const feed = feedOf(order)
  if (!feed || (feed.started < Number(order['runs']) && feed.stoppedAt === undefined)) return false
  return runs.some(({ state, reason }) => state === 'unknown' || (!over.includes(String(state)) && reason && state !== 'parked'))
}

/** An order in runs, against its runs and the ledger, when all has come to rest. */
export function misrun(order: Item, runs: readonly Item[], entries: readonly Item[]): string[] {
  const wrong: string[] = []
  const feed = feedOf(order)
  if (!feed) return wrong
  const bad = (what: string): void => void wrong.push(`order ${String(order['orderId'])} (${String(order['state'])}): ${what}`)
  const [charge, refunded] = [amount(order['charge']), amount(order['refunded'])]
  const sum = (name: string, some: readonly Item[] = runs): bigint => some.reduce((all, one) => all + amount(one[name]), 0n)

  const mine = entries.filter((entry) => entry['orderId'] === order['orderId'])
  const paid = mine.filter(({ kind }) => kind === 'order')
  if (paid.length !== 1 || amount(paid[0]?.['amount']) !== -charge) bad(`was paid ${paid.length} times`)
  const unused = sum(
    'amount',
    mine.filter(({ kind }) => kind === 'refund'),
  )

  const numbers = runs.map((run) => runOf(run)?.run)
  if (numbers.join() !== Array.from({ length: feed.started }, (_, index) => index + 1).join())
    bad(`${feed.started} runs were started, and there are ${numbers.join(', ')}`)
  if (sum('charge') + unused > charge) bad(`its runs cost ${sum('charge')} and ${unused} went back, of ${charge}`)
  const ended = feed.stoppedAt !== undefined || feed.started === Number(order['runs'])
  if (ended && sum('charge') + unused !== charge) bad(`its runs cost ${sum('charge')} and ${unused} went back, of ${charge}`)
  if (feed.stoppedAt === undefined && unused !== 0n) bad(`${unused} went back, and nobody canceled`)
  if (sum('refunded') + unused !== refunded) bad(`says ${refunded} went back; its runs say ${sum('refunded')}, besides ${unused}`)

  const each = Number(order['quantity']) / Number(order['runs'])
  const delivered = runs.reduce((all, run) => all + each - Number(run['remains'] ?? each), 0)
  if (Number(order['remains'] ?? order['quantity']) !== Number(order['quantity']) - delivered)
    bad(`says ${String(order['remains'])} remain, and ${delivered} of ${String(order['quantity'])} were delivered`)

  const stuck = isStuck(order, runs)
  const all = (states: readonly string[]): boolean => runs.every(({ state }) => states.includes(String(state)))
  const expected = stuck
    ? 'in-progress'
    : all(['completed']) && runs.length === Number(order['runs'])
      ? 'completed'
      : all(['canceled', 'refused'])
        ? 'canceled'
        : 'partial'
  if (order['state'] !== expected) bad(`should be ${expected}: ${runs.map(({ state }) => String(state)).join(', ')}`)
  return wrong
}
