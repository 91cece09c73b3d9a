import type { Context } from 'aws-lambda'
import type { WorkHandler } from '../../functions/kit/work.ts'
import { nothing } from './clock.ts'
import type { Met } from './meetings.ts'
import type { World } from './world.ts'

interface Message {
  readonly id: string
  readonly body: string
  /** Nobody else sees it until then. */
  hiddenUntil: number
  receives: number
  /** What went astray with it. */
  readonly met: Set<Met>
}

interface Failures {
  readonly batchItemFailures: readonly { readonly itemIdentifier: string }[]
}

/** A standard queue with the worker that reads it: messages come late, in any order, twice, and again until they are done. */
export class Queue {
  readonly #world: World
  readonly #name: string
  readonly #options: {
    readonly batchSize: number
    readonly atOnce: number
    readonly timeoutSeconds: number
    readonly visibilitySeconds: number
  }
  readonly #handler: () => WorkHandler<Failures>
  readonly #messages = new Map<string, Message>()
  #serial = 0
  #running = 0
  #woken = false

  /** `handler` makes a new instance of the worker. */
  constructor(world: World, name: string, options: Queue['_options'], handler: () => WorkHandler<Failures>) {
    this.#world = world
    this.#name = name
    this.#options = options
    this.#handler = handler
  }
  declare readonly _options: {
    readonly batchSize: number
    readonly atOnce: number
    readonly timeoutSeconds: number
    readonly visibilitySeconds: number
  }

  get empty(): boolean {
    return this.#messages.size === 0
  }

  put(body: string, seconds = 0): void {
    const { clock, faults } = this.#world
    const late = faults.astray('message late')
    const message: Message = {
      id: `${this.#name}-${this.#serial++}`,
      body,
      hiddenUntil: clock.now + seconds * 1000 + (late ? 120_000 : 0),
      receives: 0,
      met: new Set(late ? ['message late'] : []),
    }
    this.#messages.set(message.id, message)
    this.#wake(Math.max(faults.late('delivery'), message.hiddenUntil - clock.now))
  }

  #wake(after: number): void {
    if (this.#woken && after > 0) {
      this.#world.clock.after(after, () => this.#deliver())
      return
    }
    this.#woken = true
    this.#world.clock.after(after, () => {
      this.#woken = false
      return this.#deliver()
    })
  }

  #deliver(): unknown {
    const { clock, random, faults, tally } = this.#world
    const { batchSize, atOnce, visibilitySeconds } = this.#options
    if (this.#running >= atOnce || this.#messages.size === 0) return nothing
    const visible = [...this.#messages.values()].filter(({ hiddenUntil }) => hiddenUntil <= clock.now)
    const batch = (visible.length > 1 ? random.shuffled(visible) : visible).slice(0, batchSize).filter((message) => {
      if (++message.receives <= mostReceives) return true
      this.#messages.delete(message.id)
      tally.count('queues', `${this.#name}: dead letter`)
      return false
    })
    if (batch.length === 0) return nothing
    for (const message of batch) {
      // Handed out twice at once, or left out of sight until it is done.
      if (faults.astray('message twice')) {
        message.met.add('message twice')
        this.#wake(faults.late('delivery'))
      } else {
        message.hiddenUntil = clock.now + visibilitySeconds * 1000
        this.#wake(visibilitySeconds * 1000)
      }
    }
    this.#running++
    this.#call(batch).finally(() => {
      this.#running--
      this.#wake(0)
    })
    return undefined
  }

  /** Deleted, and handed out again all the same: soon, or when it would have come again by itself. */
  #keep(message: Message): void {
    message.met.add('message kept though done')
    if (this.#world.random.chance(0.5)) return
    const after = this.#world.random.between(1, 90) * 1_000
    message.hiddenUntil = Math.min(message.hiddenUntil, this.#world.clock.now + after)
    this.#wake(after)
  }

  async #call(batch: readonly Message[]): Promise<void> {
    const { world } = { world: this.#world }
    world.tally.count('queues', `${this.#name}: delivered`, batch.length)
    const Records = batch.map(({ id, body }) => ({ messageId: id, body }))
    const met = batch.flatMap((message) => [...message.met])
    const run = () => this.#handler()({ Records }, {} as Context)
    const ended = await world.live(this.#name, this.#options.timeoutSeconds, run, met)
    if (ended.how !== 'done') return
    const failed = new Set(ended.value.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier))
    for (const message of batch)
      if (failed.has(message.id)) continue
      else if (world.faults.astray('message kept though done')) this.#keep(message)
      else this.#messages.delete(message.id)
  }
}

/** As in the stack: then a message is given up for dead. */
const mostReceives = 5
