import type { Order, OrderReason } from './order.ts'
import type { OrderState } from './states.ts'

/** An order came to stand so, then, and for this reason where there is one. */
export interface Step {
  readonly state: OrderState
  readonly at: Date
  readonly reason?: OrderReason | undefined
}

/** An order's steps after it was accepted. Where there were many, those between the first and the last are only counted. */
export interface History {
  readonly steps: readonly Step[]
  /** Steps left out, after the first `keptFirst`. */
  readonly skipped: number
}

export const noHistory: History = { steps: [], skipped: 0 }
export const keptFirst = 2
/** As many as fit into the order's own item. An order that waits for its provider for a day goes to and fro more often. */
export const mostSteps = 10

/**
 * What an order has been through up to now. A step that was taken without reading the order (a worker taking it in hand)
 * is not in its history yet: the order itself tells of it.
 */
export function historyOf({ history, state, changedAt, reason }: Order): History {
  const known = history.steps.at(-1)?.state ?? 'accepted'
  return known === state ? history : bounded({ ...history, steps: [...history.steps, { state, at: changedAt, reason }] })
}

/** Its history with one more step; unchanged where the step changes neither the state nor the reason. */
export function goOn(order: Order, next: Step): History {
  const before = historyOf(order)
  const last = before.steps.at(-1)
  const isSame = (last?.state ?? 'accepted') === next.state && last?.reason === next.reason
  return isSame ? before : bounded({ ...before, steps: [...before.steps, next] })
}

function bounded({ steps, skipped }: History): History {
  const over = Math.max(steps.length - mostSteps, 0)
  return { steps: [...steps.slice(0, keptFirst), ...steps.slice(keptFirst + over)], skipped: skipped + over }
}

/**
 * The steps a customer is told of: not how often it was tried, and not why it stood still, which is between the panel and
 * its provider.
 */
export function stepsForCustomer(order: Order): Pick<Step, 'state' | 'at'>[] {
  const told: Pick<Step, 'state' | 'at'>[] = []
  for (const { state, at } of historyOf(order).steps) {
    if (state === 'submitting' || state === 'accepted' || told.at(-1)?.state === state) continue
    told.push({ state, at })
  }
  return told
}
