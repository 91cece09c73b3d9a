import { createHash } from 'node:crypto'
import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb'
import * as z from 'zod/mini'
import { type OrderId, orderId, type ProviderId, type StaffId, staffId } from '../core/ids.ts'
import type { Need } from '../core/need.ts'
import type { Order } from '../core/orders/order.ts'
import { isCut, normalised, type TextMeaning, textMeanings } from '../core/protocol/error-texts.ts'
import { Refusal } from '../core/refusals.ts'
import type { AuditRecord } from '../core/staff/audit.ts'
import { iso } from '../core/time.ts'
import { mayAudit, transactAudited } from './audit.ts'
import { keys } from './keys.ts'
import { queryAll } from './query.ts'
import { id, integer, numberId, time } from './read.ts'
import { table } from './table.ts'

/** An error that a provider answered to an order, and that nobody had classified. */
export interface ErrorText {
  readonly textId: string
  /** As it is known again. */
  readonly text: string
  /** As it was said last, and about which order. */
  readonly said: string
  readonly orderId: OrderId
  readonly times: number
  readonly firstAt: Date
  readonly lastAt: Date
  /** What staff said it means. */
  readonly meaning?: TextMeaning | undefined
  readonly classifiedAt?: Date | undefined
  readonly by?: StaffId | undefined
}

const textItem = z.object({
  sk: z.string(),
  text: z.string(),
  said: z.string(),
  orderId: numberId(orderId),
  times: integer,
  firstAt: time,
  lastAt: time,
  meaning: z.optional(z.enum(textMeanings)),
  classifiedAt: z.optional(time),
  by: z.optional(id(staffId)),
})

function readText(item: unknown): ErrorText {
  const { sk, ...rest } = textItem.parse(item)
  return { textId: sk, ...rest }
}

/** The name that words of a provider's are kept under. */
export const textIdOf = (said: string): string => idOf(normalised(said))
const idOf = (text: string): string => createHash('sha256').update(text).digest('base64url').slice(0, 22)

interface KnownErrorTexts {
  /** What staff said these words of the provider's mean; undefined where nobody has said anything. */
  meaningOf(provider: ProviderId, said: string): Promise<TextMeaning | undefined>
  /** Keeps words that nobody has classified, once for each provider. */
  note(order: Pick<Order, 'orderId' | 'providerId'>, said: string, now: Date): Promise<void>
}

/** For whoever hears them. */
export const knownErrorTexts = {
  allow: [{ on: 'table', actions: ['GetItem', 'UpdateItem'], keys: ['ERROR-TEXT#*'] }],
  open: () => ({
    async meaningOf(provider, said) {
      return (await find(provider, textIdOf(said)))?.meaning
    },
    async note({ orderId, providerId }, said, now) {
      const text = normalised(said)
      const { db, name: TableName } = table()
      await db.send(
        new UpdateCommand({
          TableName,
          Key: keys.errorText(providerId, idOf(text)),
          UpdateExpression:
            'SET #text = :text, said = :said, orderId = :order, lastAt = :now, firstAt = if_not_exists(firstAt, :now) ADD times :one',
          ExpressionAttributeNames: { '#text': 'text' },
          ExpressionAttributeValues: { ':text': text, ':said': said, ':order': orderId, ':now': iso(now), ':one': 1 },
        }),
      )
    },
  }),
} satisfies Need<KnownErrorTexts>

async function find(provider: ProviderId, text: string): Promise<ErrorText | undefined> {
  const { db, name: TableName } = table()
  const { Item } = await db.send(new GetCommand({ TableName, Key: keys.errorText(provider, text), ConsistentRead: true }))
  return Item && readText(Item)
}

interface ReadErrorTexts {
  /** All of a provider's, classified or not, in no order. */
  of(provider: ProviderId): Promise<ErrorText[]>
  /** Refuses when there is none. */
  get(provider: ProviderId, text: string): Promise<ErrorText>
}

export const readErrorTexts = {
  allow: [{ on: 'table', actions: ['GetItem', 'Query'], keys: ['ERROR-TEXT#*'] }],
  open: () => ({
    async of(provider) {
      const texts: ErrorText[] = []
      const { pk } = keys.errorText(provider, '')
      for await (const item of queryAll({ KeyConditionExpression: 'pk = :pk', ExpressionAttributeValues: { ':pk': pk } }))
        texts.push(readText(item))
      return texts
    },
    async get(provider, text) {
      const found = await find(provider, text)
      if (!found) throw new Refusal('error-text-not-found')
      return found
    },
  }),
} satisfies Need<ReadErrorTexts>

interface ClassifyErrorTexts {
  /**
   * From now on the provider means this by it. Refuses where somebody else has said something else since it was seen, and
   * a meaning for words that were cut: what is missing may say otherwise.
   */
  classify(provider: ProviderId, seen: ErrorText, meaning: TextMeaning, audit: AuditRecord, now: Date): Promise<void>
}

export const classifyErrorTexts = {
  allow: [{ on: 'table', actions: ['UpdateItem'], keys: ['ERROR-TEXT#*'], onlyIn: 'TransactWriteItems' }, ...mayAudit],
  open: () => ({
    async classify(provider, seen, meaning, audit, now) {
      if (isCut(seen.text) && meaning !== 'nothing') throw new Refusal('error-text-cut')
      const text = {
        Update: {
          Key: keys.errorText(provider, seen.textId),
          UpdateExpression: 'SET meaning = :meaning, classifiedAt = :now, #by = :by',
          ConditionExpression: seen.meaning ? 'meaning = :seen' : 'attribute_exists(pk) AND attribute_not_exists(meaning)',
          ExpressionAttributeNames: { '#by': 'by' },
          ExpressionAttributeValues: {
            ':meaning': meaning,
            ':now': iso(now),
            ':by': audit.by,
            ...(seen.meaning ? { ':seen': seen.meaning } : {}),
          },
        },
      }
      if (await transactAudited(audit, now, { text })) throw new Refusal('changed-meanwhile')
    },
  }),
} satisfies Need<ClassifyErrorTexts>
