import * as z from 'zod/mini'
import { inBatches } from '../../core/batches.ts'
import type { Need } from '../../core/need.ts'
import { dealtWithBy, type SupportRules } from '../../core/tickets/late.ts'
import type { Ticket } from '../../core/tickets/ticket.ts'
import { readCursor, writeCursor } from '../cursor.ts'
import { getItems } from '../get-items.ts'
import { openLists, readAcceptedAt } from '../keys.ts'
import { queryAll } from '../query.ts'
import { readTicketItem } from './item.ts'
import type { TicketPage } from './read-tickets.ts'

interface ListWaitingTickets {
  /** Every privacy request that is not closed, oldest first (P-RT-3): `dueAt` says until when it must be dealt with. */
  privacyRequests(): AsyncIterable<Ticket>
  /** Privacy requests that are not closed, and every other ticket that waits for staff or for somebody they asked. */
  all(): AsyncIterable<Ticket>
  /**
   * Of all those, a page of the ones that are `wanted`: what is to be dealt with first first. Where few are, a page is
   * short, or empty, and the next one goes on.
   */
  page(rules: SupportRules, wanted: (ticket: Ticket) => boolean, cursor: string | undefined, limit: number): Promise<TicketPage>
}

/** So many are looked at for one page. */
const mostLooked = 2_000

export const listWaitingTickets = {
  allow: [
    { on: 'index', index: 'open' },
    { on: 'table', actions: ['BatchGetItem'], keys: ['TICKET#*'] },
  ],
  open: () => ({
    async *privacyRequests() {
      for await (const { ticket } of onList('requests')) yield ticket
    },
    async *all() {
      for (const list of listNames) for await (const { ticket } of onList(list)) yield ticket
    },
    async page(rules, wanted, cursor, limit) {
      const passed = cursor === undefined ? nothingPassed : readCursor(passedShape, cursor)
      const tickets: Ticket[] = []
      let looked = 0
      let next = passed
      for await (const { ticket, list, place } of inTurn(rules, passed)) {
        const isWanted = wanted(ticket)
        if (looked === mostLooked || (isWanted && tickets.length === limit)) return { tickets, cursor: writeCursor(next) }
        if (isWanted) tickets.push(ticket)
        next = { ...next, [list]: place }
        looked++
      }
      return { tickets, cursor: undefined }
    },
  }),
} satisfies Need<ListWaitingTickets>

const lists = { requests: openLists.privacyRequests(), tickets: openLists.tickets() } as const
type List = keyof typeof lists
const listNames = ['requests', 'tickets'] as const satisfies readonly List[]

/** How far each list has been read: a place in the index, or nothing of it. */
const placeShape = z.string().check(z.regex(/^(?:[\d:.TZ-]{24}#\d{10})?$/))
const passedShape = z.object({ requests: placeShape, tickets: placeShape })
type Passed = z.output<typeof passedShape>
const nothingPassed: Passed = { requests: '', tickets: '' }

interface Listed {
  readonly ticket: Ticket
  readonly list: List
  readonly place: string
}

/** Both lists as one. Each has its own order, in which what is to be dealt with earlier comes earlier. */
async function* inTurn(rules: SupportRules, passed: Passed): AsyncGenerator<Listed> {
  const rest = listNames.map((name) => onList(name, passed[name]))
  const heads = await Promise.all(rest.map(nextOf))
  for (;;) {
    const due = heads.map((head) => (head ? dealtWithBy(head.ticket, readAcceptedAt(head.place), rules).getTime() : Infinity))
    const first = due.indexOf(Math.min(...due))
    const [head, more] = [heads[first], rest[first]]
    if (!head || !more) return
    yield head
    heads[first] = await nextOf(more)
  }
}

const nextOf = async (rest: AsyncGenerator<Listed, void>): Promise<Listed | undefined> => (await rest.next()).value ?? undefined

const indexItem = z.object({ pk: z.string(), sk: z.string() })
const listedItem = z.object({ openOn: z.string(), acceptedAt: z.string() })

/** What has come on a list since then. The index lags behind: what left the list is left out. */
async function* onList(list: List, after = ''): AsyncGenerator<Listed, void> {
  const entries = queryAll({
    IndexName: 'open',
    KeyConditionExpression: after === '' ? 'openOn = :list' : 'openOn = :list AND acceptedAt > :after',
    ExpressionAttributeValues: { ':list': lists[list], ...(after === '' ? {} : { ':after': after }) },
  })
  for await (const found of inBatches(entries, 100)) {
    const items = await getItems(found.map((item) => indexItem.parse(item)))
    const still = items.filter((item) => item['openOn'] === lists[list])
    yield* still
      .map((item): Listed => ({ ticket: readTicketItem(item), list, place: listedItem.parse(item).acceptedAt }))
      .toSorted((one, other) => (one.place < other.place ? -1 : 1))
  }
}
