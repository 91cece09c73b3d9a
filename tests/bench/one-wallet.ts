import { customerId, serviceId } from '../../core/ids.ts'
import { placeOrders } from '../../data/orders/place-orders.ts'
import { amount, unbalanced } from '../simulation/books.ts'
import { noFaults } from '../simulation/faults.ts'
import { People } from '../simulation/people.ts'
import { Random } from '../simulation/random.ts'
import { furnish } from '../simulation/shop.ts'
import { Tally } from '../simulation/tally.ts'
import { World } from '../simulation/world.ts'

/** One customer's orders, so many a second, all on one wallet. */
export interface OneWallet {
  readonly asked: number
  readonly accepted: number
  readonly refused: number
  readonly failed: number
  /** Transactions that were begun for a placement, at the 99th percentile and at most. */
  readonly p99Tries: number
  readonly mostTries: number
  readonly booksWrong: readonly string[]
}

const perSecond = 25
const forSeconds = 60
/** Of transactions that meet another one by chance; those that truly overlap on the wallet come on top. */
const conflictRate = 0.05

/** In a simulated world: transactions take milliseconds, hold their items meanwhile, and get in one another's way. */
export async function oneWallet(): Promise<OneWallet> {
  process.env['POWERTOOLS_LOG_LEVEL'] = 'SILENT'
  const random = new Random(25)
  const tries = new Map<string, number>()
  const faults = {
    ...noFaults,
    fate: ({ by, transaction }: { readonly by: string; readonly transaction: boolean }) => {
      if (!transaction) return 'fine' as const
      tries.set(by, (tries.get(by) ?? 0) + 1)
      return random.chance(conflictRate) ? ('conflict' as const) : ('fine' as const)
    },
    // What DynamoDB takes: a few milliseconds there and back, and as many for the transaction's two phases.
    late: (how: Parameters<typeof noFaults.late>[0]) =>
      how === 'travel' ? 1 + random.next() * 2 : how === 'held' ? 3 + random.next() * 5 : 5,
  }
  const world = new World({
    start: Date.parse('2026-11-22T10:00:00.000Z'),
    random: new Random(26),
    faults,
    tally: new Tally(),
    trace: false,
    changed: () => undefined,
  })
  try {
    furnish(world, 1, new Random(1))
    const customer = customerId('one-wallet')
    const people = new People(world)
    people.open(customer)
    void people.move(customer, 'credit', 1_000_000_000n, 'first', 5)
    await world.clock.run(world.clock.now + 5_000)
    const placing = placeOrders.open()
    const outcomes: string[] = []
    const asked = perSecond * forSeconds
    for (let number = 0; number < asked; number++)
      // As they come: not in step.
      void world.clock.sleep(random.next() * forSeconds * 1000).then(async () => {
        const ask = { link: `https://photo.network/${number}`, quantity: 10 }
        const placement = () => placing.place({ customer, serviceId: serviceId(5), ask, requestId: `r${number}`, at: new Date() })
        outcomes.push((await world.live(`place ${number}`, 29, placement)).how)
      })
    await world.clock.run(world.clock.now + (forSeconds + 35) * 1000)
    const orders = [...world.table.all('ORDER#')]
    const [wallet] = [...world.table.all('WALLET#')]
    const entries = [...world.table.all('ENTRY#')]
    const charged = orders.reduce((sum, order) => sum + amount(order['charge']), 0n)
    const counts = [...tries].flatMap(([by, count]) => (by.startsWith('place') ? [count] : [])).sort((a, b) => a - b)
    return {
      asked,
      accepted: orders.length,
      refused: outcomes.filter((how) => how === 'failed').length,
      failed: asked - outcomes.length,
      p99Tries: counts[Math.ceil(counts.length * 0.99) - 1] ?? 0,
      mostTries: counts.at(-1) ?? 0,
      booksWrong: [
        ...(wallet ? unbalanced(wallet, entries) : ['no wallet']),
        ...(wallet && amount(wallet['available']) + charged !== 1_000_000_000n ? ['what was charged is not what is missing'] : []),
      ],
    }
  } finally {
    world.close()
  }
}
