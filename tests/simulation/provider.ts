import type { Random } from './random.ts'

/** What a provider says of an order at some time. */
export interface Said {
  readonly status: string
  readonly start_count?: string | number | null
  readonly remains?: string | number | null
}

/** An order as the provider has it. */
export interface UpstreamOrder {
  readonly number: string
  /** The panel's order it was sent for; known to the simulation alone. */
  readonly of: number
  readonly quantity: number
  readonly takenAt: number
  /** What it says, and from when on; the last stays. */
  course: readonly { readonly at: number; readonly said: Said }[]
  /** Says things that contradict themselves and one another while faults are on. */
  readonly hostile: boolean
  /** What became of it in the end. */
  end: { readonly status: 'Completed' | 'Partial' | 'Canceled'; readonly remains: number }
  /** It was told to stop, and did. */
  isCut?: boolean
  /** Every remains it ever gave with Partial or Canceled, held within the quantity: what it said may be refunded. */
  readonly told: Set<number>
}

/** How a provider takes an order. */
export type Manner =
  | 'takes it'
  | 'takes it slowly'
  | 'refuses it'
  | 'is out of funds'
  | 'is busy with the link'
  | 'does not know the key'
  | 'has moved'
  | 'asks for patience'
  | 'cannot be reached'
  | 'is silent and has nothing'
  | 'is silent and has it'
  | 'is silent and takes it later'
  | 'breaks down with it'
  | 'breaks down without it'
  | 'answers a page'
  | 'answers a page and has it'
  | 'contradicts itself'
  | 'says something new'
  | 'says something new and has it'
  | 'names no order'

export const honest: Readonly<Partial<Record<Manner, number>>> = { 'takes it': 20, 'takes it slowly': 5, 'refuses it': 2 }
export const moody: Readonly<Record<Manner, number>> = {
  'takes it': 20,
  'takes it slowly': 6,
  'refuses it': 3,
  'is out of funds': 2,
  'is busy with the link': 2,
  'does not know the key': 0.3,
  'has moved': 0.3,
  'asks for patience': 2,
  'cannot be reached': 2,
  'is silent and has nothing': 1,
  'is silent and has it': 1.5,
  'is silent and takes it later': 1,
  'breaks down with it': 1,
  'breaks down without it': 1,
  'answers a page': 0.7,
  'answers a page and has it': 0.7,
  'contradicts itself': 0.7,
  'says something new': 0.5,
  'says something new and has it': 0.5,
  'names no order': 0.5,
}

/** What the manners do: whether the order is taken, and what comes back. */
interface Reply {
  readonly takes: 'at once' | 'later' | 'never'
  /** Undefined for silence. */
  readonly answer: ((number: string) => { readonly status: number; readonly body: string }) | undefined
  readonly reached: boolean
  /** Nobody can know from this answer what became of the order. */
  readonly ambiguous: boolean
}

const says = (value: unknown, status = 200) => ({ status, body: typeof value === 'string' ? value : JSON.stringify(value) })
const page = '<!doctype html><html><body><h1>One moment, please…</h1></body></html>'
const reply = (takes: Reply['takes'], answer: Reply['answer'], ambiguous = false): Reply => ({
  takes,
  answer,
  reached: true,
  ambiguous,
})

export const manners: Readonly<Record<Manner, Reply>> = {
  'takes it': reply('at once', (number) => says({ order: Number(number) })),
  'takes it slowly': reply('at once', (number) => says({ order: number })),
  'refuses it': reply('never', () => says({ error: 'Incorrect service ID' })),
  'is out of funds': reply('never', () => says({ error: 'neworder.error.not_enough_funds' })),
  'is busy with the link': reply('never', () =>
    says({ error: 'You have active order with this link. Please wait until order being completed.' }),
  ),
  'does not know the key': reply('never', () => says({ error: 'Invalid API key' })),
  'has moved': reply('never', () => says('', 301)),
  'asks for patience': reply('never', () => says({ error: 'Too many requests' }, 429)),
  'cannot be reached': { ...reply('never', undefined), reached: false },
  'is silent and has nothing': reply('never', undefined, true),
  'is silent and has it': reply('at once', undefined, true),
  'is silent and takes it later': reply('later', undefined, true),
  'breaks down with it': reply('at once', () => says({ error: 'Incorrect request' }, 500), true),
  'breaks down without it': reply('never', () => says('', 502), true),
  'answers a page': reply('never', () => says(page), true),
  'answers a page and has it': reply('at once', () => says(page), true),
  'contradicts itself': reply('at once', (number) => says({ order: Number(number), error: 'Incorrect service ID' }), true),
  'says something new': reply('never', () => says({ error: 'Service is on a coffee break' }), true),
  'says something new and has it': reply('at once', () => says({ error: 'Thank you for your order' }), true),
  'names no order': reply('never', () => says({ order: 0 }), true),
}

const minute = 60_000

/** How long calls take in a world, in milliseconds: those that are slow, and those that nobody answers. */
export interface Pace {
  readonly slow: (random: Random) => number
  readonly silent: (random: Random) => number
}
/** Mostly the connection is gone before the caller's patience is. */
export const brisk: Pace = { slow: (random) => random.between(300, 3_000), silent: (random) => random.between(200, 3_000) }
export const sluggish: Pace = {
  slow: (random) => random.between(1_000, 24_000),
  silent: (random) => (random.chance(0.7) ? 25_000 : random.between(200, 10_000)),
}

export type End = 'completed' | 'partial' | 'canceled' | 'canceled in part'

/** What becomes of an order, minute by minute, for one that means what it says. */
export function course(random: Random, quantity: number, takenAt: number, end?: End): Pick<UpstreamOrder, 'course' | 'end'> {
  const startCount = random.between(0, 5_000)
  const kind = end ?? random.weighted({ completed: 9, partial: 6, canceled: 3, 'canceled in part': 2 })
  const endAt = takenAt + random.between(1, 5) * minute
  const remains = kind === 'completed' ? 0 : kind === 'canceled' || quantity === 1 ? quantity : random.between(1, quantity - 1)
  const status =
    kind === 'completed' ? 'Completed' : kind === 'partial' ? 'Partial' : random.pick(['Canceled', 'Cancelled', 'canceled'])
  const steps = [{ at: takenAt, said: { status: 'Pending', start_count: null, remains: String(quantity) } as Said }]
  const stages = random.between(0, 4)
  for (let stage = 1; stage <= stages; stage++) {
    const left = Math.round(quantity - ((quantity - remains) * stage) / (stages + 1))
    steps.push({
      at: takenAt + ((endAt - takenAt) * stage) / (stages + 1),
      said: {
        status: random.pick(['In progress', 'Processing', 'In progress', 'Pending']),
        start_count: String(startCount),
        remains: random.chance(0.2) ? left : String(left),
      },
    })
  }
  const saysRemains = kind !== 'canceled' || random.chance(0.5)
  steps.push({ at: endAt, said: { status, start_count: startCount, ...(saysRemains ? { remains: String(remains) } : {}) } })
  return {
    course: steps,
    end: { status: kind === 'completed' ? 'Completed' : kind === 'partial' ? 'Partial' : 'Canceled', remains },
  }
}

/** Nonsense, lies and second thoughts. */
export function nonsense(random: Random, { quantity }: UpstreamOrder): Said {
  const kind = random.between(0, 9)
  switch (kind) {
    case 0:
      return { status: 'Partial' }
    case 1:
      return { status: 'Partial', remains: quantity * 3 }
    case 2:
      return { status: 'Partial', remains: '-20' }
    case 3:
      return { status: random.pick(['Fail', 'Error', 'Paused', 'Expired', 'Bereit']), remains: quantity }
    case 4:
      return { status: 'Canceled', remains: '0' }
    case 5:
      return { status: 'Completed', remains: '0' }
    case 6:
      return { status: 'Partial', remains: String(random.between(0, quantity)) }
    case 7:
      return { status: 'Canceled', remains: random.between(0, quantity) }
    case 8:
      return { status: 'In progress', start_count: -5, remains: '' }
    default:
      return { status: 'Pending', start_count: '', remains: null }
  }
}

/** Notes what was said that may move money. */
export function note(order: UpstreamOrder, { status, remains }: Said): void {
  const word = status.toLowerCase()
  if (word !== 'partial' && !word.startsWith('cancel')) return
  const number = remains === undefined || remains === null || remains === '' ? undefined : Number(remains)
  if (number === undefined && word === 'partial') return
  order.told.add(Math.min(Math.max(number ?? order.quantity, 0), order.quantity))
}
