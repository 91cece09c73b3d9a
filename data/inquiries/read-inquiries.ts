import { GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb'
import * as z from 'zod/mini'
import { type Inquiry, type InquiryKind, type InquiryMessage, inquiryDays } from '../../core/inquiries/inquiry.ts'
import type { Need } from '../../core/need.ts'
import { Refusal } from '../../core/refusals.ts'
import { iso, later } from '../../core/time.ts'
import { readCursor, writeCursor } from '../cursor.ts'
import { getItems } from '../get-items.ts'
import { keys, openLists } from '../keys.ts'
import { queryAll } from '../query.ts'
import { table } from '../table.ts'
import { ifLeft, isLeft } from '../unexpired.ts'
import { readInquiryItem, readInquiryMessage } from './item.ts'

interface ReadInquiries {
  /** Refuses one that is not there. */
  get(inquiryId: string, now: Date): Promise<Inquiry>
  /** Oldest first. */
  messages(inquiryId: string, now: Date): Promise<InquiryMessage[]>
}

export const readInquiries = {
  allow: [
    { on: 'table', actions: ['GetItem'], keys: ['INQUIRY#*'] },
    { on: 'table', actions: ['Query'], keys: ['INQUIRY-MESSAGE#*'] },
  ],
  open: () => ({
    get: getInquiry,
    async messages(inquiryId, now) {
      const found: InquiryMessage[] = []
      for await (const item of queryAll({
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': keys.inquiryMessage(inquiryId, '').pk },
        ConsistentRead: true,
      }))
        if (isLeft(item, now)) found.push(readInquiryMessage(item))
      return found.toSorted((one, other) => one.at.getTime() - other.at.getTime())
    },
  }),
} satisfies Need<ReadInquiries>

export async function getInquiry(inquiryId: string, now: Date): Promise<Inquiry> {
  const { db, name: TableName } = table()
  const { Item } = await db.send(new GetCommand({ TableName, Key: keys.inquiry(inquiryId), ConsistentRead: true }))
  const inquiry = ifLeft(Item, now)
  if (!inquiry) throw new Refusal('inquiry-not-found')
  return readInquiryItem(inquiry)
}

interface ReadInquiryMail {
  /** To whom an answer goes, and what it says; undefined when either is gone. */
  of(inquiryId: string, requestId: string, now: Date): Promise<{ readonly inquiry: Inquiry; readonly text: string } | undefined>
}

export const readInquiryMail = {
  allow: [{ on: 'table', actions: ['BatchGetItem'], keys: ['INQUIRY#*', 'INQUIRY-MESSAGE#*'] }],
  open: () => ({
    async of(inquiryId, requestId, now) {
      const wanted = [keys.inquiry(inquiryId), keys.inquiryMessage(inquiryId, requestId)]
      const found = (await getItems(wanted, { consistent: true })).filter((item) => isLeft(item, now))
      const inquiry = found.find(({ sk }) => sk === 'INQUIRY')
      const message = found.find(({ sk }) => sk === requestId)
      return inquiry && message && { inquiry: readInquiryItem(inquiry), text: readInquiryMessage(message).text }
    },
  }),
} satisfies Need<ReadInquiryMail>

interface ListInquiries {
  /** A page of those that are not closed, oldest first. */
  page(kind: InquiryKind, cursor: string | undefined, limit: number, now: Date): Promise<InquiryPage>
}

export interface InquiryPage {
  readonly inquiries: readonly Inquiry[]
  readonly cursor: string | undefined
}

export const listInquiries = {
  allow: [
    { on: 'index', index: 'open' },
    { on: 'table', actions: ['BatchGetItem'], keys: ['INQUIRY#*'] },
  ],
  open: () => ({
    async page(kind, cursor, limit, now) {
      const { db, name: TableName } = table()
      const list = openLists.inquiries(kind)
      const after = cursor === undefined ? undefined : readCursor(place, cursor).after
      const { Items = [] } = await db.send(new QueryCommand({ TableName, ...onList(list, now, after), Limit: limit + 1 }))
      const found = Items.slice(0, limit).map((item) => indexItem.parse(item))
      const items = await getItems(found)
      // The index lags behind: what left the list is left out.
      const still = items.filter((item) => item['openOn'] === list && isLeft(item, now)).map(readInquiryItem)
      const last = Items.length > limit ? found.at(-1) : undefined
      return {
        inquiries: still.toSorted((one, other) => one.at.getTime() - other.at.getTime()),
        cursor: last && writeCursor({ after: last.acceptedAt }),
      }
    },
  }),
} satisfies Need<ListInquiries>

interface CountInquiries {
  count(kind: InquiryKind, now: Date): Promise<number>
}

export const countInquiries = {
  allow: [{ on: 'index', index: 'open' }],
  open: () => ({
    async count(kind, now) {
      const { db, name: TableName } = table()
      const { Count = 0 } = await db.send(
        new QueryCommand({ TableName, ...onList(openLists.inquiries(kind), now), Select: 'COUNT' }),
      )
      return Count
    },
  }),
} satisfies Need<CountInquiries>

/** What has come on it since then. The index has no expiry dates, but since when each is there. */
function onList(list: string, now: Date, after = '') {
  const unexpired = `${iso(later(now, -inquiryDays * 86_400))}~`
  return {
    IndexName: 'open',
    KeyConditionExpression: 'openOn = :list AND acceptedAt > :from',
    ExpressionAttributeValues: { ':list': list, ':from': after > unexpired ? after : unexpired },
  }
}
const indexItem = z.object({ pk: z.string(), sk: z.string(), acceptedAt: z.string() })
const place = z.object({ after: z.string().check(z.regex(/^[\d:.TZ-]{24}#[\w-]{1,32}$/)) })
