import { customerId } from '../../core/ids.ts'
import type { StatusReport } from '../../core/orders/heard.ts'
import type { Work } from '../../core/orders/manual.ts'
import { unlawful } from './books.ts'
import { aboutOf, doingsOf, emphasisOn, mannersOf } from './emphasis.ts'
import type { Faults, Rates } from './faults.ts'
import { noFaults, RandomFaults } from './faults.ts'
import { feedOf, isStuck, runsOf } from './feeds.ts'
import { type Mood, type Outage, Panel } from './panel.ts'
import { People, type Wish } from './people.ts'
import { brisk, type End, honest, type Manner, note, sluggish } from './provider.ts'
import { Random } from './random.ts'
import { doubled, misasked, requestsRest } from './requests.ts'
import { catalogue, furnish, providers } from './shop.ts'
import { lookInto, readErrors } from './staff.ts'
import { Tally } from './tally.ts'
import { verdict } from './verdict.ts'
import { World } from './world.ts'

process.env['POWERTOOLS_LOG_LEVEL'] = 'SILENT'
process.env['POWERTOOLS_METRICS_DISABLED'] = 'true'

export interface Result {
  readonly wrong: readonly string[]
  readonly tally: Tally
  readonly trace: readonly string[]
}

const minute = 60_000
const start = Date.parse('2026-11-22T10:00:00.000Z')

interface Scenario {
  readonly random: Random
  readonly faults: (random: Random, told: (fault: string) => void) => Faults & { on?: boolean }
  readonly mood: (random: Random) => Mood
  readonly faultless: boolean
  /** Sets people going, and answers when they are done. */
  readonly act: (people: People, world: World, panel: Panel, random: Random) => Promise<unknown>
  readonly activeMinutes: number
  /** Between these minutes nothing goes by itself: then all of it at once. */
  readonly outage?: { readonly from: number; readonly to: number } | undefined
}

/** Lives through a scenario until everything has come to rest, and judges. */
async function run(scenario: Scenario, trace: boolean): Promise<Result> {
  const { random } = scenario
  const tally = new Tally()
  const wrong: string[] = []
  const changed: Parameters<Panel['changed']>[0][] = []
  let panel: Panel | undefined
  const faults = scenario.faults(random.fork(), (fault) => tally.count('faults', fault))
  const world = new World({
    // Close to midnight, so that some orders and their sweeps lie on two days.
    start: start + random.between(0, 14 * 60) * minute,
    random: random.fork(),
    faults,
    tally,
    trace,
    changed: (change) => {
      const what = unlawful(change, tally) ?? doubled(change, world)
      if (what) wrong.push(what)
      if (change.pk.startsWith('ORDER#'))
        world.say(
          () =>
            `order ${Number(change.sk)}: ${String(change.was?.['state'] ?? 'new')} → ${String(change.now?.['state'])} ${String(change.now?.['reason'] ?? '')}`,
        )
      if (change.pk.startsWith('ORDER#') && change.now?.['reason'] !== undefined && change.now['reason'] !== change.was?.['reason'])
        tally.count('reasons', String(change.now['reason']))
      if (change.pk === 'LINE') {
        const [was, now] = [failingOf(change.was), failingOf(change.now)]
        if (was !== now) tally.count('lines', `${was} → ${now}`)
        if (was !== now) world.say(() => `${change.sk}: ${was} → ${now}`)
      }
      if (panel) panel.changed(change)
      else changed.push(change)
    },
  })
  try {
    furnish(world, random.chance(0.4) ? 2 : 1, random)
    const { outage } = scenario
    if (outage) world.outage = { from: world.clock.now + outage.from * minute, to: world.clock.now + outage.to * minute }
    const people = new People(world)
    panel = new Panel(world, scenario.mood(random.fork()))
    panel.requests.isWell = scenario.faultless
    const acting = scenario.act(people, world, panel, random.fork())
    await world.clock.run(world.clock.now + scenario.activeMinutes * minute)

    // Quiet from here on: nothing goes wrong any more, providers are well, and staff let paused ones go on.
    if ('on' in faults) faults.on = false
    panel.quiet = true
    panel.requests.isWell = true
    panel.mood = { manner: () => 'takes it', pace: brisk, hostile: 0, deaf: 0 }
    let done = false
    void acting.then(() => {
      done = true
    })
    for (let waited = 0; waited < 300 && !(done && panel.idle && rested(world, panel) && requestsRest(world)); waited += 2) {
      for (const provider of providers.filter((one) => world.table.peek('PROVIDER', one)))
        world.table.load({ ...world.table.peek('PROVIDER', provider), status: 'active' })
      await world.clock.run(world.clock.now + 2 * minute)
    }
    // Whatever still comes late, comes now.
    await world.clock.run(world.clock.now + 3 * minute)
    panel.stop()
    if (!done) wrong.push('people are still waiting for an answer')
    wrong.push(...verdict(world, panel, people, scenario.faultless), ...misasked(world, panel.requests, scenario.faultless))
  } finally {
    world.close()
  }
  return { wrong, tally, trace: world.trace ?? [] }
}

/** Whether a provider is left alone, in a few words. */
function failingOf(line: Parameters<Panel['changed']>[0]['now']): string {
  const failing = line?.['failing'] as { readonly by: string; readonly phase: string } | undefined
  return failing ? `${failing.by} ${failing.phase}` : 'well'
}

const openStates = ['accepted', 'submitting', 'parked', 'pending', 'in-progress', 'processing']

/** Whether no order can be expected to move any more. */
function rested(world: World, panel: Panel): boolean {
  const orders = [...world.table.all('ORDER#')]
  const hostile = new Set(panel.upstream.flatMap((order) => (order.hostile ? [order.of] : [])))
  for (const order of orders)
    if (
      !isStuck(order, runsOf(order, orders)) &&
      order['providerId'] !== 'manual' &&
      openStates.includes(String(order['state'])) &&
      !(order['reason'] === 'partial-without-remains' && order['type'] === 'Package') &&
      !(order['reason'] && order['state'] !== 'parked' && hostile.has(Number(order['orderId'])))
    )
      return false
  return true
}

/** Like `furnish`, while the world runs: staff take a service out of sale, or put it back. */
function setEnabled({ table }: World, service: number, enabled: boolean): void {
  table.load({ ...table.peek('CATALOGUE', String(service).padStart(10, '0')), enabled })
}

let worlds = 0

/** How long people go on ordering, and doing the rest of what they do from one of these minutes on. */
const actingMilliseconds = 2.5 * minute

/** People at random: orders, second clicks, retries, credits, debits, suspensions. */
function crowd(seed: number, emphasis: ReturnType<typeof emphasisOn>) {
  return async (people: People, world: World, panel: Panel, random: Random): Promise<unknown> => {
    const busy: Promise<unknown>[] = []
    const { clock } = world
    const doings = doingsOf(emphasis)
    /** Within these milliseconds. */
    const once = (from: number, to: number, act: () => unknown): void =>
      void busy.push(clock.sleep(random.between(from, to)).then(act))
    const often = (doing: keyof typeof doings, from: number, to: number, act: () => unknown): void => {
      for (let count = random.between(...doings[doing]); count > 0; count--) once(from, to, act)
    }
    // What an instance remembers of a customer must not carry over from one world to the next.
    const customers = Array.from({ length: random.pick([1, 1, 2, 3]) }, (_, index) =>
      people.open(`c${seed}-${worlds++}-${index}`, random.chance(0.3) ? BigInt(random.between(1, 4_000_000)) : 0n),
    )
    let serial = 0
    for (const customer of customers) {
      busy.push(people.move(customer, 'credit', BigInt(random.between(3, 14)) * 1_000_000n, 'first', 20))
      // Two members of staff at once, while something may still be owed.
      if (random.chance(0.3)) busy.push(people.move(customer, 'credit', BigInt(random.between(1, 2_000_000)), 'also first', 20))
      if (random.chance(0.3))
        once(0, actingMilliseconds, () =>
          people.move(customer, random.pick(['credit', 'debit']), BigInt(random.between(1, 3_000_000)), 'second', 20),
        )
      if (random.chance(0.25)) once(1, actingMilliseconds, () => people.suspend(customer))
    }
    if (random.chance(0.15)) once(1, actingMilliseconds, () => setEnabled(world, 1, false))
    for (let count = random.between(...doings.order); count > 0; count--) {
      const wish = draw(random, random.pick(customers), serial++)
      once(2_000, 2_000 + actingMilliseconds, () => insist(people, world, random, wish))
    }
    // Of a number of its own, so that the worlds without it stay as they are.
    const wanting = new Random(seed ^ 0x5bd1e995)
    if (wanting.chance(0.15))
      for (const customer of customers)
        for (let count = 0; count < serial; count++)
          if (wanting.chance(0.4))
            busy.push(clock.sleep(wanting.between(1, actingMilliseconds)).then(() => people.block(linkOf(customer, count))))
    if (wanting.chance(0.2))
      busy.push(clock.sleep(wanting.between(1, actingMilliseconds)).then(() => refillUnwanted(people, world, panel, wanting)))
    const bound = new Random(seed ^ 0x27d4eb2f)
    if (bound.chance(0.15)) {
      const from = clock.now + bound.between(0, minute)
      busy.push(clock.sleep(bound.between(1, 30_000)).then(() => people.bind(2, from)))
      for (const customer of customers)
        if (bound.chance(0.6)) busy.push(clock.sleep(bound.between(1, actingMilliseconds)).then(() => people.accept(customer, 2)))
    }
    // All at once, with money for some of them.
    if (random.chance(0.2)) {
      const customer = random.pick(customers)
      const at = 2_000 + random.between(0, actingMilliseconds)
      for (let count = random.between(3, 8); count > 0; count--) {
        const wish = draw(random, customer, serial++)
        once(at, at, () => insist(people, world, random, wish))
      }
    }
    // Batch upon batch for one provider.
    if (emphasis.rush)
      for (const at of [10_000, 12_000, 18_000])
        for (let count = random.between(3, 6); count > 0; count--) {
          const wish = draw(random, random.pick(customers), serial++, rushed)
          once(at, at + 500, () => insist(people, world, random, wish))
        }
    if (random.chance(0.1))
      once(1, actingMilliseconds, async () => {
        setEnabled(world, 7, false)
        await clock.sleep(3 * minute)
        setEnabled(world, 7, true)
      })
    often('work', 2_000, actingMilliseconds + minute, () => manualWork(people, world, random))
    often('callOff', 2_000, actingMilliseconds, () => secondThoughts(people, world, random))
    often('wish', minute, actingMilliseconds + 5 * minute, () => wishMore(people, world, random))
    often('steer', minute, actingMilliseconds + 2 * minute, () => steer(people, world, random))
    often('gossip', minute, actingMilliseconds + 3 * minute, () => gossip(people, world, panel, random))
    often('lookInto', 2 * minute, actingMilliseconds + 6 * minute, () =>
      lookInto(people, world, panel, random, emphasis.staffPrefer),
    )
    often('readErrors', minute, actingMilliseconds + 5 * minute, () => readErrors(people, world, panel, random))
    return Promise.all(busy)
  }
}

const linkOf = (customer: Wish['customer'], serial: number): string => `https://social.example.com/${customer}/${serial}`

/** What costs next to nothing. */
const rushed = catalogue.filter(({ serviceId }) => serviceId === 5)

function draw(random: Random, customer: Wish['customer'], serial: number, of = catalogue): Wish {
  const service = random.pick(of)
  const quantity = random.between(service.min, service.max)
  const lines = Array.from({ length: random.between(1, 5) }, (_, index) => `comment ${index}`)
  return {
    customer,
    service: service.serviceId,
    link: linkOf(customer, serial),
    ...(service.type === 'Default' ? { quantity } : {}),
    ...(service.type === 'Custom Comments' ? { comments: lines.join('\n') } : {}),
    ...(service.drip ? { runs: random.between(1, 4), interval: random.between(1, 3) } : {}),
    ...(random.chance(0.6) ? { requestId: `r${serial}` } : {}),
    by: random.pick(['site', 'protocol']),
  }
}

/** Clicks, perhaps twice at once; asks again when no answer came, and sometimes when one did. */
async function insist(people: People, world: World, random: Random, wish: Wish): Promise<void> {
  const twice = wish.requestId !== undefined && random.chance(0.2)
  const both = twice
    ? [people.ask(wish), world.clock.sleep(random.between(0, 20)).then(() => people.ask(wish))]
    : [people.ask(wish)]
  const heard = await Promise.all(both)
  const patience = wish.requestId === undefined ? (random.chance(0.3) ? 1 : 0) : random.between(1, 5)
  const again = wish.requestId !== undefined && random.chance(0.15)
  for (let tries = 0; tries < patience && (heard.includes('nothing') || again); tries++) {
    await world.clock.sleep(random.between(100, 20_000))
    if ((await people.ask(wish)) !== 'nothing') break
  }
}

const reports: readonly StatusReport[] = [
  { status: 'completed' },
  { status: 'partial' },
  { status: 'canceled' },
  { status: 'canceled', remains: 0 },
  { status: 'in-progress' },
  { status: undefined },
]

/** Somebody comes with late news of an order that is settled: for a provider that takes back what it said. */
async function gossip(people: People, world: World, panel: Panel, random: Random): Promise<void> {
  const settled = panel.upstream.filter(({ of, hostile }) => hostile && orderOf(world, of)?.['providerOrderId'] !== undefined)
  if (settled.length === 0) return
  const about = random.pick(settled)
  const order = orderOf(world, about.of)
  const report = random.chance(0.5)
    ? random.pick(reports)
    : { status: random.pick(['partial', 'canceled'] as const), remains: random.between(0, Number(order?.['quantity'])) }
  note(about, { status: report.status ?? '?', ...(report.remains === undefined ? {} : { remains: report.remains }) })
  await people.hear(customerId(String(order?.['customerId'])), about.of, report, random.between(1, 3))
}

/** Somebody calls off an order that is not over. */
async function secondThoughts(people: People, world: World, random: Random): Promise<void> {
  const open = [...world.table.all('ORDER#')].filter((order) => unsent.includes(String(order['state'])))
  if (open.length === 0) return
  const order = random.pick(open)
  const once = () => people.withdraw(customerId(String(order['customerId'])), Number(order['orderId']))
  await Promise.all(random.chance(0.3) ? [once(), once()] : [once()])
}
/** Staff take manual orders in hand and work on them, now and then two at once and not of one mind. */
async function manualWork(people: People, world: World, random: Random): Promise<void> {
  const orders = [...world.table.all('ORDER#')].filter((order) => order['providerId'] === 'manual')
  if (orders.length === 0) return
  const taken = orders.filter(({ state }) => ['pending', 'in-progress', 'processing', 'completed'].includes(String(state)))
  const order = random.pick(taken.length > 0 && random.chance(0.7) ? taken : orders)
  const quantity = Number(order['quantity'])
  const once = () =>
    people.work(
      customerId(String(order['customerId'])),
      Number(order['orderId']),
      order['state'] === 'accepted' && random.chance(0.8)
        ? 'take'
        : random.pick<Work>([
            { did: 'note', startCount: 0, remains: random.between(0, quantity) },
            { did: 'complete' },
            { did: 'partial', remains: random.between(0, quantity) },
            { did: 'cancel' },
            { did: 'cancel', remains: random.between(0, quantity) },
          ]),
      random.pick(['s', 't']),
    )
  await Promise.all(random.chance(0.4) ? [once(), once()] : [once()])
}

/** Somebody pauses an order's runs for a while, or cancels what is left of them; perhaps while others do. */
async function steer(people: People, world: World, random: Random): Promise<void> {
  const feeds = [...world.table.all('ORDER#')].filter((order) => feedOf(order) && order['state'] === 'in-progress')
  if (feeds.length === 0) return
  const order = random.pick(feeds)
  const take = (step: 'pause' | 'resume' | 'cancel') =>
    people.steer(customerId(String(order['customerId'])), Number(order['orderId']), step)
  if (random.chance(0.5)) {
    await Promise.all(random.chance(0.3) ? [take('cancel'), take('cancel')] : [take('cancel')])
    return
  }
  await take('pause')
  await world.clock.sleep(random.between(1_000, 4 * minute))
  await take('resume')
}

const unsent = ['accepted', 'submitting', 'parked']

/** Somebody wants an order refilled that was completed, or canceled that is not over; perhaps twice at once. */
async function wishMore(people: People, world: World, random: Random): Promise<void> {
  const orders = [...world.table.all('ORDER#')]
  if (orders.length === 0) return
  const order = random.pick(orders)
  const what = order['state'] === 'completed' ? 'refill' : 'cancel'
  const once = () => people.wish(what, customerId(String(order['customerId'])), Number(order['orderId']))
  await Promise.all(random.chance(0.4) ? [once(), once()] : [once()])
}

/** An order is refilled by a provider that asks for patience, and its target is blocked: before, or meanwhile. */
async function refillUnwanted(people: People, world: World, panel: Panel, random: Random): Promise<void> {
  const mine = () =>
    [...world.table.all('ORDER#')].find(
      ({ state, refillDays, link }) => state === 'completed' && refillDays !== undefined && !people.blocked.has(String(link)),
    )
  for (let waited = 0; waited < 5 * minute && !mine(); waited += 5_000) await world.clock.sleep(5_000)
  const order = mine()
  if (typeof order?.['link'] !== 'string') return
  const { link } = order
  const number = Number(order['orderId'])
  panel.requests.way = (about, before) => (about === number && before === 0 ? 'asks for patience' : undefined)
  await Promise.all([
    world.clock.sleep(random.between(0, 2 * minute)).then(() => people.block(link, random.chance(0.5))),
    world.clock
      .sleep(random.between(0, 2 * minute))
      .then(() => people.wish('refill', customerId(String(order['customerId'])), number)),
  ])
}

function orderOf(world: World, number: number) {
  for (const order of world.table.all('ORDER#')) if (order['orderId'] === number) return order
  return undefined
}

/** A provider that is down for some minutes, for orders alone or for everything. */
function breakdown(random: Random): Outage {
  const from = random.between(0, 4) * minute
  return {
    from,
    to: from + random.between(1, 12) * minute,
    manner: random.pick(['breaks down without it', 'cannot be reached', 'answers a page', 'is silent and has nothing'] as const),
    answers: random.chance(0.3),
  }
}

/** How wild a seed is: every tenth is calm. */
function rates(seed: number, random: Random): Rates | undefined {
  if (seed % 10 === 0) return undefined
  const wild = random.pick([0.3, 1, 1, 2])
  const up = (most: number): number => random.next() * most * wild
  return {
    crash: up(0.012),
    lost: up(0.01),
    refused: up(0.01),
    twice: up(0.01),
    inProgress: up(0.05),
    conflict: up(0.03),
    astray: up(0.02),
    slow: random.pick([0, 1_000, 10_000, 40_000]),
  }
}

/** A world at random, that follows from its seed alone. */
export function simulate(seed: number, trace = false): Promise<Result> {
  const random = new Random(seed)
  const wild = rates(seed, random)
  const outage = random.chance(0.25) ? { from: 1, to: random.between(3, 6) } : undefined
  const about = aboutOf(seed)
  const emphasis = emphasisOn(about.step)
  const bad = wild !== undefined && (emphasis.manners !== undefined || random.chance(0.8))
  return run(
    {
      random,
      faults: (random, told) => (wild ? new RandomFaults(random, wild, told, about) : noFaults),
      mood: (random) => {
        const weights: Partial<Record<Manner, number>> = bad ? mannersOf(emphasis) : honest
        return {
          manner: () => random.weighted(weights as Record<Manner, number>),
          end: () => (emphasis.ends && random.chance(0.8) ? random.weighted(emphasis.ends as Record<End, number>) : undefined),
          pace: emphasis.rush || random.chance(0.2) ? sluggish : brisk,
          hostile: bad ? 0.2 : 0,
          deaf: bad ? 0.1 : 0,
          down: bad && random.chance(0.3) ? breakdown(random) : undefined,
        }
      },
      faultless: wild === undefined,
      act: crowd(seed, emphasis),
      activeMinutes: Math.max(outage ? 8 : 5, emphasis.minutes ?? 0),
      outage,
    },
    trace,
  )
}

export { run as runScenario, type Scenario }
