import { applies, type Fate, noFaults, OneFault, type Request } from './faults.ts'
import type { Panel } from './panel.ts'
import { type People, settling, type Wish } from './people.ts'
import { type End, type Manner, sluggish } from './provider.ts'
import { Random } from './random.ts'
import { type Result, runScenario, type Scenario } from './simulate.ts'
import { settleAsTold } from './staff.ts'
import { wayAsTold, wishAsTold } from './wishes.ts'
import type { World } from './world.ts'

/** One of everything that can become of an order; each link says how it goes. */
const stories: readonly {
  readonly name: string
  readonly service: number
  readonly manners: readonly Manner[]
  readonly end: End
  readonly by: Wish['by']
}[] = [
  { name: 'completed', service: 1, manners: [], end: 'completed', by: 'site' },
  { name: 'partial', service: 2, manners: [], end: 'partial', by: 'protocol' },
  { name: 'canceled', service: 4, manners: ['asks for patience', 'cannot be reached'], end: 'canceled in part', by: 'site' },
  { name: 'refused', service: 2, manners: ['refuses it'], end: 'completed', by: 'protocol' },
  { name: 'sent elsewhere', service: 1, manners: ['refuses it', 'refuses it'], end: 'partial', by: 'protocol' },
  { name: 'parked', service: 3, manners: ['is out of funds'], end: 'canceled', by: 'site' },
  { name: 'partial, in runs', service: 7, manners: [], end: 'partial', by: 'site' },
  { name: 'unknown', service: 5, manners: ['is silent and has it'], end: 'completed', by: 'site' },
  { name: 'found', service: 2, manners: ['breaks down with it'], end: 'partial', by: 'site' },
  { name: 'resent', service: 1, manners: ['breaks down without it'], end: 'completed', by: 'site' },
  { name: 'returned', service: 1, manners: ['answers a page'], end: 'completed', by: 'site' },
  { name: 'refilled', service: 1, manners: [], end: 'completed', by: 'site' },
  { name: 'refill turned down', service: 5, manners: [], end: 'completed', by: 'site' },
  { name: 'refill sent again', service: 1, manners: [], end: 'completed', by: 'site' },
  { name: 'refilled by hand', service: 2, manners: [], end: 'completed', by: 'site' },
  { name: 'stopped', service: 1, manners: [], end: 'completed', by: 'site' },
  { name: 'not stopped', service: 5, manners: [], end: 'partial', by: 'site' },
  { name: 'stopped, they say', service: 1, manners: [], end: 'completed', by: 'site' },
  { name: 'not to be stopped', service: 2, manners: [], end: 'completed', by: 'site' },
]

/** Played apart, because an order that is parked takes its time, and every point is played through. */
export const scripts: readonly (readonly string[])[] = [
  ['completed', 'partial', 'canceled', 'refused', 'unknown'],
  ['parked'],
  ['sent elsewhere'],
  // By staff, after their outcome was unknown.
  ['found', 'resent', 'returned'],
  ['partial, in runs'],
  // By what somebody wants of them once they are sent.
  ['refilled', 'refill turned down'],
  ['refill sent again', 'refilled by hand'],
  ['stopped', 'not stopped'],
  ['stopped, they say', 'not to be stopped'],
]

const slug = (name: string): string => name.replaceAll(/\W+/g, '-')
const linkOf = (name: string): string => `https://social.example.com/${slug(name)}`
const storyOf = (link: string) => stories.find(({ name }) => linkOf(name) === link)

let worlds = 0

const script = (names: readonly string[], faults: Scenario['faults']): Scenario => ({
  random: new Random(1),
  faults,
  mood: () => ({
    manner: (link, before) => storyOf(link)?.manners[before] ?? 'takes it',
    end: (link) => storyOf(link)?.end,
    pace: sluggish,
    hostile: 0,
    deaf: 0,
  }),
  // One order ends unknown by the script's own doing.
  faultless: false,
  act: (people, world, panel) => play(names, people, world, panel),
  activeMinutes: 2,
})

/** A customer with money for all but one of the orders, who asks until there is an answer. */
async function play(names: readonly string[], people: People, world: World, panel: Panel): Promise<void> {
  const customer = people.open(`scripted-${worlds++}`)
  panel.requests.way = (number, before) => {
    for (const { orderId, link } of world.table.all('ORDER#'))
      if (orderId === number) return wayAsTold(storyOf(String(link))?.name ?? '', before)
    return undefined
  }
  await people.move(customer, 'credit', 9_000_000n, 'first', 5)
  const told = stories.filter(({ name }) => names.includes(name))
  await Promise.all(
    told.map(async ({ name, service, by }, index) => {
      await world.clock.sleep(index * 300)
      const wish: Wish = {
        customer,
        service,
        link: linkOf(name),
        requestId: slug(name),
        by,
        ...(service === 4 ? { comments: 'a\nb\nc' } : service === 3 ? {} : { quantity: 700 }),
        ...(service === 7 ? { runs: 2, interval: 1 } : {}),
      }
      for (let tries = 0; tries < 5 && (await people.ask(wish)) === 'nothing'; tries++) await world.clock.sleep(500)
      await settleAsTold(name, people, world, panel)
      const order = () => [...world.table.all('ORDER#')].find(({ link }) => link === linkOf(name))
      await wishAsTold(name, order, people, world, panel)
    }),
  )
  await people.move(customer, 'debit', 1_000n, 'second', 5)
}

/** The script without a fault, and every request that was made in it. */
export async function rehearse(
  names: readonly string[],
): Promise<{ readonly result: Result; readonly requests: readonly Request[] }> {
  const requests: Request[] = []
  const faults = {
    ...noFaults,
    fate: (request: Request): Fate => {
      requests.push({ ...request, what: frozen(request.what()) })
      return 'fine'
    },
  }
  return {
    result: await runScenario(
      script(names, () => faults),
      false,
    ),
    requests,
  }
}
const frozen = (text: string) => () => text

/** Calls that asked what one before them asked, in the same order, and changed nothing of an order or of money: a point of one is a point of all. */
function repeated(requests: readonly Request[]): ReadonlySet<number> {
  const known = new Set<string>()
  const again = new Set<number>()
  for (const [call, asked] of Map.groupBy(requests, (request) => request.call)) {
    const said = asked.map(({ by, what }) => `${by}: ${what()}`).join('\n')
    if (!asked.every(isIdle)) continue
    if (known.has(said)) again.add(call)
    known.add(said)
  }
  return again
}
const isIdle = ({ by, writes, what }: Request): boolean =>
  ['ask', 'poll', 'runs', 'sweep', 'tasks'].includes(by) &&
  (!writes || /^((Put|Update) (LINE|SWEEP|BALANCE) |send to )/.test(what()))

const seeToWishes = ['refill', 'cancel', settling, 'relay', 'poll', 'sweep']
const fates: readonly Fate[] = ['crash before', 'crash after', 'answer lost', 'refused', 'asked twice', 'in progress', 'conflict']

/**
 * Every point at which something can go wrong, and every way in which it can. Where staff settle orders, only what they
 * do, and where somebody wants something of a sent order, only what comes of that: the way there is gone in the other scripts.
 */
export function crashPoints(
  requests: readonly Request[],
): { readonly at: number; readonly fate: Fate; readonly request: Request }[] {
  const wished = requests.findIndex(({ by }) => by === 'refill' || by === 'cancel')
  const haveStaff = requests.some(({ by }) => by === settling)
  const concerned = ({ by }: Request, at: number): boolean =>
    wished === -1 ? !haveStaff || by === settling : at >= wished && seeToWishes.includes(by)
  const again = repeated(requests)
  return requests.flatMap((request, at) =>
    !concerned(request, at) || again.has(request.call)
      ? []
      : fates.flatMap((fate) => (applies(fate, request) ? [{ at, fate, request }] : [])),
  )
}

/** The script with one fault. */
export const stumble = (names: readonly string[], at: number, fate: Fate, trace = false): Promise<Result> =>
  runScenario(
    script(names, () => new OneFault(at, fate)),
    trace,
  )
