import { customerId } from '../../core/ids.ts'
import { amount, unbalanced } from './books.ts'
import { feedOf, misrun, runOf, runsOf } from './feeds.ts'
import type { Panel } from './panel.ts'
import type { People, Wish } from './people.ts'
import type { UpstreamOrder } from './provider.ts'
import { unwanted } from './requests.ts'
import { upstreamCost } from './shop.ts'
import type { Item } from './table/values.ts'
import type { World } from './world.ts'

/** Everything that must be true when all has come to rest. Answers what is not. */
export function verdict(world: World, panel: Panel, people: People, faultless: boolean): string[] {
  const wrong: string[] = [...panel.crowded.slice(0, 3)]
  const { table } = world
  const orders = [...table.all('ORDER#')]
  const entriesOf = (customer: string) => [...table.all(`ENTRY#${customer}`)]

  for (const error of [...panel.faults, ...people.faults]) if (!isConflict(error)) wrong.push(`a function threw: ${told(error)}`)

  // The books.
  let held = 0n
  for (const wallet of table.all('WALLET#')) {
    const entries = entriesOf(String(wallet['customerId']))
    wrong.push(...unbalanced(wallet, entries))
    held += amount(wallet['available']) + amount(wallet['held']) - amount(wallet['debt'])
  }
  // A run was paid for by the order it belongs to, and what goes back of it counts there.
  const net = orders
    .filter((order) => !runOf(order))
    .reduce((sum, order) => sum + amount(order['charge']) - amount(order['refunded']), 0n)
  let moved = -people.debts
  for (const { customer, kind, amount: asked, requestId, outcome } of people.movements) {
    const entries = entriesOf(customer).filter((entry) => entry['cause'] === `${kind} ${requestId}`)
    const name = `${kind} ${requestId} of ${customer}`
    if (entries.length > 1) wrong.push(`${name} moved ${entries.length} times`)
    if (entries.length === 0 && outcome === 'done') wrong.push(`${name} was told as done and is not there`)
    if (entries.length === 1 && outcome === 'refused') wrong.push(`${name} was refused and moved`)
    for (const entry of entries) {
      const signed = kind === 'credit' ? asked : -asked
      if (amount(entry['amount']) !== signed) wrong.push(`${name} moved ${String(entry['amount'])}`)
      moved += amount(entry['amount'])
    }
  }
  if (moved !== held + net) wrong.push(`${moved} came in, ${held} is in wallets and ${net} was earned`)

  // Each order.
  const upstream = Map.groupBy(panel.upstream, ({ of }) => of)
  for (const order of orders) {
    const entries = entriesOf(String(order['customerId']))
    const taken = upstream.get(Number(order['orderId'])) ?? []
    if (!feedOf(order)) wrong.push(...misjudged(order, entries, taken, world, panel, people))
    else {
      wrong.push(...misrun(order, runsOf(order, orders), entries))
      if (taken.length > 0) wrong.push(`order ${String(order['orderId'])} was sent, besides its runs`)
    }
  }
  const blockedSince = (order: Item) => people.blocked.get(linkOf(order, world)) ?? Number.POSITIVE_INFINITY
  wrong.push(...unwanted(world, panel.requests, blockedSince))
  const states = Map.groupBy(orders, (order) => String(order['state']))
  for (const [state, some] of states) world.tally.count('ends', state, some.length)
  if (faultless)
    for (const state of ['unknown', 'parked']) if (states.has(state)) wrong.push(`nothing went wrong, and an order is ${state}`)

  const numbers = orders.map((order) => Number(order['orderId']))
  const twice = numbers.find((number, index) => numbers.indexOf(number) !== index)
  if (twice !== undefined) wrong.push(`two orders have the number ${twice}`)
  // Clocks of instances differ a little, and an order bears the time at which it was asked for: up to a request's life earlier.
  for (const { customer, from, to } of people.suspended)
    for (const order of orders) {
      const at = Date.parse(String(order['acceptedAt']).slice(0, 24))
      if (order['customerId'] === customer && at > from + 5_000 && at < to - 30_000)
        wrong.push(`order ${String(order['orderId'])} was taken from a suspended account`)
    }
  // Somebody may have accepted while the order was written. A run is of an order that was placed before.
  for (const order of orders.filter((one) => !runOf(one))) {
    const at = Date.parse(String(order['acceptedAt']).slice(0, 24))
    const accepted = people.accepted.get(customerId(String(order['customerId']))) ?? Number.POSITIVE_INFINITY
    if (at > people.bound + 5_000 && accepted > at + 35_000)
      wrong.push(`order ${String(order['orderId'])} was taken from somebody who had not accepted the terms that bind`)
  }

  // Whoever asked.
  for (const [wish, askings] of Map.groupBy(people.askings, ({ wish }) => wish)) wrong.push(...misheard(wish, askings, orders))
  const known = new Set(people.askings.map(({ wish }) => wish.link))
  for (const order of orders) if (!known.has(linkOf(order, world))) wrong.push(`nobody asked for order ${String(order['orderId'])}`)
  return wrong
}

const linkOf = (order: Item, { table }: World): string =>
  String(order['link'] ?? table.peek(`PAYLOAD#${String(order['customerId'])}`, String(order['sk']))?.['link'])

/** What went back of an order, against what the provider did. */
function misjudged(
  order: Item,
  entries: readonly Item[],
  upstream: readonly UpstreamOrder[],
  world: World,
  panel: Panel,
  people: People,
): string[] {
  const number = Number(order['orderId'])
  const name = `order ${number} (${String(order['state'])}${order['reason'] ? `, ${String(order['reason'])}` : ''})`
  const [charge, refunded, quantity] = [amount(order['charge']), amount(order['refunded']), amount(order['quantity'])]
  const wrong: string[] = []
  const bad = (what: string): void => void wrong.push(`${name}: ${what}`)
  const share = (remains: number): bigint => (charge * BigInt(remains)) / quantity

  const mine = entries.filter((entry) => entry['orderId'] === order['orderId'])
  const paid = mine.filter((entry) => entry['kind'] === 'order')
  if (runOf(order) ? paid.length > 0 : paid.length !== 1 || amount(paid[0]?.['amount']) !== -charge)
    bad(`was paid ${paid.length} times`)
  const back = mine.filter((entry) => entry['kind'] === 'refund').reduce((sum, entry) => sum + amount(entry['amount']), 0n)
  if (back !== refunded) bad(`says ${refunded} went back, the ledger says ${back}`)

  if (upstream.length > 1) bad(`the provider has it ${upstream.length} times`)
  // What nobody had classified is a refusal once staff have, rightly, said so.
  const calls = (panel.sent.get(number) ?? []).map((call) => ({
    ...call,
    was: call.was === 'said something new' ? (people.newWordsAreKnown ? 'refused' : 'ambiguous') : call.was,
  }))
  const doubt = calls.findIndex(({ was }) => was !== 'refused')
  if (doubt !== -1 && doubt < calls.length - 1)
    bad(`was sent again after it may have been taken: ${calls.map(({ was }) => was).join(', ')}`)
  for (const [index, { service, manner }] of calls.entries()) {
    if (manner === 'refuses it' && calls.slice(index + 1).some((later) => later.service === service))
      bad(`was sent as ${service} again, which was refused`)
    if (upstreamCost(service, order['type'] === 'Package' ? 1_000n : quantity) > charge)
      bad(`was sent as ${service}, which costs more than was paid`)
  }

  // Whoever was about to send it had asked a moment before.
  const blockedAt = people.blocked.get(linkOf(order, world)) ?? Number.POSITIVE_INFINITY
  if (calls.some(({ at }) => at > blockedAt + 120_000)) bad('was sent although its target was blocked')

  if (order['providerId'] === 'manual') {
    if (calls.length > 0) bad('is delivered by hand, and a provider was asked')
    const isOver = ['completed', 'partial', 'canceled'].includes(String(order['state']))
    if (order['openOn'] !== (isOver ? undefined : 'manual')) bad(`is on the list ${String(order['openOn'])}`)
    const owed = order['state'] === 'partial' || order['state'] === 'canceled' ? share(Number(order['remains'])) : 0n
    if (refunded !== owed) bad(`${refunded} went back, and ${owed} was not delivered`)
    return wrong
  }

  const [taken] = upstream
  switch (order['state']) {
    case 'completed':
    case 'partial':
    case 'canceled': {
      if (!taken) {
        // Called off before it was sent.
        const isWithdrawn = order['state'] === 'canceled' && people.withdrawn.has(number)
        const isSettled = order['state'] === 'canceled' && people.settled.has(number)
        const isHeldBack = order['reason'] === 'target-blocked' && people.blocked.has(linkOf(order, world))
        if (!isSettled && !isWithdrawn && !isHeldBack) bad('no provider ever had it')
        else if (refunded !== charge) bad(`called off, and ${refunded} of ${charge} went back`)
        else if (!isSettled && calls.some(({ was }) => was === 'ambiguous')) bad('called off after it may have been sent')
        break
      }
      if (!taken.hostile) {
        const { status, remains } = taken.end
        // Staff have fewer words: what was called off after a part is partial to them.
        if (status.toLowerCase() !== order['state'] && !people.settled.has(number)) bad(`the provider says ${status}`)
        if (refunded !== share(remains)) bad(`${refunded} of ${charge} went back, and ${remains} of ${quantity} were not delivered`)
      } else {
        const shares = [0n, ...[...taken.told].map(share)]
        if (!shares.includes(refunded))
          bad(
            `${refunded} of ${charge} went back, and the provider only ever spoke of ${[...taken.told].join(', ')} of ${quantity}`,
          )
        if (order['state'] !== 'completed' && refunded < share(Number(order['remains'])))
          bad(`less went back than remains ${String(order['remains'])}`)
        if (order['state'] === 'completed' && refunded !== 0n) bad('completed, and something went back')
      }
      break
    }
    case 'refused':
      if (refunded !== charge) bad(`only ${refunded} of ${charge} went back`)
      if (taken) bad('everything went back, and a provider has it')
      if (order['sentAgain'] === true) bad('staff sent it again, and a machine gave it all back')
      break
    case 'unknown':
      if (!order['reason']) bad('without a reason')
      if (refunded !== 0n) bad(`${refunded} went back, and nobody knows whether it is delivered`)
      if (!world.doubtful.has(number)) bad('nothing ambiguous ever happened to it')
      break
    default:
      // A provider whose last words are nonsense leaves its order before staff, with the reason.
      if (taken?.hostile && order['reason']) break
      // So does a package that ended in part: how much of it was delivered, its provider does not say.
      if (order['type'] !== 'Package' || order['reason'] !== 'partial-without-remains') bad('did not come to rest')
      else if (taken?.end.status !== 'Partial' || refunded !== 0n) bad('is before staff without need')
  }
  if (order['state'] === 'unknown' || order['state'] === 'refused' || !taken) return wrong
  if (people.settled.has(number) && order['providerOrderId'] === undefined) return wrong
  if (order['providerOrderId'] !== taken.number)
    bad(`is the provider’s ${taken.number}, and we believe ${String(order['providerOrderId'])}`)
  return wrong
}

/** What people were told, against what is there. */
function misheard(
  wish: Wish,
  askings: readonly { readonly began: number; readonly ended?: number; readonly heard?: unknown }[],
  orders: readonly Item[],
): string[] {
  const wrong: string[] = []
  const placed = orders
    .filter((order) => order['customerId'] === wish.customer && order['link'] === wish.link && !runOf(order))
    .map((order) => Number(order['orderId']))
  const heard = askings.flatMap(({ heard }) =>
    typeof heard === 'object' && heard !== null && 'order' in heard ? [Number(heard.order)] : [],
  )
  const most = wish.requestId === undefined ? askings.length : 1
  if (placed.length > most)
    wrong.push(
      `${wish.link} was asked for ${askings.length} times (${wish.requestId ?? 'no request id'}) and ordered ${placed.length} times`,
    )
  for (const number of heard)
    if (!placed.includes(number)) wrong.push(`${wish.link}: was told of order ${number}, which is not there`)
  if (wish.requestId === undefined) {
    if (new Set(heard).size < heard.length) wrong.push(`${wish.link}: two requests were told of one order`)
    return wrong
  }
  // Once an order was placed, the same request is that order, whatever has happened since.
  const first = askings.find(({ heard }) => typeof heard === 'object' && heard !== null && 'order' in heard)
  for (const { began, heard } of askings)
    if (first?.ended !== undefined && began > first.ended && typeof heard === 'object' && heard !== null && 'refused' in heard)
      wrong.push(`${wish.link}: ordered, and then told ${String(heard.refused)}`)
  return wrong
}

const isConflict = (error: unknown): boolean =>
  error instanceof Error &&
  ['TransactionConflictException', 'TransactionCanceledException', 'TransactionInProgressException'].includes(error.name)
const told = (error: unknown): string =>
  error instanceof Error
    ? `${error.name}: ${error.message} ${(error.stack ?? '').split('\n').slice(1, 4).join(' ')}`
    : String(error)
