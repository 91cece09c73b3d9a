import { GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb'
import * as z from 'zod/mini'
import { type StaffId, staffId } from '../core/ids.ts'
import type { Need } from '../core/need.ts'
import { Refusal } from '../core/refusals.ts'
import type { AuditRecord } from '../core/staff/audit.ts'
import { iso } from '../core/time.ts'
import { mayAudit, transactAudited } from './audit.ts'
import { readCursor, writeCursor } from './cursor.ts'
import { getItems } from './get-items.ts'
import { blockIdOf, keys, openLists } from './keys.ts'
import { id, time } from './read.ts'
import { table } from './table.ts'

/** A target whose owner wants no orders. */
export interface Block {
  /** Names it in an address. */
  readonly blockId: string
  /** In the spelling in which links are compared. */
  readonly target: string
  readonly at: Date
  readonly by: StaffId
  /** How it was shown who owns it. */
  readonly memo: string
  /** The report it follows from. */
  readonly inquiryId?: string | undefined
}

const blockItem = z.object({
  target: z.string(),
  at: time,
  by: id(staffId),
  memo: z.string(),
  inquiryId: z.optional(z.string()),
})

function readBlock(item: unknown): Block {
  const block = blockItem.parse(item)
  return { ...block, blockId: blockIdOf(block.target) }
}

interface ReadBlocks {
  /** Refuses one that is not there. */
  get(blockId: string): Promise<Block>
  /** Newest first. */
  page(
    cursor: string | undefined,
    limit: number,
  ): Promise<{ readonly blocks: readonly Block[]; readonly cursor: string | undefined }>
}

export const readBlocks = {
  allow: [
    { on: 'table', actions: ['GetItem', 'BatchGetItem'], keys: ['BLOCKED#*'] },
    { on: 'index', index: 'open' },
  ],
  open: () => ({
    async get(blockId) {
      const { db, name: TableName } = table()
      const { Item } = await db.send(new GetCommand({ TableName, Key: keys.blocked(blockId), ConsistentRead: true }))
      if (!Item) throw new Refusal('block-not-found')
      return readBlock(Item)
    },
    async page(cursor, limit) {
      const { db, name: TableName } = table()
      const below = cursor === undefined ? '~' : readCursor(place, cursor).below
      const { Items = [] } = await db.send(
        new QueryCommand({
          TableName,
          IndexName: 'open',
          KeyConditionExpression: 'openOn = :list AND acceptedAt < :below',
          ExpressionAttributeValues: { ':list': openLists.blocked(), ':below': below },
          ScanIndexForward: false,
          Limit: limit + 1,
        }),
      )
      const rows = Items.slice(0, limit).map((item) => indexItem.parse(item))
      const blocks = (await getItems(rows.map(({ pk, sk }) => ({ pk, sk })))).map(readBlock)
      const last = rows.at(-1)
      return {
        blocks: blocks.toSorted((one, other) => other.at.getTime() - one.at.getTime()),
        cursor: Items.length > limit && last ? writeCursor({ below: last.acceptedAt }) : undefined,
      }
    },
  }),
} satisfies Need<ReadBlocks>

const place = z.object({ below: z.string().check(z.maxLength(60)) })
const indexItem = z.object({ pk: z.string(), sk: z.string(), acceptedAt: z.string() })

interface KeepBlocks {
  /** From here on no order for it is taken, and none is sent. Refuses a target that is blocked already. */
  block(block: Block, audit: AuditRecord): Promise<void>
  lift(block: Block, audit: AuditRecord, at: Date): Promise<void>
}

export const keepBlocks = {
  allow: [{ on: 'table', actions: ['PutItem', 'DeleteItem'], keys: ['BLOCKED#*'], onlyIn: 'TransactWriteItems' }, ...mayAudit],
  open: () => ({
    async block({ blockId, at, ...block }, audit) {
      const refused = await transactAudited(audit, at, {
        block: {
          Put: {
            Item: {
              ...keys.blocked(blockId),
              ...block,
              at: iso(at),
              openOn: openLists.blocked(),
              acceptedAt: `${iso(at)}#${blockId}`,
            },
            ConditionExpression: 'attribute_not_exists(pk)',
          },
        },
      })
      if (refused) throw new Refusal('already-exists')
    },
    async lift({ blockId }, audit, at) {
      const refused = await transactAudited(audit, at, {
        block: { Delete: { Key: keys.blocked(blockId), ConditionExpression: 'attribute_exists(pk)' } },
      })
      if (refused) throw new Refusal('block-not-found')
    },
  }),
} satisfies Need<KeepBlocks>
