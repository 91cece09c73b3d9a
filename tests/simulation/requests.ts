import type { Outcome } from '../../core/protocol/outcome.ts'
import type { TableChange } from './fake-table.ts'
import type { Pace, Said, UpstreamOrder } from './provider.ts'
import type { Random } from './random.ts'
import type { Item } from './table/values.ts'
import type { World } from './world.ts'

/** How a provider takes a wish that concerns an order it has. */
const ways: Readonly<Record<Way, number>> = {
  'does it': 10,
  'says no': 3,
  'asks for patience': 1,
  'cannot be reached': 1,
  'is silent and does it': 2,
  'is silent and does nothing': 2,
  'answers a page and does it': 0.5,
  'says something new': 0.5,
}
export type Way =
  | 'does it'
  | 'says no'
  | 'asks for patience'
  | 'cannot be reached'
  | 'is silent and does it'
  | 'is silent and does nothing'
  | 'answers a page and does it'
  | 'says something new'

/** A refill as the provider has it. */
interface UpstreamRefill {
  readonly number: string
  /** The panel's order; known to the simulation alone. */
  readonly of: number
  readonly overAt: number
  readonly end: 'Completed' | 'Rejected'
}

/** Refills and cancellations at the providers: what they were asked, what they did, and what they say of it. */
export class Requests {
  readonly #world: World
  readonly #orderOf: (number: string) => UpstreamOrder | undefined
  readonly #pace: () => Pace
  readonly refills: UpstreamRefill[] = []
  /** Calls that may have been heeded, by the panel's order. */
  readonly heard = { refill: new Map<number, number>(), cancel: new Map<number, number>() }
  /** Refills that reached a provider, by the panel's order, and when. */
  readonly refillCalls: { readonly of: number; readonly at: number }[] = []
  /** Orders about whose request staff decided by what they know. */
  readonly byStaff = new Set<number>()
  /** How one is taken about an order that it was asked of so many times before; at random where nothing is said. */
  way: (order: number, before: number) => Way | undefined = () => undefined
  readonly #asked = new Map<number, number>()
  /** Whether nothing goes wrong with them. */
  isWell = false

  constructor(world: World, orderOf: (number: string) => UpstreamOrder | undefined, pace: () => Pace) {
    this.#pace = pace
    this.#world = world
    this.#orderOf = orderOf
  }

  call(action: 'refill' | 'cancel' | 'refill_status', form: URLSearchParams): Promise<Outcome> {
    return action === 'refill_status' ? this.#statuses(form) : this.#wish(action, form)
  }

  #wish(action: 'refill' | 'cancel', form: URLSearchParams): Promise<Outcome> {
    const { random, clock, tally } = this.#world
    const number = form.get('order') ?? form.get('orders') ?? ''
    const about = this.#orderOf(number)?.of ?? 0
    const before = this.#asked.get(about) ?? 0
    this.#asked.set(about, before + 1)
    const told = this.way(about, before)
    const way: Way = told ?? this.#anyWay()
    return this.#world.request<Outcome>(
      'provider',
      () => `${action} ${number}: ${way}`,
      { writes: true, transaction: false },
      (done) => {
        const order = this.#orderOf(number)
        tally.count('wishes', `${action}: ${way}`)
        this.#world.say(() => `provider: ${action} of order ${order?.of} (${number}): ${way}`)
        const answer = (body: string, status = 200) => done(() => ({ kind: 'answer', status, body }))
        if (way === 'cannot be reached') return done(() => ({ kind: 'not-sent', why: 'refused' }))
        if (order && action === 'refill') this.refillCalls.push({ of: order.of, at: clock.now })
        if (way === 'asks for patience') return answer('', 429)
        if (!order) return answer('{"error":"Incorrect order ID"}')
        if (way !== 'says no') this.heard[action].set(order.of, (this.heard[action].get(order.of) ?? 0) + 1)
        const granted = way.includes('does it') ? this.#grant(action, order) : undefined
        if (way.startsWith('is silent'))
          return clock.after(this.#pace().silent(random), () => done(() => ({ kind: 'no-answer', why: 'it took too long' })))
        if (way.startsWith('answers a page')) return answer('<html>one moment</html>')
        if (way === 'says something new') return answer('{"error":"Come again?"}')
        const said = granted ?? { error: 'Incorrect order ID' }
        return answer(
          action === 'cancel'
            ? JSON.stringify([{ order: Number(number), cancel: said }])
            : JSON.stringify(granted === undefined ? said : { refill: String(granted) }),
        )
      },
    )
  }

  #anyWay(): Way {
    const { random } = this.#world
    return this.isWell ? random.pick(['does it', 'does it', 'does it', 'says no'] as const) : random.weighted(ways)
  }

  /** Undefined where there is nothing to be granted any more. */
  #grant(action: 'refill' | 'cancel', order: UpstreamOrder): number | undefined {
    const { random, clock } = this.#world
    if (action === 'cancel') return cut(order, clock.now, random) ? 1 : undefined
    const refill = {
      number: String(5_000 + this.refills.length),
      of: order.of,
      overAt: clock.now + random.between(1, 6) * 60_000,
      end: random.chance(0.8) ? ('Completed' as const) : ('Rejected' as const),
    }
    this.refills.push(refill)
    return Number(refill.number)
  }

  #statuses(form: URLSearchParams): Promise<Outcome> {
    const { clock } = this.#world
    const asked = (form.get('refills') ?? form.get('refill') ?? '').split(',')
    const wordOf = (number: string) => {
      const refill = this.refills.find((one) => one.number === number)
      if (!refill) return { error: 'Refill not found' }
      return clock.now >= refill.overAt ? refill.end : clock.now >= refill.overAt - 60_000 ? 'In progress' : 'Pending'
    }
    return this.#world.request<Outcome>(
      'provider',
      () => `status of ${asked.length} refills`,
      { writes: false, transaction: false },
      (done) => {
        const rows = asked.map((number) => ({ refill: Number(number), status: wordOf(number) }))
        const body = JSON.stringify(rows.length === 1 ? rows[0] && { status: rows[0].status } : rows)
        done(() => ({ kind: 'answer', status: 200, body }))
      },
    )
  }
}

/** Ends an order that is under way within a minute, with what was delivered by now. False when it is over. */
function cut(order: UpstreamOrder, now: number, random: Random): boolean {
  const last = order.course.at(-1)
  if (!last || last.at <= now || order.isCut) return false
  const steps = order.course.filter(({ at }) => at <= now)
  const said = Number(steps.at(-1)?.said.remains ?? order.quantity)
  const remains = order.quantity === 1 ? 1 : Math.min(Math.max(said, 1), order.quantity)
  const status = remains === order.quantity || random.chance(0.3) ? 'Canceled' : 'Partial'
  const end: Said = { status, remains: String(remains) }
  order.course = [...steps, { at: now + random.between(0, 60) * 1_000, said: end }]
  order.end = { status, remains }
  order.isCut = true
  return true
}

const over = ['completed', 'rejected', 'error']
/** What must never be in the table, at any moment: two refills of one order that are both under way. */
export function doubled({ pk, sk, was }: TableChange, world: World): string | undefined {
  if (!pk.startsWith('REFILL#') || was) return undefined
  const [order = ''] = sk.split(' ')
  const open = [...world.table.all(pk)].filter(
    (one) => String(one['sk']).startsWith(`${order} `) && !over.includes(String(one['state'])),
  )
  return open.length > 1 ? `order ${Number(order)} is being refilled ${open.length} times at once` : undefined
}

const waits = (item: Item): boolean =>
  item['state'] === 'sending' ||
  (item['askedOf'] === 'provider' && ['pending', 'submitted', 'in-progress'].includes(String(item['state'])))

/** Whether no machine has anything to do about refills and cancellations any more. */
export const requestsRest = (world: World): boolean => ![...world.table.all('REFILL#'), ...world.table.all('CANCEL#')].some(waits)

const unsure = ['no-answer', 'answer-unclear', 'worker-lost']

/** Refills of targets that were blocked: asked for since, or told to a provider by whoever had not asked a moment before. */
export function unwanted(world: World, requests: Requests, blockedSince: (order: Item) => number): string[] {
  const wrong: string[] = []
  const orders = new Map([...world.table.all('ORDER#')].map((order) => [Number(order['orderId']), order]))
  const since = (number: number): number => {
    const order = orders.get(number)
    return order ? blockedSince(order) : Number.POSITIVE_INFINITY
  }
  for (const refill of world.table.all('REFILL#')) {
    const number = Number(refill['orderId'])
    const askedAt = Date.parse(String(refill['acceptedAt']).slice(0, 24))
    if (askedAt > since(number) + 60_000) wrong.push(`order ${number}: a refill was taken although its target was blocked`)
    if (refill['reason'] === 'target-blocked') world.tally.count('wishes', 'refill: ended, its target was blocked')
  }
  for (const { of, at } of requests.refillCalls)
    if (at > since(of) + 120_000) wrong.push(`order ${of}: a refill was sent although its target was blocked`)
  return wrong
}

/** What came of refills and cancellations, against what providers were asked and did. */
export function misasked(world: World, requests: Requests, faultless: boolean): string[] {
  const wrong: string[] = []
  for (const prefix of ['REFILL#', 'CANCEL#'] as const)
    for (const item of world.table.all(prefix)) {
      const action = prefix === 'REFILL#' ? 'refill' : 'cancel'
      const number = Number(item['orderId'])
      const name = `${action} of order ${number} (${String(item['state'])}, ${String(item['reason'] ?? '')})`
      const calls = requests.heard[action].get(number) ?? 0
      world.tally.count('wishes came to', `${action}: ${String(item['state'])} by ${String(item['askedOf'])}`)
      if (waits(item)) wrong.push(`${name}: did not come to rest`)
      if (calls > 1) wrong.push(`${name}: was sent ${calls} times`)
      if (faultless && unsure.includes(String(item['reason']))) wrong.push(`${name}: nothing went wrong`)
      if (action === 'cancel' && item['state'] === 'taken' && calls === 0 && !requests.byStaff.has(number))
        wrong.push(`${name}: nobody was asked`)
      if (action === 'refill' && item['state'] === 'completed' && !requests.byStaff.has(number)) {
        const theirs = requests.refills.find((one) => one.number === item['providerRefillId'])
        if (theirs?.of !== number || theirs.end !== 'Completed') wrong.push(`${name}: the provider says ${theirs?.end}`)
      }
    }
  for (const [of, refills] of Map.groupBy(requests.refills, (one) => one.of))
    if (refills.length > 1) wrong.push(`order ${of} was refilled ${refills.length} times`)
  return wrong
}
