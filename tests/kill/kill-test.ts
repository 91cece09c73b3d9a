import { setTimeout as sleep } from 'node:timers/promises'
import { must } from '../../local/demo/browser.ts'
import { signInStaff } from '../../local/demo/people.ts'
import { findFree } from '../../local/ports.ts'
import { faults } from '../../local/provider/behaviour.ts'
import { amount } from '../simulation/books.ts'
import { atRest, audit, type Books, type Placed, readBooks, type Upstream } from './books.ts'
import { type Card, KillablePanel } from './killable.ts'

export interface Wish {
  readonly orders: number
  readonly kills: number
  readonly folder: string
  /** How long the panel lives between two kills, in seconds: at random, between these. */
  readonly lives: readonly [shortest: number, longest: number]
  readonly tell: (line: string) => void
}
export interface Figures {
  readonly wrong: readonly string[]
  readonly states: Readonly<Record<string, number>>
  readonly reasons: Readonly<Record<string, number>>
  /** Calls that were not answered, and were made again. */
  readonly askedAgain: number
  readonly taken: number
  readonly seconds: number
}

/** What customers do: each order asked for, with the same request's id, until there is an answer. */
class Customers {
  readonly placed: Placed[] = []
  askedAgain = 0
  readonly wrong: string[] = []
  readonly #card: Card
  readonly #service: { readonly service: number; readonly min: string }
  #wanted = 0
  #stopped = false
  readonly #underWay: Promise<void>[]

  constructor(card: Card, service: { readonly service: number; readonly min: string }) {
    this.#card = card
    this.#service = service
    this.#underWay = Array.from({ length: 6 }, () => this.#ask())
  }

  /** From now on so many in all are wanted. */
  want(orders: number): void {
    this.#wanted = orders
  }

  async answered(): Promise<void> {
    while (this.placed.length < this.#wanted || this.placed.some(({ order }) => order === undefined)) await sleep(100)
    this.#stopped = true
    await Promise.all(this.#underWay)
  }

  async #ask(): Promise<void> {
    while (!this.#stopped) {
      if (this.placed.length >= this.#wanted) await sleep(50)
      else await this.#insist(this.placed.length)
    }
  }

  async #insist(index: number): Promise<void> {
    const one: Placed = { link: `https://photo.network/kill-${index}`, order: undefined }
    this.placed.push(one)
    const { service, min } = this.#service
    const wish = { action: 'add', service: String(service), link: one.link, quantity: String(Number(min) + (index % 90)) }
    while (one.order === undefined) {
      const answer = await protocol(this.#card, { ...wish, request_id: `kill-${index}` })
      if (typeof answer?.['order'] === 'number') one.order = answer['order']
      else {
        this.askedAgain++
        const error = answer?.['error']
        // Whatever is not a fault of the panel's own would be one of this test's.
        if (typeof error === 'string' && !/internal|rate limit|try again/i.test(error)) this.wrong.push(`${one.link}: ${error}`)
        await sleep(150)
      }
    }
    // Whoever asks once more is told the same.
    if (index % 10 === 0) {
      const again = await protocol(this.#card, { ...wish, request_id: `kill-${index}` })
      if (typeof again?.['order'] === 'number' && again['order'] !== one.order)
        this.wrong.push(`${one.link}: order ${one.order}, then ${again['order']}`)
    }
  }
}

async function protocol(card: Card, fields: Readonly<Record<string, string>>): Promise<Record<string, unknown> | undefined> {
  try {
    const body = new URLSearchParams({ key: card.customer.apiKey, ...fields })
    const response = await fetch(card.resellerProtocol, { method: 'POST', body, signal: AbortSignal.timeout(20_000) })
    return (await response.json()) as Record<string, unknown>
  } catch {
    // Killed meanwhile.
    return undefined
  }
}

const behave = (card: Card, behaviour: Readonly<Record<string, unknown>>): Promise<unknown> =>
  fetch(`${card.provider.control}/behaviour`, { method: 'POST', body: JSON.stringify(behaviour) }).catch(() => undefined)

/**
 * The whole panel on a disk, orders coming in, a provider that misbehaves in every way it knows, and the power cut again and
 * again. When all has come to rest, the books are held against the provider's own list of what it took.
 */
export async function killTest({ orders, kills, folder, lives, tell }: Wish): Promise<Figures> {
  const began = performance.now()
  const ports = await findFree()
  const panel = new KillablePanel(ports.site, folder)
  try {
    const card = await panel.start()
    await credit(card)
    const customers = new Customers(card, await serviceOf(card))
    const stop = new AbortController()
    const moods = changeMoods(card, stop.signal)
    for (let kill = 1; kill <= kills; kill++) {
      customers.want(Math.ceil((orders * kill) / (kills + 1)))
      await sleep((lives[0] + Math.random() * (lives[1] - lives[0])) * 1000)
      await panel.kill()
      tell(`kill ${kill} of ${kills}: ${customers.placed.filter(({ order }) => order !== undefined).length} orders accepted so far`)
      await panel.start()
    }
    customers.want(orders)
    await customers.answered()
    stop.abort()
    await moods
    await behave(card, { faultRate: 0, latencyMs: 0 })
    tell(`all ${orders} accepted after ${since(began)} s; waiting until nothing moves any more`)
    const books = await quiescence(ports.database)
    const { orders: upstream } = (await (await fetch(`${card.provider.control}/orders`)).json()) as { orders: Upstream[] }
    return {
      wrong: [...customers.wrong, ...audit(books, customers.placed, upstream), ...earned(books)],
      states: counted(books.orders.map(({ state }) => String(state))),
      reasons: counted(books.orders.flatMap(({ state, reason }) => (reason ? [`${String(state)}: ${String(reason)}`] : []))),
      askedAgain: customers.askedAgain,
      taken: upstream.length,
      seconds: since(began),
    }
  } finally {
    await panel.kill()
  }
}

const since = (began: number): number => Math.round((performance.now() - began) / 100) / 10

/** Another way of misbehaving every few moments. */
async function changeMoods(card: Card, stopped: AbortSignal): Promise<void> {
  for (let turn = 0; !stopped.aborted; turn++) {
    const addFault = faults[turn % faults.length]
    await behave(card, { addFault, faultRate: 0.25, latencyMs: (turn * 37) % 250, secondsToComplete: 5, partialRate: 0.3 })
    await sleep(400, undefined, { signal: stopped }).catch(() => undefined)
  }
}

/** Until everything stands still, or for ten minutes. A parked order is tried again, and may well end. */
async function quiescence(port: number): Promise<Books> {
  let books = await readBooks(port)
  for (let tries = 0; tries < 300 && !atRest(books); tries++) {
    await sleep(2_000)
    books = await readBooks(port)
  }
  return books
}

/** What came in is in wallets, or was earned. */
function earned({ orders, entries, wallets }: Books): string[] {
  const sum = (of: readonly bigint[]): bigint => of.reduce((sum, one) => sum + one, 0n)
  const moved = sum(entries.filter(({ kind }) => kind === 'credit' || kind === 'debit').map((entry) => amount(entry['amount'])))
  const held = sum(wallets.map((wallet) => amount(wallet['available']) + amount(wallet['held']) - amount(wallet['debt'])))
  const net = sum(orders.map((order) => amount(order['charge']) - amount(order['refunded'])))
  return moved === held + net ? [] : [`${moved} came in, ${held} is in wallets and ${net} was earned`]
}

function counted(names: readonly string[]): Record<string, number> {
  return Object.fromEntries([...Map.groupBy(names, (name) => name)].sort().map(([name, some]) => [name, some.length]))
}

async function credit(card: Card): Promise<void> {
  const staff = await signInStaff(card.console, card.staff)
  const { customerId } = await must(
    staff.call('POST', '/api/admin/customers/find', { email: card.customer.email }),
    'finding the customer',
  )
  const wish = { kind: 'credit', amount: '500.00', memo: 'For orders that survive', requestId: 'kill-test' }
  await must(staff.call('POST', `/api/admin/customers/${customerId}/adjustments`, wish), 'the credit')
}

async function serviceOf(card: Card): Promise<{ readonly service: number; readonly min: string }> {
  const body = new URLSearchParams({ key: card.customer.apiKey, action: 'services' })
  const services: { service: number; type: string; min: string; max: string }[] = await (
    await fetch(card.resellerProtocol, { method: 'POST', body })
  ).json()
  const service = services.find(({ type, min, max }) => type === 'Default' && Number(max) > Number(min) + 100)
  if (!service) throw new Error('there is nothing to order')
  return service
}
