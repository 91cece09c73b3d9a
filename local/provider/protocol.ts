import type { Behaviour } from './behaviour.ts'
import type { Row } from './catalogue.ts'
import { type Orders, type Refills, refillStanding, standing, type TakenOrder } from './orders.ts'

export const sandboxKey = 'sandbox-provider-key'

/** What differs from account to account. */
export interface Account {
  readonly catalogue: readonly (Row | Readonly<Record<string, unknown>>)[]
  readonly balance: string
  readonly currency: string
  readonly html: boolean
}

export interface State {
  readonly orders: Orders
  readonly refills: Refills
  behaviour: Behaviour
  catalogue: readonly Row[]
  readonly accounts: Map<string, Account>
}

/** What to answer; undefined for never. */
export type Reply = { readonly status: number; readonly body: string; readonly type?: string } | undefined

const json = (value: unknown, status = 200): Reply => ({ status, body: JSON.stringify(value) })
const refuse = (error: string): Reply => json({ error })

export function reply(state: State, form: URLSearchParams, raw: TakenOrder['raw']): Reply {
  const account = accountOf(state, form.get('key') ?? '')
  if (!account) return refuse('Invalid API key')
  if (account.html) return page
  switch (form.get('action')) {
    case 'services':
      return json(account.catalogue)
    case 'add':
      return add(state, form, raw)
    case 'status':
      return status(state, form)
    case 'refill':
      return refill(state, form, raw)
    case 'refill_status':
      return refillStatus(state, form)
    case 'cancel':
      return cancel(state, form, raw)
    case 'balance':
      return json({ balance: account.balance, currency: account.currency })
    default:
      return refuse('Incorrect request')
  }
}

const page: Reply = {
  status: 200,
  body: '<!DOCTYPE html><html><title>Just a moment...</title></html>',
  type: 'text/html',
}

function accountOf(state: State, key: string): Account | undefined {
  if (key === sandboxKey) return { catalogue: state.catalogue, balance: '10000.00', currency: 'USD', html: false }
  return key.startsWith(`${sandboxKey}:`) ? state.accounts.get(key.slice(sandboxKey.length + 1)) : undefined
}

function add(state: State, form: URLSearchParams, raw: TakenOrder['raw']): Reply {
  const service = state.catalogue.find((row) => String(row.service) === form.get('service'))
  if (!service) return refuse('Incorrect service ID')
  const link = form.get('link') ?? ''
  if (!link) return refuse('neworder.error.link')
  const quantity = quantityOf(service, form)
  if (quantity < Number(service.min)) return refuse(`Quantity less than minimal ${service.min}`)
  if (quantity > Number(service.max)) return refuse(`Quantity more than maximum ${service.max}`)
  const runs = Number(form.get('runs') ?? 1)
  if (runs !== 1 && !(service.dripfeed && runs > 1 && Number(form.get('interval')) > 0)) return refuse('Incorrect request')
  const { faultRate, addFault, words, secondsToComplete, partialRate } = state.behaviour
  const take = (): TakenOrder =>
    state.orders.take({
      service: String(service.service),
      link,
      quantity: quantity * runs,
      receivedAt: new Date().toISOString(),
      secondsToComplete,
      partial: Math.random() < partialRate,
      raw,
    })
  if (Math.random() >= faultRate) return json({ order: take().order })
  switch (addFault) {
    case 'refuse':
      return refuse('neworder.error.link')
    case 'timeout-after-accept':
      take()
      return undefined
    case 'timeout-before-accept':
      return undefined
    case 'http-500-after-accept':
      take()
      return json({ error: 'Internal error' }, 500)
    case 'html':
      return page
    case 'out-of-funds':
      return refuse('Not enough funds on balance')
    case 'new-words':
      return refuse(words)
    case 'link-duplicate':
      return refuse('You have active order with this link. Please wait until order being completed.')
  }
}

function quantityOf(service: Row, form: URLSearchParams): number {
  if (service.type.endsWith('Package')) return 1
  if (service.type === 'Custom Comments')
    return (form.get('comments') ?? '').split('\n').filter((line) => line.trim() !== '').length
  return Number(form.get('quantity') ?? Number.NaN) || 0
}

function status(state: State, form: URLSearchParams): Reply {
  const now = Date.now()
  const rowOf = (id: string): unknown => {
    const order = state.orders.get(id)
    if (!order) return { error: 'Incorrect order ID' }
    const { status: word, startCount, remains } = standing(order, now, state.refills.canceled(order.order))
    return { charge: '0.10', start_count: String(startCount), status: word, remains: String(remains), currency: 'USD' }
  }
  const many = form.get('orders')
  return json(
    many === null
      ? rowOf(form.get('order') ?? '')
      : Object.fromEntries(
          many
            .split(',')
            .slice(0, 100)
            .map((id) => [id, rowOf(id)]),
        ),
  )
}

/** The ids under `many`, or the one under `one`. */
const idsIn = (form: URLSearchParams, one: string, many: string): readonly string[] =>
  (form.get(many) ?? form.get(one) ?? '').split(',').slice(0, 100)

/** Whether a wish about an order is answered with words of its own. */
const hasWords = ({ faultRate, addFault }: Behaviour): boolean => addFault === 'new-words' && Math.random() < faultRate

function refill(state: State, form: URLSearchParams, raw: TakenOrder['raw']): Reply {
  if (hasWords(state.behaviour)) return json({ refill: { error: state.behaviour.words } })
  const now = Date.now()
  const take = (id: string): number | { readonly error: string } => {
    const order = state.orders.get(id)
    if (!order) return { error: 'Incorrect order ID' }
    const offers = state.catalogue.find((row) => String(row.service) === order.service)?.refill
    const isCompleted = standing(order, now, state.refills.canceled(order.order)).status === 'Completed'
    const isOpen = state.refills.ofOrder(order.order).some((one) => refillStanding(one, now) !== 'Completed')
    if (!offers || !isCompleted || isOpen) return { error: 'Order not eligible for refill.' }
    const { secondsToComplete } = state.behaviour
    const receivedAt = new Date(now).toISOString()
    return state.refills.take({ order: order.order, receivedAt, secondsToComplete, body: raw.body }).refill
  }
  const ids = idsIn(form, 'order', 'orders')
  if (form.get('orders') !== null) return json(ids.map((id) => ({ order: Number(id), refill: take(id) })))
  const taken = take(ids[0] ?? '')
  return json(typeof taken === 'number' ? { refill: String(taken) } : taken)
}

function refillStatus(state: State, form: URLSearchParams): Reply {
  const wordOf = (id: string): string | undefined => {
    const one = state.refills.get(id)
    return one && refillStanding(one, Date.now())
  }
  const ids = idsIn(form, 'refill', 'refills')
  if (form.get('refills') !== null)
    return json(ids.map((id) => ({ refill: Number(id), status: wordOf(id) ?? { error: 'Refill not found' } })))
  const status = wordOf(ids[0] ?? '')
  return json(status === undefined ? { error: 'Incorrect refill ID' } : { status })
}

function cancel(state: State, form: URLSearchParams, raw: TakenOrder['raw']): Reply {
  const now = Date.now()
  const take = (id: string): 1 | { readonly error: string } => {
    if (hasWords(state.behaviour)) return { error: state.behaviour.words }
    const order = state.orders.get(id)
    const offers = state.catalogue.find((row) => String(row.service) === order?.service)?.cancel
    const isOpen = order && ['Pending', 'In progress'].includes(standing(order, now, state.refills.canceled(order.order)).status)
    if (!order || !offers || !isOpen) return { error: 'Incorrect order ID' }
    state.refills.cancel({ order: order.order, receivedAt: new Date(now).toISOString(), body: raw.body })
    return 1
  }
  return json(idsIn(form, 'order', 'orders').map((id) => ({ order: Number(id), cancel: take(id) })))
}
