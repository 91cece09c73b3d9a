import { type CustomerId, customerId, orderId, serviceId, staffId } from '../../core/ids.ts'
import { type Money, money, zero } from '../../core/money.ts'
import { blockedTarget } from '../../core/orders/blocking.ts'
import type { StatusReport } from '../../core/orders/heard.ts'
import type { Work } from '../../core/orders/manual.ts'
import type { OrderReason } from '../../core/orders/order.ts'
import type { OrderState } from '../../core/orders/states.ts'
import { Refusal } from '../../core/refusals.ts'
import { acceptPolicies } from '../../data/acceptances.ts'
import { adjustWallets } from '../../data/adjust-wallets.ts'
import { findKeys, findKeysAndServices, hashKey } from '../../data/api-keys.ts'
import { bindPolicies } from '../../data/bindings.ts'
import { keepBlocks } from '../../data/blocks.ts'
import { suspendAccounts } from '../../data/customers.ts'
import { blockIdOf, padded } from '../../data/keys.ts'
import { findOrdersUnder } from '../../data/orders/orders-under.ts'
import { placeOrders } from '../../data/orders/place-orders.ts'
import { readOrders } from '../../data/orders/read-orders.ts'
import { findRefillsUnder } from '../../data/orders/refill-targets.ts'
import { callOffRefills, readRefills } from '../../data/orders/refills.ts'
import { requestCancels } from '../../data/orders/request-cancels.ts'
import { requestRefills } from '../../data/orders/request-refills.ts'
import { settleOrders } from '../../data/orders/settle-orders.ts'
import type { Decision } from '../../data/orders/staff-decisions.ts'
import { type Step, steerRuns } from '../../data/orders/steer-runs.ts'
import { withdrawOrders } from '../../data/orders/withdraw-orders.ts'
import { takeOrders, workOrders } from '../../data/orders/work-orders.ts'
import { limitKeys } from '../../data/rates.ts'
import { settings } from '../../data/settings.ts'
import { readWallets } from '../../data/wallets.ts'
import type { Incoming } from '../../functions/kit/request.ts'
import { protocol } from '../../functions/reseller/protocol.ts'
import { providers } from './shop.ts'
import type { Item } from './table/values.ts'
import type { Ended, World } from './world.ts'

/** What somebody wants ordered, however often they ask for it. */
export interface Wish {
  readonly customer: CustomerId
  readonly service: number
  readonly link: string
  readonly quantity?: number
  readonly comments?: string
  readonly runs?: number
  readonly interval?: number
  readonly requestId?: string
  readonly by: 'site' | 'protocol'
}

/** What came of asking once. */
export type Heard = { readonly order: number } | { readonly refused: string } | 'nothing'
export interface Asking {
  readonly wish: Wish
  readonly began: number
  ended?: number
  heard?: Heard
}

export interface Movement {
  readonly customer: CustomerId
  readonly kind: 'credit' | 'debit'
  readonly amount: Money
  readonly requestId: string
  /** Whether it moved the money, as far as staff were told. */
  outcome: 'done' | 'refused' | 'not known'
}

/** What a call of staff who settle something is called. */
export const settling = 'settling'

const apiKeyOf = (customer: CustomerId): string => `key of ${customer}`

/** Whoever calls the panel's endpoints, and remembers what they were told. */
export class People {
  readonly #world: World
  readonly askings: Asking[] = []
  readonly movements: Movement[] = []
  readonly faults: unknown[] = []
  /** What was owed from the beginning. */
  debts = 0n
  /** When accounts were certainly suspended. */
  readonly suspended: { readonly customer: CustomerId; readonly from: number; to: number }[] = []
  /** Since when the newest terms certainly bind, and since when somebody may have accepted them. */
  bound = Number.POSITIVE_INFINITY
  readonly accepted = new Map<CustomerId, number>()
  /** Orders that somebody asked to call off. */
  readonly withdrawn = new Set<number>()
  /** Targets whose owners want no orders, and since when that is certain. */
  readonly blocked = new Map<string, number>()
  /** Orders that staff settled by what the provider did. */
  readonly settled = new Set<number>()
  /** Staff said what the words mean that a provider says when it takes nothing. */
  newWordsAreKnown = false
  readonly #uses = {
    keys: findKeys.open(),
    keysAndServices: findKeysAndServices.open(),
    limits: limitKeys.open(),
    wallets: readWallets.open(),
    orders: readOrders.open(),
    placing: placeOrders.open(),
    refilling: requestRefills.open(),
    refills: readRefills.open(),
    canceling: requestCancels.open(),
    snapshots: { read: async () => undefined },
    // Beside the point here, and without an effect on what is answered.
    use: { note: async () => undefined },
    signals: {
      badKey: async () => {
        throw new Refusal('key-invalid')
      },
      strangeOrders: async () => undefined,
    },
    settings: settings.open(),
  }
  readonly #adjusting = adjustWallets.open()
  readonly #suspending = suspendAccounts.open()
  readonly #settling = settleOrders.open()
  readonly #steering = steerRuns.open()
  readonly #withdrawing = withdrawOrders.open()
  readonly #blocking = keepBlocks.open()
  readonly #binding = bindPolicies.open()
  readonly #accepting = acceptPolicies.open()
  readonly #under = findOrdersUnder.open()
  readonly #refillsUnder = findRefillsUnder.open()
  readonly #callingOff = callOffRefills.open()
  readonly #taking = takeOrders.open()
  readonly #working = workOrders.open()

  constructor(world: World) {
    this.#world = world
  }

  /** Opens an account with a key for the protocol; the name must be new in every world. It may begin with a debt, as after a dispute. */
  open(name: string, debt = 0n): CustomerId {
    const id = customerId(name)
    const { table } = this.#world
    const put = (Item: Record<string, unknown>) => table.load(Item)
    put({
      pk: `CUSTOMER#${id}`,
      sk: 'CUSTOMER',
      customerId: id,
      fullName: 'N',
      email: 'n@example.com',
      status: 'active',
      terms: { version: 1, acceptedAt: '2026-01-01T00:00:00.000Z' },
      createdAt: '2026-01-01T00:00:00.000Z',
    })
    put({
      pk: `WALLET#${id}`,
      sk: 'WALLET',
      customerId: id,
      available: zero,
      held: zero,
      debt,
      active: true,
      movements: debt > 0n ? 1 : 0,
    })
    if (debt > 0n) {
      const at = '2026-01-01T00:00:00.000Z'
      put({ pk: `ENTRY#${id}`, sk: `${at} dispute`, at, kind: 'debit', cause: 'dispute', amount: -debt })
      this.debts += debt
    }
    put({ pk: `KEY#${hashKey(apiKeyOf(id))}`, sk: 'KEY', customerId: id, keyId: 'k' })
    return id
  }

  /** Asks once. What is not answered may have been done all the same. */
  async ask(wish: Wish): Promise<Heard> {
    const asking: Asking = { wish, began: this.#world.clock.now }
    this.askings.push(asking)
    const ended = await this.#world.live(wish.by, 29, () => (wish.by === 'site' ? this.#place(wish) : this.#add(wish)))
    asking.ended = this.#world.clock.now
    asking.heard = this.#heard(ended)
    this.#world.say(
      () =>
        `${wish.customer} asked for ${wish.link} (${wish.requestId ?? 'no request id'}) and heard ${JSON.stringify(asking.heard)}`,
    )
    return asking.heard
  }

  #heard(ended: Ended<Heard>): Heard {
    if (ended.how === 'done') return ended.value
    if (ended.how === 'failed') this.#fault(ended.error)
    return 'nothing'
  }

  #fault(error: unknown): void {
    if (!this.#world.expected(error)) this.faults.push(error)
  }

  async #place({ customer, service, requestId, by: _, ...ask }: Wish): Promise<Heard> {
    const placement = { customer, serviceId: serviceId(service), ask, requestId, at: new Date() }
    try {
      return { order: (await this.#uses.placing.place(placement)).orderId }
    } catch (error) {
      if (error instanceof Refusal) return { refused: error.code }
      throw error
    }
  }

  async #add({ customer, requestId, by: _, ...ask }: Wish): Promise<Heard> {
    const fields = { key: apiKeyOf(customer), action: 'add', ...ask, request_id: requestId }
    const form = new URLSearchParams(
      Object.entries(fields).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
    )
    const request: Incoming = {
      method: 'POST',
      headers: new Map([['content-type', 'application/x-www-form-urlencoded']]),
      query: new URLSearchParams(),
      path: {},
      cookies: new Map(),
      body: Buffer.from(form.toString()),
      reference: 'simulated',
      viewer: { address: '', browser: '' },
      edgeSecret: undefined,
      claims: undefined,
    }
    try {
      const { body } = await protocol.run({ request, uses: this.#uses, now: new Date() })
      return JSON.parse(body) as { order: number }
    } catch (error) {
      const { statusCode, body } = protocol.failed(error, 'simulated')
      if (statusCode === 500) throw error
      return { refused: (JSON.parse(body) as { error: string }).error }
    }
  }

  /** Staff move money, and click again until they are told that it is done. */
  async move(customer: CustomerId, kind: Movement['kind'], amount: bigint, requestId: string, patience: number): Promise<void> {
    const movement: Movement = { customer, kind, amount: money(amount), requestId, outcome: 'not known' }
    this.movements.push(movement)
    for (let tries = 0; tries < patience && movement.outcome === 'not known'; tries++) {
      const at = () => new Date()
      const audit = { by: staffId('s'), action: 'admin.adjust-wallet', on: `customer ${customer}` }
      const ended = await this.#world.live('staff', 29, () =>
        this.#adjusting.adjust(
          { customer, kind, amount: movement.amount, memo: 'a memo', by: staffId('s'), requestId, at: at() },
          money(10n ** 15n),
          audit,
        ),
      )
      if (ended.how === 'done') movement.outcome = 'done'
      if (ended.how === 'failed') {
        if (ended.error instanceof Refusal) movement.outcome = 'refused'
        else this.#fault(ended.error)
      }
      await this.#world.clock.sleep(1_000)
    }
  }

  /** Stops an account for two minutes. */
  async suspend(customer: CustomerId): Promise<void> {
    if (!(await this.#setStatus(customer, 'suspended'))) return
    const suspended = { customer, from: this.#world.clock.now, to: Number.POSITIVE_INFINITY }
    this.suspended.push(suspended)
    await this.#world.clock.sleep(120_000)
    suspended.to = this.#world.clock.now
    await this.#setStatus(customer, 'active')
  }

  async #setStatus(customer: CustomerId, status: 'active' | 'suspended'): Promise<boolean> {
    const audit = { by: staffId('s'), action: 'admin.set-customer-status', on: `customer ${customer}` }
    return this.#untilDone('staff', () => this.#suspending.setStatus(customer, status, audit, new Date(this.#world.clock.now)))
  }

  /**
   * Staff block a target, and call off what waits for it: as often as it takes to hear that it is blocked. Behind many others
   * what waits is not reached.
   */
  async block(link: string, reaches = true): Promise<void> {
    const target = blockedTarget(link)
    if (target === undefined) throw new Error(`${link} covers nothing`)
    const by = staffId('s')
    const audit = { by, action: 'admin.block-target', on: `target ${target}`, why: 'a memo' }
    this.blocked.set(link, Number.POSITIVE_INFINITY)
    for (let tries = 0; tries < 20 && this.blocked.get(link) === Number.POSITIVE_INFINITY; tries++) {
      const ended = await this.#world.live('block', 29, async () => {
        const block = { blockId: blockIdOf(target), target, memo: 'a memo', by, at: new Date() }
        await this.#blocking.block(block, audit)
        if (!reaches) return
        const { orders } = await this.#under.find(target, providers, new Date())
        for (const { customerId, orderId, state } of orders)
          if (state === 'accepted' || state === 'parked')
            await this.#withdrawing.withdraw(customerId, orderId, new Date(), 'target-blocked')
        for (const refill of await this.#refillsUnder.find(target)) await this.#callingOff.callOff(refill, new Date())
      })
      const isBlocked = ended.how === 'done' || (ended.how === 'failed' && ended.error instanceof Refusal)
      if (isBlocked) this.blocked.set(link, this.#world.clock.now)
      else if (ended.how === 'failed') this.#fault(ended.error)
      await this.#world.clock.sleep(1_000)
    }
  }

  /** Staff make terms binding from a moment on, whoever has accepted them by then. */
  async bind(version: number, from: number): Promise<void> {
    this.#world.table.load({ pk: 'POLICY', sk: padded(version), version, publishedAt: new Date(from).toISOString(), hash: 'h' })
    const audit = { by: staffId('s'), action: 'admin.bind-policy', on: `policy ${version}`, why: 'a memo' }
    const bind = () => this.#binding.bind({ version, from: new Date(from) }, audit, new Date())
    if (await this.#untilDone('staff', bind)) this.bound = Math.max(from, this.#world.clock.now)
  }

  /** Accepts them, and clicks again until it hears that they are accepted. */
  async accept(customer: CustomerId, version: number): Promise<void> {
    this.accepted.set(customer, this.#world.clock.now)
    await this.#untilDone('site', () => this.#accepting.accept(customer, { version, at: new Date() }))
  }

  async #untilDone(name: string, act: () => Promise<unknown>): Promise<boolean> {
    for (let tries = 0; tries < 20; tries++) {
      const ended = await this.#world.live(name, 29, act)
      if (ended.how === 'done') return true
      if (ended.how === 'failed' && !isOvertaken(ended.error)) this.#fault(ended.error)
      await this.#world.clock.sleep(1_000)
    }
    return false
  }

  /** News of an order that nobody asks about any more: what a provider says later on, twice at once or again and again. */
  async hear(customer: CustomerId, number: number, report: StatusReport, times: number): Promise<void> {
    const once = async () => {
      const ended = await this.#world.live('news', 29, () => this.#settling.hear(customer, orderId(number), report, new Date()))
      if (ended.how === 'failed') this.#fault(ended.error)
    }
    await Promise.all(Array.from({ length: times }, once))
  }

  /** Pauses, resumes or cancels what is left of an order's runs, as often as it takes to hear something. */
  async steer(customer: CustomerId, number: number, step: Step['step']): Promise<void> {
    for (let tries = 0; tries < 20; tries++) {
      const ended = await this.#world.live('steer', 29, () =>
        this.#steering.steer({ customer, order: orderId(number), step, at: new Date() }),
      )
      if (ended.how === 'done') return
      if (ended.how === 'failed' && ended.error instanceof Refusal) return
      if (ended.how === 'failed') this.#fault(ended.error)
      await this.#world.clock.sleep(1_000)
    }
  }

  /** Calls an order off, as often as it takes to hear something. */
  async withdraw(customer: CustomerId, number: number): Promise<void> {
    this.withdrawn.add(number)
    for (let tries = 0; tries < 5; tries++) {
      const ended = await this.#world.live('withdraw', 29, () => this.#withdrawing.withdraw(customer, orderId(number), new Date()))
      if (ended.how === 'done') return
      if (ended.how === 'failed') this.#fault(ended.error)
      await this.#world.clock.sleep(500)
    }
  }

  /** Has an order refilled or canceled, as often as it takes to hear something. */
  async wish(what: 'refill' | 'cancel', customer: CustomerId, number: number): Promise<void> {
    const { refilling, canceling } = this.#uses
    if (what === 'cancel') this.withdrawn.add(number)
    for (let tries = 0; tries < 5; tries++) {
      const ended = await this.#world.live<unknown>(what, 29, () =>
        (what === 'refill' ? refilling : canceling).request(customer, orderId(number), new Date()),
      )
      const isRefused = ended.how === 'failed' && ended.error instanceof Refusal
      this.#world.tally.count('wishes', `${what} asked for: ${isRefused ? 'refused' : ended.how}`)
      if (ended.how === 'done' || isRefused) return
      if (ended.how === 'failed') this.#fault(ended.error)
      await this.#world.clock.sleep(500)
    }
  }

  /** Staff decide about an order as it stands, and click again until they hear what came of it. */
  async decide(order: Item, how: string, write: (decision: Decision) => Promise<unknown>, requestId: string): Promise<void> {
    const decision = {
      order: { customerId: customerId(String(order['customerId'])), orderId: orderId(Number(order['orderId'])) },
      seen: {
        state: String(order['state']) as OrderState,
        reason: order['reason'] as OrderReason | undefined,
        changedAt: String(order['changedAt']),
      },
      requestId,
      audit: { by: staffId('s'), action: 'admin.settle-order', on: `order ${String(order['orderId'])}`, why: 'a memo' },
    }
    await this.insist(how, () => write({ ...decision, at: new Date() }))
  }

  /** Staff do something, as often as it takes to hear what came of it. */
  async insist(how: string, act: () => Promise<unknown>): Promise<void> {
    for (let tries = 0; tries < 8; tries++) {
      const ended = await this.#world.live(settling, 29, act)
      if (ended.how === 'done') this.#world.tally.count('staff', how)
      if (ended.how === 'done' || (ended.how === 'failed' && ended.error instanceof Refusal)) return
      if (ended.how === 'failed') this.#fault(ended.error)
      await this.#world.clock.sleep(700)
    }
  }

  /** Somebody of the staff takes a manual order in hand, or works on it; clicks again until there is an answer. */
  async work(customer: CustomerId, number: number, work: Work | 'take', by: string): Promise<void> {
    const audit = { by: staffId(by), action: 'admin.work-manual-order', on: `order ${number}`, why: 'a reason' }
    for (let tries = 0; tries < 5; tries++) {
      const ended = await this.#world.live('staff', 29, () =>
        work === 'take'
          ? this.#taking.take(customer, orderId(number), audit, new Date())
          : this.#working.work(customer, orderId(number), work, audit, new Date()),
      )
      if (ended.how === 'done' || (ended.how === 'failed' && ended.error instanceof Refusal)) return
      if (ended.how === 'failed') this.#fault(ended.error)
      await this.#world.clock.sleep(500)
    }
  }
}

/** Its own first try came through after all. */
const isOvertaken = (error: unknown): boolean => error instanceof Refusal && error.code === 'changed-meanwhile'
