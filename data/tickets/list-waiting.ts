import * as z from 'zod/mini'
import { inBatches } from '../../core/batches.ts'
import type { Need } from '../../core/need.ts'
import type { Ticket } from '../../core/tickets/ticket.ts'
import { getItems } from '../get-items.ts'
import { openLists } from '../keys.ts'
import { queryAll } from '../query.ts'
import { readTicketItem } from './item.ts'

interface ListWaitingTickets {
  /** Every privacy request that is not closed, oldest first (P-RT-3): `dueAt` says until when it must be dealt with. */
  privacyRequests(): AsyncIterable<Ticket>
  /** Privacy requests that are not closed, and every other ticket that waits for staff or for somebody they asked; of each, those that wait longest first. */
  all(): AsyncIterable<Ticket>
}

export const listWaitingTickets = {
  allow: [
    { on: 'index', index: 'open' },
    { on: 'table', actions: ['BatchGetItem'], keys: ['TICKET#*'] },
  ],
  open: () => ({
    privacyRequests: () => onList(openLists.privacyRequests()),
    async *all() {
      yield* onList(openLists.privacyRequests())
      yield* onList(openLists.tickets())
    },
  }),
} satisfies Need<ListWaitingTickets>

const indexItem = z.object({ pk: z.string(), sk: z.string() })

/** The index lags behind: what left the list is left out. */
async function* onList(list: string): AsyncGenerator<Ticket> {
  const entries = queryAll({
    IndexName: 'open',
    KeyConditionExpression: 'openOn = :list',
    ExpressionAttributeValues: { ':list': list },
  })
  for await (const found of inBatches(entries, 100)) {
    const items = await getItems(found.map((item) => indexItem.parse(item)))
    const still = items.filter((item) => item['openOn'] === list).map(readTicketItem)
    yield* still.toSorted((one, other) => since(one) - since(other))
  }
}

const since = ({ waitingSince, createdAt, dueAt }: Ticket): number => (dueAt ? createdAt : (waitingSince ?? createdAt)).getTime()
