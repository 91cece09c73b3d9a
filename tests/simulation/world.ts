import { AsyncLocalStorage } from 'node:async_hooks'
import { BatchGetCommand, type BatchGetCommandInput, GetCommand, QueryCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb'
import { forgetNumbers } from '../../data/numbers.ts'
import { usePatience } from '../../data/patience.ts'
import { type DocumentClient, useTable } from '../../data/table.ts'
import { makeUpBy } from './chance.ts'
import { Clock, nothing, replaceDate } from './clock.ts'
import { FakeTable, type TableChange } from './fake-table.ts'
import type { Fate, Faults, Party, Request } from './faults.ts'
import { countMeeting, type Met, stepOf } from './meetings.ts'
import type { Random } from './random.ts'
import { canceled, conflict, inProgress, serverFault, throttled } from './table/errors.ts'
import type { Tally } from './tally.ts'

/** One call of a function: it lives until it answers, is out of time, or crashes. */
interface Life {
  readonly name: string
  readonly number: number
  alive: boolean
  /** What its instance's clock is ahead of the true time, in milliseconds. */
  readonly skew: number
  readonly ended: (how: 'crashed') => void
  /** The orders it has in hand, one way or another. */
  readonly orders: Set<number>
  /** What went astray on the way to it, and within it. */
  readonly met: Set<Met>
}
interface Context {
  readonly life: Life
  readonly order: number | undefined
}

/** A trace of everything that was asked for, not only of what came of it. */
const everyRequest = process.env['REQUESTS'] !== undefined

/** In which call of which function code is running. */
const contexts = new AsyncLocalStorage<Context>()

/** Said to what a dead instance still awaits: nothing it does from then on reaches anything. */
export class Dead extends Error {}

export type Ended<T> =
  | { readonly how: 'done'; readonly value: T }
  | { readonly how: 'failed'; readonly error: unknown }
  | { readonly how: 'crashed' }

/** Tells the outcome of a request's work by throwing or answering. */
type Done<T> = (outcome: () => T) => void

/** The simulated world: one table, instances that come and go, and everything between them going wrong. */
export class World {
  readonly clock: Clock
  readonly table: FakeTable
  readonly tally: Tally
  readonly random: Random
  faults: Faults
  /** Orders about which something went wrong that may leave what became of them unknown. */
  readonly doubtful = new Set<number>()
  readonly trace: string[] | undefined
  /** Until then neither schedules nor the stream move. */
  outage = { from: Number.POSITIVE_INFINITY, to: Number.POSITIVE_INFINITY }
  readonly #injected = new WeakSet<object>()
  readonly #undo: (() => void)[] = []
  #indexesUntil = 0
  #sends = 0
  #lives = 0

  constructor(options: {
    readonly start: number
    readonly random: Random
    readonly faults: Faults
    readonly tally: Tally
    readonly trace: boolean
    readonly changed: (change: TableChange) => void
  }) {
    this.clock = new Clock(options.start)
    this.random = options.random
    this.faults = options.faults
    this.tally = options.tally
    this.trace = options.trace ? [] : undefined
    this.table = new FakeTable(
      options.changed,
      (apply) => this.#lagging(apply),
      () => this.clock.now,
    )
    forgetNumbers()
    useTable({ db: { send: (command: unknown) => this.#send(command) } as unknown as DocumentClient, name: 'panel' })
    usePatience({ pause: (milliseconds) => this.clock.sleep(milliseconds), random: () => this.random.next() })
    this.#undo.push(
      replaceDate(() => this.clock.now + (contexts.getStore()?.life.skew ?? 0)),
      makeUpBy(options.random.fork()),
      withoutStacks(options.trace),
      () => useTable(undefined),
      () => usePatience(undefined),
    )
  }

  /** How long everything that goes by itself stands still yet, in milliseconds. */
  standstill(): number {
    const { from, to } = this.outage
    return this.clock.now >= from && this.clock.now < to ? to - this.clock.now : 0
  }

  close(): void {
    for (const undo of this.#undo) undo()
  }

  say(line: () => string): void {
    this.trace?.push(`${new Date(this.clock.now).toISOString().slice(11, 23)} ${line()}`)
  }

  /** Runs something as one call of a function, which can crash. */
  async live<T>(name: string, seconds: number, run: () => Promise<T>, met: Iterable<Met> = []): Promise<Ended<T>> {
    return new Promise((resolve) => {
      const life: Life = {
        name,
        number: this.#lives++,
        alive: true,
        skew: Math.round((this.faults.late('travel') - this.faults.late('travel')) * 2),
        orders: new Set(),
        met: new Set(met),
        ended: (how) => resolve({ how }),
      }
      const end = (ended: Ended<T>): void => {
        if (!life.alive) return
        // What it left running is frozen with it.
        life.alive = false
        resolve(ended)
      }
      this.clock.after(seconds * 1000, () => this.#die(life, 'out of time'))
      contexts.run({ life, order: undefined }, () => {
        run().then(
          (value) => end({ how: 'done', value }),
          (error: unknown) => end({ how: 'failed', error }),
        )
      })
    })
  }

  /** Within a life: works on this order. */
  about<T>(order: number, run: () => Promise<T>): Promise<T> {
    const context = contexts.getStore()
    if (!context) return run()
    context.life.orders.add(order)
    return contexts.run({ ...context, order }, run)
  }

  /** Whether the instance in which this runs is still there. */
  isAlive(): boolean {
    return contexts.getStore()?.life.alive ?? false
  }

  orderInHand(): number | undefined {
    return contexts.getStore()?.order
  }

  /** Whether an error is one of ours, or follows from an instance's death. */
  expected(error: unknown): boolean {
    return error instanceof Dead || (typeof error === 'object' && error !== null && this.#injected.has(error))
  }

  /** Something ambiguous happened to the order in hand, or to all that the life has in hand. */
  doubt(): void {
    const context = contexts.getStore()
    if (!context) return
    if (context.order !== undefined) this.doubtful.add(context.order)
    else for (const order of context.life.orders) this.doubtful.add(order)
  }

  #die(life: Life, why: string): unknown {
    if (!life.alive) return nothing
    life.alive = false
    this.say(() => `${life.name} dies: ${why}`)
    for (const order of life.orders) this.doubtful.add(order)
    forgetNumbers()
    life.ended('crashed')
    return undefined
  }

  inject<E extends object>(error: E): E {
    this.#injected.add(error)
    return error
  }

  /** A request from a function to something outside it, which meets its fate on the way. */
  request<T>(
    to: Party,
    what: () => string,
    kinds: Pick<Request, 'writes' | 'transaction' | 'step'>,
    work: (done: Done<T>, held?: number) => void,
  ): Promise<T> {
    const context = contexts.getStore()
    if (!context) throw new Error(`${what()}: nobody asks`)
    const { life } = context
    if (!life.alive) return Promise.reject(new Dead())
    const asked: Request = { by: life.name, call: life.number, to, what, ...kinds }
    const fate = this.faults.fate(asked)
    if (everyRequest) this.say(() => `${life.name}: ${what()}`)
    if (fate !== 'fine') {
      this.tally.count('faults', `${fate}, ${to}`)
      this.say(() => `${life.name}: ${what()} → ${fate}`)
      this.doubt()
    }
    if (asked.step) {
      if (fate !== 'fine') countMeeting(this.tally, asked.step, fate)
      for (const fault of life.met) countMeeting(this.tally, asked.step, fault)
    }
    return new Promise((resolve, reject) => {
      const back = (outcome: () => T): void =>
        this.clock.after(this.faults.late('travel'), () => {
          if (!life.alive) {
            reject(new Dead())
            return
          }
          try {
            resolve(outcome())
          } catch (error) {
            reject(error)
          }
        })
      this.clock.after(
        this.faults.late('travel'),
        () => this.#arrive(life, fate, asked, work, back, () => reject(new Dead())),
        // Only a crash is felt before the answer is back.
        fate === 'fine',
      )
    })
  }

  #arrive<T>(
    life: Life,
    fate: Fate,
    asked: Request,
    work: (done: Done<T>, held?: number) => void,
    back: Done<T>,
    dead: () => void,
  ): void {
    const fail = (error: object) => (): never => {
      throw this.inject(error)
    }
    const crash = (why: string): void => {
      this.#die(life, why)
      dead()
    }
    switch (fate) {
      case 'fine':
        work(back)
        break
      case 'crash before':
        crash(`before ${asked.what()}`)
        break
      case 'crash after':
        work(() => crash(`after ${asked.what()}`))
        break
      case 'answer lost':
        work(() => back(fail(serverFault())))
        break
      case 'refused':
        back(fail(throttled()))
        break
      case 'asked twice':
        work(() => this.clock.after(50 + this.faults.late('travel') * 5, () => work(back)))
        break
      case 'in progress':
        // Longer than the pauses of whoever tries again, or shorter.
        work(() => undefined, this.random.between(1, 40) ** 2)
        back(fail(inProgress()))
        break
      case 'conflict':
        back(fail(asked.transaction ? canceled([{ Code: 'TransactionConflict' }]) : conflict()))
    }
  }

  /** Changes show in the indexes later, and in order. */
  #lagging(apply: () => void): void {
    const at = Math.max(this.#indexesUntil, this.clock.now + this.faults.late('index'))
    this.#indexesUntil = at
    this.clock.after(at - this.clock.now, apply, true)
  }

  #send(command: unknown): Promise<unknown> {
    const what = () => describe(command)
    if (command instanceof TransactWriteCommand) {
      // The SDK makes up a token for each request it sends, and repeats it when it asks again by itself.
      const input = { ...command.input, ClientRequestToken: command.input.ClientRequestToken ?? `sdk ${this.#sends++}` }
      return this.request('table', what, { writes: true, transaction: true, step: stepOf(command) }, (done, held) => {
        this.#attempt(done, () => {
          const transaction = this.table.begin(input)
          this.clock.after(held ?? this.faults.late('held'), () => {
            // One that was left hanging may never be carried out.
            if (held !== undefined && this.random.chance(0.25)) transaction.abort()
            else transaction.commit()
            done(() => ({}))
          })
        })
      })
    }
    const met = contexts.getStore()?.life.met ?? new Set()
    const writes = !(command instanceof GetCommand || command instanceof QueryCommand || command instanceof BatchGetCommand)
    return this.request('table', what, { writes, transaction: false, step: stepOf(command) }, (done) => {
      this.#attempt(done, () => {
        const answer = this.#run(command, met)
        done(() => answer)
      })
    })
  }

  #attempt(done: Done<unknown>, run: () => void): void {
    try {
      run()
    } catch (error) {
      done(() => {
        throw error
      })
    }
  }

  #run(command: unknown, met: Set<Met>): unknown {
    const astray = (how: 'read stale' | 'page short' | 'keys left over'): boolean => {
      const strays = this.faults.astray(how)
      if (strays) met.add(how)
      return strays
    }
    if (command instanceof GetCommand) return this.table.run(command, !command.input.ConsistentRead && astray('read stale'))
    if (command instanceof QueryCommand && command.input.Limit === undefined && astray('page short'))
      return this.table.run(new QueryCommand({ ...command.input, Limit: this.random.between(1, 3) }))
    if (command instanceof BatchGetCommand && astray('keys left over')) return this.#someOf(command.input)
    if (command instanceof BatchGetCommand) return this.table.run(command, astray('read stale'))
    return this.table.run(command)
  }

  #someOf({ RequestItems = {} }: BatchGetCommandInput): unknown {
    const [[name, { Keys = [] }] = ['', {}]] = Object.entries(RequestItems)
    const taken = Math.ceil(Keys.length / 2)
    const answer = this.table.run(new BatchGetCommand({ RequestItems: { [name]: { Keys: Keys.slice(0, taken) } } }))
    return { ...answer, UnprocessedKeys: taken < Keys.length ? { [name]: { Keys: Keys.slice(taken) } } : {} }
  }
}

/** Where an error comes from is told where a world is told: to know it costs more than the error. Answers how to end it. */
function withoutStacks(told: boolean): () => void {
  const before = Error.stackTraceLimit
  if (!told) Error.stackTraceLimit = 0
  return () => {
    Error.stackTraceLimit = before
  }
}

/** A command in a few words, for the trace. */
function describe(command: unknown): string {
  const { input } = command as { input: Record<string, unknown> }
  const name = Object(command).constructor.name.replace('Command', '')
  const legs = (input['TransactItems'] ?? []) as Record<string, Record<string, unknown>>[]
  if (legs.length > 0)
    return `${name} ${legs.map((leg) => Object.entries(leg).map(([kind, one]) => `${kind} ${keyOf(one)}`)).join(', ')}`
  return `${name} ${input['IndexName'] ?? ''}${keyOf(input)}`
}
const keyOf = (input: Record<string, unknown>): string => {
  const { pk = '', sk = '' } = (input['Key'] ?? input['Item'] ?? {}) as { pk?: string; sk?: string }
  return `${pk} ${sk}`.trim()
}
