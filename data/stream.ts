import type { AttributeValue } from '@aws-sdk/client-dynamodb'
import { unmarshall } from '@aws-sdk/util-dynamodb'
import * as z from 'zod/mini'

/** A change of an item, as the table's stream tells it. */
export interface Change {
  readonly kind: 'added' | 'changed' | 'removed'
  readonly pk: string
  readonly sk: string
  /** The item as it is now; undefined when it is gone. */
  readonly item: Readonly<Record<string, unknown>> | undefined
  /** The item as it was; undefined when it is new. */
  readonly was: Readonly<Record<string, unknown>> | undefined
  /** To the second. */
  readonly at: Date
  /** The record's number: the same whenever it is told again, and larger for whatever came later in its partition. */
  readonly sequence: string
}

const attributes = z.custom<Record<string, AttributeValue>>((value) => typeof value === 'object' && value !== null)
const streamRecord = z.object({
  eventName: z.enum(['INSERT', 'MODIFY', 'REMOVE']),
  dynamodb: z.object({
    Keys: attributes,
    NewImage: z.optional(attributes),
    OldImage: z.optional(attributes),
    ApproximateCreationDateTime: z.number(),
    SequenceNumber: z.string(),
  }),
})
const key = z.object({ pk: z.string(), sk: z.string() })
const kinds = { INSERT: 'added', MODIFY: 'changed', REMOVE: 'removed' } as const

export function readChange(record: unknown): Change {
  const { eventName, dynamodb } = streamRecord.parse(record)
  return {
    kind: kinds[eventName],
    ...key.parse(unmarshall(dynamodb.Keys)),
    item: dynamodb.NewImage && unmarshall(dynamodb.NewImage),
    was: dynamodb.OldImage && unmarshall(dynamodb.OldImage),
    at: new Date(dynamodb.ApproximateCreationDateTime * 1000),
    sequence: dynamodb.SequenceNumber,
  }
}
