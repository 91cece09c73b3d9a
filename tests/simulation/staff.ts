import { type ProviderId, providerId, providerOrderId, staffId } from '../../core/ids.ts'
import { formatMoney, money } from '../../core/money.ts'
import { normalised, type TextMeaning } from '../../core/protocol/error-texts.ts'
import { classifyErrorTexts, readErrorTexts } from '../../data/error-texts.ts'
import { confirmOrders } from '../../data/orders/confirm-orders.ts'
import { sendOn } from '../../data/orders/send-on.ts'
import { settleOutcomes } from '../../data/orders/settle-outcomes.ts'
import type { Decision } from '../../data/orders/staff-decisions.ts'
import { amount } from './books.ts'
import type { Panel } from './panel.ts'
import type { People } from './people.ts'
import type { UpstreamOrder } from './provider.ts'
import type { Random } from './random.ts'
import type { Item } from './table/values.ts'
import type { World } from './world.ts'

/** Something that is right to do about an order, as it truly stands with its provider. */
interface Way {
  readonly how: string
  readonly write: (decision: Decision) => Promise<unknown>
  /** What is known from then on, whoever of the staff is first. */
  readonly note?: () => void
}

let requests = 0

/** What providers here mean by words that nobody knows. */
const means: Readonly<Record<string, readonly TextMeaning[]>> = {
  'service is on a coffee break': ['refused', 'out-of-funds', 'link-busy'],
  'thank you for your order': ['nothing'],
}

/** Staff say what an error means, and settle what hangs on it. */
export async function readErrors(people: People, world: World, panel: Panel, random: Random): Promise<void> {
  const texts = [...world.table.all('ERROR-TEXT#')]
  if (texts.length === 0) return
  const { pk, sk, text } = random.pick(texts)
  const provider = providerId(String(pk).slice('ERROR-TEXT#'.length))
  const meaning = random.pick(means[String(text)] ?? [])
  if (meaning !== 'nothing') people.newWordsAreKnown = true
  const by = staffId('s')
  const audit = { by, action: 'admin.classify-error-text', on: `provider ${provider}`, why: 'a memo' }
  world.say(() => `staff: “${String(text)}” means ${meaning}`)
  await people.insist('classify', async () => {
    const seen = await readErrorTexts.open().get(provider, String(sk))
    await classifyErrorTexts.open().classify(provider, seen, meaning, audit, new Date())
  })
  const known = world.table.peek(String(pk), String(sk))?.['meaning']
  if (known === undefined || known === 'nothing') return
  for (const order of hanging(world, provider, String(text))) {
    const number = Number(order['orderId'])
    // What was said once means what it means, and an earlier time may still have been something else.
    if (panel.hasTaken(number) !== false) continue
    const way = known === 'refused' ? nothing(order, people) : { ...again(number, panel, 'not taken'), how: 'send on by its words' }
    way.note?.()
    await people.decide(order, way.how, way.write, `request ${requests++}`)
  }
}

function* hanging(world: World, provider: ProviderId, text: string): Generator<Item> {
  for (const order of world.table.all('ORDER#'))
    if (order['reason'] === 'error-unclassified' && order['providerId'] === provider && normalised(String(order['said'])) === text)
      yield order
}

/** Staff look into an order that hangs, ask the provider, and settle it; sometimes two of them at once. */
export async function lookInto(people: People, world: World, panel: Panel, random: Random, prefer?: string): Promise<void> {
  const hanging = [...world.table.all('ORDER#')].filter(({ state, reason }) => state === 'unknown' || reason !== undefined)
  if (hanging.length === 0) return
  const order = random.pick(hanging)
  const number = Number(order['orderId'])
  const all = waysFor(order, world, panel, people, random)
  if (all.length === 0) return
  const preferred = prefer !== undefined && random.chance(0.8) ? all.filter(({ how }) => how.startsWith(prefer)) : []
  const ways = preferred.length > 0 ? preferred : all
  const chosen = Array.from({ length: random.chance(0.3) ? 2 : 1 }, () => random.pick(ways))
  for (const { note } of chosen) note?.()
  await Promise.all(
    chosen.map(({ how, write }) => {
      world.say(() => `staff: ${how} order ${number}`)
      return people.decide(order, how, write, `request ${requests++}`)
    }),
  )
}

function waysFor(order: Item, world: World, panel: Panel, people: People, random: Random): Way[] {
  const number = Number(order['orderId'])
  const taken = panel.upstream.find(({ of }) => of === number)
  switch (order['state']) {
    case 'unknown':
      if (taken) return [confirm(taken), confirm(taken), ...ended(order, taken, world, people, random)]
      return panel.hasTaken(number) === false ? [again(number, panel), nothing(order, people)] : []
    case 'parked':
      return [again(number, panel), nothing(order, people)]
    case 'pending':
    case 'in-progress':
    case 'processing':
      if (!taken) return []
      return [
        ...(order['reason'] === 'not-found-at-provider' ? [confirm(taken)] : []),
        // What its provider says of a package in the end is no slip.
        ...(order['type'] === 'Package' ? [] : [leave]),
        ...ended(order, taken, world, people, random),
      ]
    case 'completed':
    case 'partial':
      return taken ? [leave] : []
    default:
      return []
  }
}

const confirm = ({ number }: UpstreamOrder): Way => ({
  how: 'confirm',
  write: (decision) => confirmOrders.open().confirm(decision, providerOrderId(number)),
})
const leave: Way = { how: 'leave', write: (decision) => sendOn.open().leave(decision) }

const again = (number: number, panel: Panel, was?: 'not taken'): Way => ({
  how: 'send again',
  write: async (decision) => {
    const order = await sendOn.open().sendAgain(decision, was)
    if (order.state === 'accepted') panel.clear(number)
  },
})

/** No provider has it, and none will. */
const nothing = (order: Item, people: People): Way => ({
  ...settled(order, 'canceled', amount(order['quantity'])),
  note: () => void people.settled.add(Number(order['orderId'])),
})

/** What became of it in the end; of an order whose provider says all sorts of things, any of them. */
function ended(order: Item, taken: UpstreamOrder, world: World, people: People, random: Random): Way[] {
  const quantity = Number(order['quantity'])
  if (!taken.hostile && (taken.course.at(-1)?.at ?? 0) > world.clock.now) return []
  const remains = taken.hostile ? random.between(0, quantity) : taken.end.remains
  // Something went back already, for more than that.
  if (remains < Number(order['remains'] ?? 0) && amount(order['refunded']) > 0n) return []
  const as = remains === 0 ? 'completed' : remains === quantity ? 'canceled' : 'partial'
  const note = (): void => {
    people.settled.add(taken.of)
    taken.told.add(remains)
  }
  return [{ ...settled(order, as, BigInt(remains)), note }]
}

function settled(order: Item, as: 'completed' | 'partial' | 'canceled', remains: bigint): Way {
  const owed = (amount(order['charge']) * remains) / amount(order['quantity'])
  const refund = money(owed - amount(order['refunded']))
  return {
    how: `${as}, ${formatMoney(refund) === '0.00' ? 'nothing' : 'something'} goes back`,
    write: (decision) => settleOutcomes.open().settle(decision, as, as === 'partial' ? Number(remains) : undefined, refund),
  }
}

/** For a script: waits until the order of this name hangs, and settles it as the name says. */
export async function settleAsTold(name: string, people: People, world: World, panel: Panel): Promise<void> {
  if (!['found', 'resent', 'returned'].includes(name)) return
  const hangs = (): Item | undefined =>
    [...world.table.all('ORDER#')].find(({ state, link }) => state === 'unknown' && String(link).endsWith(`/${name}`))
  for (let waited = 0; waited < 600 && !hangs(); waited++) await world.clock.sleep(1_000)
  const order = hangs()
  if (!order) return
  const number = Number(order['orderId'])
  const taken = panel.upstream.find(({ of }) => of === number)
  const way = taken ? confirm(taken) : name === 'returned' ? nothing(order, people) : again(number, panel)
  way.note?.()
  await people.decide(order, way.how, way.write, `request ${requests++}`)
}
