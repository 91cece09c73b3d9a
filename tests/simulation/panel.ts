import type { ProviderId } from '../../core/ids.ts'
import type { Need } from '../../core/need.ts'
import { pollShards } from '../../core/orders/polling.ts'
import type { Outcome } from '../../core/protocol/outcome.ts'
import { writeForm } from '../../core/protocol/outgoing.ts'
import { callSeconds } from '../../core/providers/limits.ts'
import { openLists } from '../../data/keys.ts'
import { workQueue, workSchedule, workStream } from '../../functions/kit/work.ts'
import { askForPolls } from '../../functions/workers/ask-for-polls.ts'
import { pollOrders } from '../../functions/workers/poll-orders.ts'
import { relay } from '../../functions/workers/relay.ts'
import { runProviderTasks } from '../../functions/workers/run-tasks.ts'
import { startDueRuns } from '../../functions/workers/start-runs.ts'
import { submitOrder } from '../../functions/workers/submit-order.ts'
import { sweep } from '../../functions/workers/sweep-orders.ts'
import type { callProviders } from '../../outside/providers/call-providers.ts'
import type { MessageOf } from '../../outside/queues/messages.ts'
import type { TableChange } from './fake-table.ts'
import type { Met } from './meetings.ts'
import { course, type End, type Manner, manners, nonsense, note, type Pace, type Said, type UpstreamOrder } from './provider.ts'
import { Queue } from './queues.ts'
import { Requests } from './requests.ts'
import { providers } from './shop.ts'
import { Stream } from './stream.ts'
import type { World } from './world.ts'

/** A call that may have reached a provider with an order: as which of its services, and how it was taken. */
export interface Sending {
  readonly at: number
  readonly service: string
  /** Undefined where staff have looked into it since. */
  readonly manner: Manner | undefined
  readonly was: 'taken' | 'refused' | 'ambiguous' | 'said something new'
}

/** How providers behave; changed while the world runs. */
export interface Mood {
  /** How it takes an order with this link, which was sent so many times before. */
  readonly manner: (link: string, before: number) => Manner
  /** What becomes of an order with this link; at random where nothing is said. */
  readonly end?: (link: string) => End | undefined
  readonly pace: Pace
  /** Share of orders whose statuses contradict themselves. */
  readonly hostile: number
  /** Share of status calls that go wrong. */
  readonly deaf: number
  /** Between these times the provider is down, in this manner, for everybody. */
  readonly down?: Outage | undefined
}

/** Milliseconds after the world began. */
export interface Outage {
  readonly from: number
  readonly to: number
  readonly manner: Manner
  /** Whether it still says how orders stand. */
  readonly answers: boolean
}

type Handler = ReturnType<typeof workQueue>

const pollLists = (provider: ProviderId): string[] =>
  Array.from({ length: pollShards }, (_, shard) => openLists.poll(provider, shard))

/** Of what comes up by the clock, what shows whether a provider does well. */
const isBalance = (message: MessageOf<'tasks'>): boolean => 'due' in message && message.due === 'balance'

/** The worker itself, with what lies outside the table replaced, and its run watched. */
const standIn = <W extends { readonly uses: object; readonly run: unknown }>(
  worker: W,
  uses: Partial<Record<keyof W['uses'], Need<unknown>>>,
  run: W['run'],
): W => ({ ...worker, uses: { ...worker.uses, ...uses }, run })

/** The panel's real workers with their queues, stream and schedules, and providers at the other end. */
export class Panel {
  readonly #world: World
  readonly upstream: UpstreamOrder[] = []
  /** Calls that may have reached a provider with an order, by the panel's order. */
  readonly sent = new Map<number, Sending[]>()
  readonly faults: unknown[] = []
  mood: Mood
  /** Nothing goes wrong from here on, and all that is left comes to its end. */
  quiet = false
  readonly #byNumber = new Map<string, UpstreamOrder>()
  readonly #stream: Stream
  readonly #queues: Readonly<Record<'submit' | 'poll' | 'tasks', Queue>>
  readonly requests: Requests
  /** Calls that each provider has at this moment, by its key. */
  readonly #calling = new Map<string, number>()
  /** Where a provider had more calls at once than it may have. */
  readonly crowded: string[] = []
  readonly #began: number
  readonly #schedules: readonly {
    /** Whether there is anything for it to find. */
    readonly worth: () => boolean
    readonly run: (met: readonly Met[]) => Promise<void>
  }[]
  readonly #calls = new Map<number, number>()
  readonly #lastCall = new Map<number, number>()
  readonly #toCome = new Set<UpstreamOrder>()
  #ticking = true
  #serial = 0

  constructor(world: World, mood: Mood) {
    this.#world = world
    this.mood = mood
    this.#began = world.clock.now
    this.requests = new Requests(
      world,
      (number) => this.#byNumber.get(number),
      () => this.mood.pace,
    )
    const vault = this.#need({
      // Most instances have opened the data key before, and ask nobody.
      open: async (sealed: { readonly cipherText: string }) =>
        world.random.chance(0.8) ? sealed.cipherText : this.#ask('vault', 'Decrypt', () => sealed.cipherText),
    })
    const outside = this.#need({ call: this.#call, checkUrl: () => undefined })
    const queue = <Message extends object>(name: 'submit' | 'poll' | 'tasks', worth: (message: Message) => boolean = () => true) =>
      this.#need({
        sendLater: async (message: Message, seconds: number) =>
          this.#ask('queue', `send to ${name} later`, () => this.#queues[name].put(JSON.stringify(message), seconds)),
        send: async (messages: readonly Message[]) => {
          for (let from = 0; from < messages.length; from += 10)
            await this.#ask('queue', `send to ${name}`, () => {
              for (const message of messages.slice(from, from + 10).filter(worth)) this.#queues[name].put(JSON.stringify(message))
            })
        },
      })
    const none = this.#need({ send: async () => undefined })

    const submitting = standIn(
      submitOrder,
      { vault, outside, submit: queue('submit'), later: queue('submit') },
      this.#watched(submitOrder.run, ({ message }) => message.orderId),
    )
    const polling = standIn(pollOrders, { vault, outside }, this.#watched(pollOrders.run))
    const sweeping = standIn(
      sweep,
      { submit: queue('submit'), tasks: queue('tasks'), requests: queue('poll') },
      this.#watched(sweep.run),
    )
    const asking = standIn(
      askForPolls,
      { polls: queue('poll', this.#worthAsking), tasks: queue('tasks', isBalance) },
      this.#watched(askForPolls.run),
    )
    const tasking = standIn(
      runProviderTasks,
      { vault, outside, readOffers: none, writeOffers: none },
      this.#watched(runProviderTasks.run),
    )
    const starting = standIn(startDueRuns, {}, this.#watched(startDueRuns.run))
    const relaying = standIn(
      relay,
      { submit: queue('submit'), requests: queue('poll'), tasks: none, publish: none, keys: none, mail: none, erasures: none },
      this.#watched(relay.run),
    )

    const relayHandler = workStream(relaying)
    const [sweepHandler, askHandler, startHandler] = [workSchedule(sweeping), workSchedule(asking), workSchedule(starting)]
    const queueOptions = ({ on, timeoutSeconds }: typeof submitOrder | typeof pollOrders | typeof runProviderTasks) => ({
      batchSize: on.batchSize,
      atOnce: on.atOnce ?? 10,
      timeoutSeconds,
      visibilitySeconds: timeoutSeconds * 6,
    })
    this.#queues = {
      submit: new Queue(
        world,
        'submit',
        queueOptions(submitOrder),
        this.#instances(() => workQueue(submitting)),
      ),
      poll: new Queue(
        world,
        'poll',
        queueOptions(pollOrders),
        this.#instances(() => workQueue(polling)),
      ),
      tasks: new Queue(
        world,
        'tasks',
        queueOptions(runProviderTasks),
        this.#instances(() => workQueue(tasking)),
      ),
    }
    this.#stream = new Stream(world, { ...relay.on, timeoutSeconds: relay.timeoutSeconds }, () => relayHandler)
    this.#schedules = [
      {
        worth: this.#worthSweeping,
        run: async (met) => void (await world.live('sweep', sweep.timeoutSeconds, () => sweepHandler({}, {} as never), met)),
      },
      {
        worth: this.#anyWorthAsking,
        run: async (met) => void (await world.live('ask', askForPolls.timeoutSeconds, () => askHandler({}, {} as never), met)),
      },
      {
        worth: this.#runsAreDue,
        run: async () => void (await world.live('runs', startDueRuns.timeoutSeconds, () => startHandler({}, {} as never))),
      },
    ]
    this.#tick()
  }

  /** Instances of a function, each with a memory of its own: one that is idle is called again, or a new one begins. */
  #instances(begin: () => Handler): () => Handler {
    const idle: Handler[] = []
    return () => {
      const one = (this.#world.random.chance(0.7) ? idle.pop() : undefined) ?? begin()
      return async (event, context) => {
        const answer = await one(event, context)
        if (this.#world.isAlive()) idle.push(one)
        return answer
      }
    }
  }

  changed(change: TableChange): void {
    this.#stream.add(change)
  }

  stop(): void {
    this.#ticking = false
  }

  get idle(): boolean {
    return this.#stream.empty && this.#queues.submit.empty
  }

  /**
   * Every minute, the schedules; one may be missed, or come twice. When nothing goes wrong any more, every other minute will
   * do; and where there is nothing to be found, one time in ten is enough.
   */
  #tick(): void {
    const { clock, faults, random } = this.#world
    const every = this.quiet ? 120_000 : 60_000
    clock.after(every - (clock.now % every), () => {
      if (!this.#ticking) return
      for (const { worth, run } of this.#schedules) {
        if (this.#world.standstill() > 0 || faults.astray('run missed') || !(worth() || random.chance(0.1))) continue
        const met: readonly Met[] = faults.astray('run twice') ? ['run twice'] : []
        clock.after(faults.late('schedule'), () => void run(met))
        if (met.length > 0) clock.after(faults.late('schedule'), () => void run(met))
      }
      this.#tick()
    })
  }

  /** A provider without open orders is asked about nothing, and nothing comes of it: one time in ten is enough. */
  readonly #worthAsking = (message: MessageOf<'poll'>): boolean =>
    'kind' in message || this.#hasOpen(message.providerId) || this.#world.random.chance(0.1)

  #hasOpen(provider: ProviderId): boolean {
    return this.#anyOn(openLists.refills(provider), openLists.doubtful(provider), ...pollLists(provider))
  }

  #anyOn(...lists: readonly string[]): boolean {
    return lists.some((list) => this.#world.table.indexes.has('open', list))
  }

  /** Orders to be asked about, or a provider that is failing, or was not asked for its balance yet. */
  readonly #anyWorthAsking = (): boolean =>
    providers.some(
      (provider) =>
        this.#hasOpen(provider) ||
        this.#world.table.peek('LINE', provider)?.['failing'] !== undefined ||
        (this.#world.table.peek('PROVIDER', provider) && !this.#world.table.peek('BALANCE', provider)),
    )

  readonly #worthSweeping = (): boolean => {
    const { table } = this.#world
    if (this.#anyOn(openLists.waiting(), openLists.toForward(), openLists.requests(), ...providers.map(openLists.parked)))
      return true
    for (const { state } of table.all('ORDER#')) if (state === 'accepted' || state === 'submitting') return true
    return false
  }

  readonly #runsAreDue = (): boolean => {
    const now = new Date(this.#world.clock.now).toISOString()
    for (const { sk } of this.#world.table.all('DUE#')) if (String(sk) <= `${now}~`) return true
    return false
  }

  #need<T>(opened: T): Need<T> {
    return { allow: [], open: () => opened }
  }

  #ask<T>(to: 'queue' | 'vault', what: string, effect: () => T): Promise<T> {
    return this.#world.request<T>(
      to,
      () => what,
      { writes: true, transaction: false },
      (done) => {
        const value = effect()
        done(() => value)
      },
    )
  }

  /** Notes what a worker threw, and which order it has in hand. */
  #watched<Call>(run: (call: Call) => Promise<void>, order?: (call: Call) => number): (call: Call) => Promise<void> {
    const { about, expected, doubtful } = {
      about: this.#world.about.bind(this.#world),
      expected: this.#world.expected.bind(this.#world),
      doubtful: this.#world.doubtful,
    }
    return (call) => {
      const inHand = order?.(call)
      const watched = async () => {
        try {
          await run(call)
        } catch (error) {
          if (inHand !== undefined) doubtful.add(inHand)
          if (!expected(error)) this.faults.push(error)
          throw error
        }
      }
      return inHand === undefined ? watched() : about(inHand, watched)
    }
  }

  // --- Providers -------------------------------------------------------------------------------------------------------

  readonly #call: ReturnType<typeof callProviders.open>['call'] = (line, outgoing) => {
    const form = new URLSearchParams(writeForm(line.apiKey, outgoing))
    const done = this.#crowd(line.apiKey)
    // Of a caller that is gone the call goes on, for as long as a call may take.
    void this.#world.clock.sleep(callSeconds[outgoing.action] * 1000).then(done)
    const call =
      outgoing.action === 'add'
        ? this.#add(form)
        : outgoing.action === 'status'
          ? this.#status(form)
          : outgoing.action === 'balance'
            ? this.#balance()
            : outgoing.action === 'services'
              ? undefined
              : this.requests.call(outgoing.action, form)
    if (call) return call.finally(done)
    throw new Error(`nobody asks a provider for ${outgoing.action} here`)
  }

  /** Counts one more call, and answers how to count it out again. */
  #crowd(provider: string): () => void {
    const most = Number(this.#world.table.peek('PROVIDER', provider)?.['atOnce'])
    const now = (this.#calling.get(provider) ?? 0) + 1
    this.#calling.set(provider, now)
    if (now > most) this.crowded.push(`${provider} had ${now} calls at once, and may have ${most}`)
    this.#world.tally.count('calls at once', now === most ? 'as many as it may have' : 'fewer')
    let counted = true
    return () => {
      if (counted) this.#calling.set(provider, (this.#calling.get(provider) ?? 0) - 1)
      counted = false
    }
  }

  #down(): Outage | undefined {
    const { down } = this.mood
    const at = this.#world.clock.now - this.#began
    return down && at >= down.from && at < down.to ? down : undefined
  }

  #balance(): Promise<Outcome> {
    const down = this.#down()
    const body = this.#world.random.chance(0.9) ? '{"balance":"100.00","currency":"USD"}' : '<html>'
    const answer = down && !down.answers ? { status: 503, body: '' } : { status: 200, body }
    return this.#world.request<Outcome>(
      'provider',
      () => 'balance',
      { writes: false, transaction: false },
      (done) => done(() => ({ kind: 'answer', ...answer })),
    )
  }

  #add(form: URLSearchParams): Promise<Outcome> {
    const { random, clock, tally, doubtful } = this.#world
    const of = this.#world.orderInHand()
    if (of === undefined) throw new Error('an order is sent that nobody has in hand')
    const link = form.get('link') ?? ''
    const before = this.#calls.get(of) ?? 0
    this.#calls.set(of, before + 1)
    this.#lastCall.set(of, clock.now)
    const manner = this.#down()?.manner ?? this.mood.manner(link, before)
    const { takes, answer, reached, ambiguous } = manners[manner]
    return this.#world.request<Outcome>(
      'provider',
      () => `add order ${of}: ${manner}`,
      { writes: true, transaction: false },
      (done) => {
        tally.count('providers', manner)
        this.#world.say(() => `provider ${manner}: order ${of}`)
        if (!reached) {
          done(() => ({ kind: 'not-sent', why: 'refused' }))
          return
        }
        if (ambiguous) doubtful.add(of)
        const order = this.#upstreamOrder(of, form, takes === 'later' ? random.between(30, 600) * 1000 : 0)
        const known = this.sent.get(of) ?? []
        const was =
          manner === 'says something new' ? 'said something new' : ambiguous ? 'ambiguous' : takes === 'never' ? 'refused' : 'taken'
        known.push({ at: clock.now, service: form.get('service') ?? '', manner, was })
        this.sent.set(of, known)
        if (takes !== 'never') {
          this.#toCome.add(order)
          clock.after(order.takenAt - clock.now, () => this.#take(order))
        }
        if (!answer) {
          clock.after(this.mood.pace.silent(random), () => done(() => ({ kind: 'no-answer', why: 'it took too long' })))
          return
        }
        const { status, body } = answer(order.number)
        clock.after(manner === 'takes it slowly' ? this.mood.pace.slow(random) : 0, () =>
          done(() => ({ kind: 'answer', status, body })),
        )
      },
    )
  }

  /** Always the same, or an answer that says nothing. */
  #upstreamOrder(of: number, form: URLSearchParams, late: number): UpstreamOrder {
    const { random, clock } = this.#world
    const comments = form.get('comments')?.split('\r\n').length
    const quantity = Number(form.get('quantity') ?? comments ?? 1) * Number(form.get('runs') ?? 1)
    const takenAt = clock.now + late
    this.#serial += random.between(1, 9)
    const number = String(900_000 + this.#serial)
    return {
      number,
      of,
      quantity,
      takenAt,
      hostile: random.chance(this.mood.hostile),
      told: new Set(),
      ...course(random, quantity, takenAt, this.mood.end?.(form.get('link') ?? '')),
    }
  }

  /** Whether a provider has the order; undefined while it may take it yet. */
  hasTaken(order: number): boolean | undefined {
    if (this.upstream.some(({ of }) => of === order)) return true
    const mayArrive = this.#world.clock.now < (this.#lastCall.get(order) ?? 0) + 60_000
    return mayArrive || [...this.#toCome].some(({ of }) => of === order) ? undefined : false
  }

  /** Somebody knows that none of the calls up to now was taken. */
  clear(order: number): void {
    const known = this.sent.get(order) ?? []
    this.sent.set(
      order,
      known.map(({ at, service }) => ({ at, service, manner: undefined, was: 'refused' })),
    )
  }

  #take(order: UpstreamOrder): void {
    this.#toCome.delete(order)
    this.upstream.push(order)
    this.#byNumber.set(order.number, order)
  }

  #status(form: URLSearchParams): Promise<Outcome> {
    const { random, tally } = this.#world
    const asked = (form.get('orders') ?? form.get('order') ?? '').split(',')
    const down = this.#down()
    const broken =
      down && !down.answers
        ? ('breakdown' as const)
        : random.chance(this.mood.deaf)
          ? random.pick(['silence', 'page', 'breakdown', 'error', 'holes'] as const)
          : undefined
    return this.#world.request<Outcome>(
      'provider',
      () => `status of ${asked.length}`,
      { writes: false, transaction: false },
      (done) => {
        if (broken) tally.count('providers', `status: ${broken}`)
        if (broken === 'silence') {
          this.#world.clock.after(this.mood.pace.silent(random), () => done(() => ({ kind: 'no-answer', why: 'it took too long' })))
          return
        }
        const { status, body } = this.#statusAnswer(asked, broken)
        done(() => ({ kind: 'answer', status, body }))
      },
    )
  }

  #statusAnswer(
    asked: readonly string[],
    broken: 'page' | 'breakdown' | 'error' | 'holes' | undefined,
  ): { readonly status: number; readonly body: string } {
    const { random } = this.#world
    if (broken === 'page') return { status: 200, body: '<html>maintenance</html>' }
    if (broken === 'breakdown') return { status: 503, body: '' }
    if (broken === 'error') return { status: 200, body: JSON.stringify({ error: 'Incorrect request' }) }
    const rows = asked.flatMap((number): [string, Said | { error: string }][] => {
      if (broken === 'holes' && random.chance(0.5)) return random.chance(0.5) ? [] : [[number, { error: 'Incorrect order ID' }]]
      return [[number, this.#said(number)]]
    })
    return { status: 200, body: JSON.stringify(asked.length === 1 && rows[0] ? rows[0][1] : Object.fromEntries(rows)) }
  }

  #said(number: string): Said | { error: string } {
    const { clock, random, tally } = this.#world
    const order = this.#byNumber.get(number)
    if (!order) return { error: 'Incorrect order ID' }
    const lies = order.hostile && this.mood.hostile > 0 && random.chance(0.5)
    const said = lies
      ? nonsense(random, order)
      : (order.course.findLast(({ at }) => at <= clock.now)?.said ?? { status: 'Pending' })
    if (lies) tally.count('providers', 'status: nonsense')
    note(order, said)
    return said
  }
}
