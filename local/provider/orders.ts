import { openJournal } from '../journal.ts'

/** An order the sandbox provider took, with the request it came in. */
export interface TakenOrder {
  readonly order: number
  readonly service: string
  readonly link: string
  /** Of all runs together. */
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

/** A refill the sandbox provider took. */
export interface TakenRefill {
  readonly refill: number
  readonly order: number
  readonly receivedAt: string
  readonly secondsToComplete: number
  /** The request, as it came. */
  readonly body: string
}
/** An order it was asked to cancel. */
export interface TakenCancel {
  readonly order: number
  readonly receivedAt: string
  readonly body: string
}

export type Refills = ReturnType<typeof openRefills>

/** Every refill and every cancellation ever taken, each on disk before the answer goes out. */
export function openRefills(file: string | undefined, cancelsFile: string | undefined) {
  const journal = openJournal<TakenRefill>(file)
  const canceled = openJournal<TakenCancel>(cancelsFile)
  const refills = new Map(journal.lines.map((one) => [String(one.refill), one]))
  const cancels = new Map(canceled.lines.map((one) => [String(one.order), one]))
  return {
    take: (refill: Omit<TakenRefill, 'refill'>): TakenRefill => {
      const taken = { refill: 5_001 + refills.size, ...refill }
      journal.append(taken)
      refills.set(String(taken.refill), taken)
      return taken
    },
    cancel: (cancel: TakenCancel): void => {
      canceled.append(cancel)
      cancels.set(String(cancel.order), cancel)
    },
    get: (id: string): TakenRefill | undefined => refills.get(id),
    all: (): readonly TakenRefill[] => [...refills.values()],
    ofOrder: (order: number): readonly TakenRefill[] => [...refills.values()].filter((one) => one.order === order),
    canceled: (order: number): TakenCancel | undefined => cancels.get(String(order)),
    allCanceled: (): readonly TakenCancel[] => [...cancels.values()],
  }
}

/** How a refill stands, from nothing but its age. */
export function refillStanding(
  { receivedAt, secondsToComplete }: TakenRefill,
  now: number,
): 'Pending' | 'In progress' | 'Completed' {
  const share = secondsToComplete === 0 ? 1 : (now - Date.parse(receivedAt)) / 1000 / secondsToComplete
  return share < 0.15 ? 'Pending' : share < 1 ? 'In progress' : 'Completed'
}

export interface Standing {
  readonly status: 'Pending' | 'In progress' | 'Completed' | 'Partial' | 'Canceled'
  readonly startCount: number
  readonly remains: number
}

/** How an order stands, from nothing but its age, and when it was canceled: the same after a restart. */
export function standing(order: TakenOrder, at: number, canceled?: TakenCancel): Standing {
  const now = canceled ? Math.min(at, Date.parse(canceled.receivedAt)) : at
  const startCount = (order.order * 7919) % 20_000
  const share = order.secondsToComplete === 0 ? 1 : (now - Date.parse(order.receivedAt)) / 1000 / order.secondsToComplete
  if (canceled && share < 0.15) return { status: 'Canceled', startCount: 0, remains: order.quantity }
  if (canceled && share < 1) return { status: 'Partial', startCount, remains: Math.ceil(order.quantity * (1 - share)) }
  if (share < 0.15) return { status: 'Pending', startCount: 0, remains: order.quantity }
  if (share < 1) return { status: 'In progress', startCount, remains: Math.ceil(order.quantity * (1 - share)) }
  return order.partial
    ? { status: 'Partial', startCount, remains: Math.floor(order.quantity * 0.3) }
    : { status: 'Completed', startCount, remains: 0 }
}
