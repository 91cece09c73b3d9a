/**
 * Waits until everything that can go on without an event has gone on: a tick comes when no promise has anything left to do.
 * A turn of the event loop would do as well, and costs ten times as much.
 */
const settled = (): Promise<void> => new Promise((go) => process.nextTick(go))

/** Answers `nothing` when it woke nobody: no code goes on because of it. */
type Run = () => unknown
export const nothing = Symbol('nothing')

interface Event {
  readonly at: number
  readonly order: number
  readonly run: Run
  readonly quiet: boolean
}

/** Time of the simulated world: it stands still while code runs, and jumps from event to event. */
export class Clock {
  now: number
  readonly #events: Event[] = []
  #order = 0

  constructor(start: number) {
    this.now = start
  }

  /** `quiet`: wakes nobody, whatever it answers. */
  after(milliseconds: number, run: Run, quiet = false): void {
    this.#push({ at: this.now + Math.max(0, milliseconds), order: this.#order++, run, quiet })
  }

  sleep(milliseconds: number): Promise<void> {
    return new Promise((wake) => this.after(milliseconds, wake))
  }

  /** Runs events until there are none before `until`. */
  async run(until: number): Promise<void> {
    await settled()
    for (let next = this.#events[0]; next && next.at <= until; next = this.#events[0]) {
      this.#pop()
      this.now = next.at
      if (next.run() !== nothing && !next.quiet) await settled()
    }
    this.now = Math.max(this.now, until)
  }

  // A binary heap: thousands of events wait at once.
  #push(event: Event): void {
    const heap = this.#events
    let at = heap.push(event) - 1
    while (at > 0) {
      const parent = (at - 1) >> 1
      const above = heap[parent]
      if (!above || !earlier(event, above)) break
      heap[at] = above
      at = parent
    }
    heap[at] = event
  }

  #pop(): void {
    const heap = this.#events
    const last = heap.pop()
    if (!last || heap.length === 0) return
    let at = 0
    for (;;) {
      const left = 2 * at + 1
      const right = left + 1
      const [a, b] = [heap[left], heap[right]]
      const child = a && b ? (earlier(b, a) ? right : left) : left
      const below = heap[child]
      if (!below || !earlier(below, last)) break
      heap[at] = below
      at = child
    }
    heap[at] = last
  }
}

const earlier = (a: Event, b: Event): boolean => a.at < b.at || (a.at === b.at && a.order < b.order)

const RealDate = Date

/** Has `new Date()` tell another time, for the parts of a handler that read the clock themselves. Answers how to end it. */
export function replaceDate(now: () => number): () => void {
  class SimulatedDate extends RealDate {
    constructor(...given: unknown[]) {
      if (given.length === 0) super(now())
      else if (given.length === 1) super(given[0] as number)
      else super(...(given as [number]))
    }
    static override now(): number {
      return now()
    }
  }
  globalThis.Date = SimulatedDate as DateConstructor
  return () => {
    globalThis.Date = RealDate
  }
}
