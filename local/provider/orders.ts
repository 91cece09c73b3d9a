import { openJournal } from '../journal.ts'

/** An order the sandbox provider took, with the request it came in. */
export interface TakenOrder {
  readonly order: number
  readonly service: string
  readonly link: string
  readonly quantity: number
  readonly receivedAt: string
  /** How it will go, decided when it was taken. */
  readonly secondsToComplete: number
  readonly partial: boolean
  readonly raw: { readonly requestLine: string; readonly headers: Readonly<Record<string, string>>; readonly body: string }
}

export type Orders = ReturnType<typeof openOrders>

/** Every order ever taken, each on disk before the answer goes out: after a kill of everything, this list is the truth. */
export function openOrders(file: string | undefined) {
  const journal = openJournal<TakenOrder>(file)
  const orders = new Map(journal.lines.map((order) => [String(order.order), order]))
  let next = 1 + Math.max(70_000, ...[...orders.values()].map(({ order }) => order))
  return {
    take: (order: Omit<TakenOrder, 'order'>): TakenOrder => {
      const taken = { order: next++, ...order }
      journal.append(taken)
      orders.set(String(taken.order), taken)
      return taken
    },
    get: (id: string): TakenOrder | undefined => orders.get(id),
    count: (): number => orders.size,
    all: (): readonly TakenOrder[] => [...orders.values()],
  }
}

export interface Standing {
  readonly status: 'Pending' | 'In progress' | 'Completed' | 'Partial'
  readonly startCount: number
  readonly remains: number
}

/** How an order stands, from nothing but its age: the same after a restart. */
export function standing(order: TakenOrder, now: number): Standing {
  const startCount = (order.order * 7919) % 20_000
  const share = order.secondsToComplete === 0 ? 1 : (now - Date.parse(order.receivedAt)) / 1000 / order.secondsToComplete
  if (share < 0.15) return { status: 'Pending', startCount: 0, remains: order.quantity }
  if (share < 1) return { status: 'In progress', startCount, remains: Math.ceil(order.quantity * (1 - share)) }
  return order.partial
    ? { status: 'Partial', startCount, remains: Math.floor(order.quantity * 0.3) }
    : { status: 'Completed', startCount, remains: 0 }
}
