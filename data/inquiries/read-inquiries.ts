import { GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb'
import * as z from 'zod/mini'
import { inBatches } from '../../core/batches.ts'
import type { Inquiry, InquiryKind, InquiryMessage } from '../../core/inquiries/inquiry.ts'
import type { Need } from '../../core/need.ts'
import { Refusal } from '../../core/refusals.ts'
import { getItems } from '../get-items.ts'
import { keys, openLists } from '../keys.ts'
import { queryAll } from '../query.ts'
import { table } from '../table.ts'
import { readInquiryItem, readInquiryMessage } from './item.ts'

interface ReadInquiries {
  /** Refuses one that is not there. */
  get(inquiryId: string): Promise<Inquiry>
  /** Oldest first. */
  messages(inquiryId: string): Promise<InquiryMessage[]>
}

export const readInquiries = {
  allow: [
    { on: 'table', actions: ['GetItem'], keys: ['INQUIRY#*'] },
    { on: 'table', actions: ['Query'], keys: ['INQUIRY-MESSAGE#*'] },
  ],
  open: () => ({
    get: getInquiry,
    async messages(inquiryId) {
      const found: InquiryMessage[] = []
      for await (const item of queryAll({
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': keys.inquiryMessage(inquiryId, '').pk },
        ConsistentRead: true,
      }))
        found.push(readInquiryMessage(item))
      return found.toSorted((one, other) => one.at.getTime() - other.at.getTime())
    },
  }),
} satisfies Need<ReadInquiries>

export async function getInquiry(inquiryId: string): Promise<Inquiry> {
  const { db, name: TableName } = table()
  const { Item } = await db.send(new GetCommand({ TableName, Key: keys.inquiry(inquiryId), ConsistentRead: true }))
  if (!Item) throw new Refusal('inquiry-not-found')
  return readInquiryItem(Item)
}

interface ReadInquiryMail {
  /** To whom an answer goes, and what it says; undefined when either is gone. */
  of(inquiryId: string, requestId: string): Promise<{ readonly inquiry: Inquiry; readonly text: string } | undefined>
}

export const readInquiryMail = {
  allow: [{ on: 'table', actions: ['BatchGetItem'], keys: ['INQUIRY#*', 'INQUIRY-MESSAGE#*'] }],
  open: () => ({
    async of(inquiryId, requestId) {
      const found = await getItems([keys.inquiry(inquiryId), keys.inquiryMessage(inquiryId, requestId)], { consistent: true })
      const inquiry = found.find(({ sk }) => sk === 'INQUIRY')
      const message = found.find(({ sk }) => sk === requestId)
      return inquiry && message && { inquiry: readInquiryItem(inquiry), text: readInquiryMessage(message).text }
    },
  }),
} satisfies Need<ReadInquiryMail>

interface ListInquiries {
  /** Those that are not closed, oldest first. */
  open(kind: InquiryKind): AsyncIterable<Inquiry>
}

export const listInquiries = {
  allow: [
    { on: 'index', index: 'open' },
    { on: 'table', actions: ['BatchGetItem'], keys: ['INQUIRY#*'] },
  ],
  open: () => ({
    async *open(kind) {
      const list = openLists.inquiries(kind)
      for await (const found of inBatches(queryAll(onList(list)), 100)) {
        const items = await getItems(found.map((item) => indexItem.parse(item)))
        const still = items.filter((item) => item['openOn'] === list).map(readInquiryItem)
        yield* still.toSorted((one, other) => one.at.getTime() - other.at.getTime())
      }
    },
  }),
} satisfies Need<ListInquiries>

interface CountInquiries {
  count(kind: InquiryKind): Promise<number>
}

export const countInquiries = {
  allow: [{ on: 'index', index: 'open' }],
  open: () => ({
    async count(kind) {
      const { db, name: TableName } = table()
      const { Count = 0 } = await db.send(new QueryCommand({ TableName, ...onList(openLists.inquiries(kind)), Select: 'COUNT' }))
      return Count
    },
  }),
} satisfies Need<CountInquiries>

const onList = (list: string) => ({
  IndexName: 'open',
  KeyConditionExpression: 'openOn = :list',
  ExpressionAttributeValues: { ':list': list },
})
const indexItem = z.object({ pk: z.string(), sk: z.string() })
