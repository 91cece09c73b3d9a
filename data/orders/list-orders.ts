import { manual } from '../../core/catalogue/manual.ts'
import type { ProviderId } from '../../core/ids.ts'
import type { Need } from '../../core/need.ts'
import type { Order } from '../../core/orders/order.ts'
import { stuckSince } from '../../core/orders/parking.ts'
import { pollShards } from '../../core/orders/polling.ts'
import type { OrderState } from '../../core/orders/states.ts'
import { dayOf, iso, later } from '../../core/time.ts'
import { acceptedOn, acceptedShards, openLists } from '../keys.ts'
import { daysBetween } from './accepted.ts'
import { type List, pageOf } from './lists.ts'
import type { OrderPage } from './read-orders.ts'

/** Which orders staff want to see. Without a state that is open, they are those of a day. */
export interface OrderFilter {
  readonly state?: OrderState | undefined
  /** By UTC. */
  readonly day?: string | undefined
  readonly provider?: ProviderId | undefined
}

interface ListOrders {
  /**
   * A page, newest first. `providers` are all there are. Open orders are read off their lists, whatever day they are of;
   * all others of one day, today unless one is named. A page of what is rare may be short and still not be the last.
   */
  page(
    filter: OrderFilter,
    providers: readonly ProviderId[],
    now: Date,
    cursor: string | undefined,
    limit: number,
  ): Promise<OrderPage>
  /**
   * A page of the orders that a person has to look at, oldest first: unknown outcomes, what these providers left in doubt,
   * and what has been parked for a day.
   */
  needingStaff(providers: readonly ProviderId[], now: Date, cursor: string | undefined, limit: number): Promise<OrderPage>
}

/** For staff: these look across customers. */
export const listOrders = {
  allow: [
    { on: 'index', index: 'accepted' },
    { on: 'index', index: 'open' },
    { on: 'table', actions: ['BatchGetItem'], keys: ['ORDER#*'] },
  ],
  open: () => ({
    page(filter, providers, now, cursor, limit) {
      const { day, provider } = filter
      const open = openListsOf(filter.state, provider ? [provider] : providers, now)
      const lists = open?.map((list) => within(list, day)) ?? ofDay(day ?? dayOf(now))
      const isPlain = open === undefined && filter.state === undefined && provider === undefined
      return pageOf(lists, { cursor, limit, ...(isPlain ? {} : { wanted: (order) => matches(order, filter) }) })
    },
    needingStaff(providers, now, cursor, limit) {
      const doubtful = [openLists.unknown(), ...providers.map(openLists.doubtful)]
      const stuck = providers.map(openLists.parked).map((list): List => ({ index: 'open', list, to: iso(stuckSince(now)) }))
      return pageOf([...doubtful.map((list): List => ({ index: 'open', list })), ...stuck], { cursor, limit, forward: true })
    },
  }),
} satisfies Need<ListOrders>

/** Whether an order is of those wanted, as it stands. */
export const matches = (order: Order, { state, day, provider }: OrderFilter): boolean =>
  (state === undefined || order.state === state) &&
  (day === undefined || dayOf(order.acceptedAt) === day) &&
  (provider === undefined || order.providerId === provider)

const ofDay = (day: string): List[] =>
  Array.from({ length: acceptedShards }, (_, shard) => ({ index: 'accepted', list: acceptedOn(day, shard) }))

const within = (list: List, day: string | undefined): List =>
  day === undefined ? list : { ...list, from: [day, list.from ?? day].toSorted().at(-1) ?? day, to: `${day}~` }

/** The sweeper puts an order that is not sent on its list by the third minute. Until then, it is only of its day. */
const youngSeconds = 600

/** The lists on which every order of this state stands; undefined for a state in which an order is on none. */
function openListsOf(state: OrderState | undefined, providers: readonly ProviderId[], now: Date): List[] | undefined {
  const open = (lists: readonly string[]): List[] => lists.map((list) => ({ index: 'open', list }))
  switch (state) {
    case 'accepted':
    case 'submitting': {
      const since = later(now, -youngSeconds)
      const young = daysBetween(since, now).flatMap((day) => ofDay(day).map((list) => ({ ...list, from: iso(since) })))
      return [...open([openLists.waiting(), openLists.manual()]), ...young]
    }
    case 'unknown':
      return open([openLists.unknown()])
    case 'parked':
      return open(providers.map(openLists.parked))
    case 'pending':
    case 'in-progress':
    case 'processing': {
      const shards = Array.from({ length: pollShards }, (_, shard) => shard)
      const asked = providers.flatMap((provider) => shards.map((shard) => openLists.poll(provider, shard)))
      const others = [
        ...providers.map(openLists.doubtful),
        ...(state === 'in-progress' ? [openLists.manual(), openLists.feed(manual), ...providers.map(openLists.feed)] : []),
      ]
      return [...open(asked).map((list) => ({ ...list, heard: `${state}|` })), ...open(others)]
    }
    case undefined:
    case 'completed':
    case 'partial':
    case 'canceled':
    case 'refused':
      return undefined
  }
}
