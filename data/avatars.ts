import { GetCommand } from '@aws-sdk/lib-dynamodb'
import type { CustomerId, FileId } from '../core/ids.ts'
import type { Need } from '../core/need.ts'
import { Refusal } from '../core/refusals.ts'
import { readCustomer } from './customers.ts'
import { discardLegs, keepLegs, mayDiscardFiles, mayKeepFiles } from './files.ts'
import { keys } from './keys.ts'
import { table } from './table.ts'
import { type NamedLeg, transactInOrder } from './transact.ts'

interface KeepAvatars {
  /** The picture of an account from now on; the one before it is discarded in the same transaction. */
  set(owner: CustomerId, file: FileId, now: Date): Promise<void>
  /** The account has no picture any more. */
  remove(owner: CustomerId, now: Date): Promise<void>
}

export const keepAvatars = {
  allow: [
    { on: 'table', actions: ['GetItem'], keys: ['CUSTOMER#*'] },
    { on: 'table', actions: ['UpdateItem'], keys: ['CUSTOMER#*'], onlyIn: 'TransactWriteItems' },
    ...mayKeepFiles,
    ...mayDiscardFiles,
  ],
  open: () => ({
    async set(owner, file, now) {
      const before = await avatarOf(owner)
      if (before === file) return
      await written({
        account: accountLeg(owner, before, file),
        ...(await keepLegs(owner, [file], 'avatar', 'avatar')),
        ...(before === undefined ? {} : await discardLegs(owner, before, now)),
      })
    },
    async remove(owner, now) {
      const before = await avatarOf(owner)
      if (before === undefined) return
      await written({ account: accountLeg(owner, before, undefined), ...(await discardLegs(owner, before, now)) })
    },
  }),
} satisfies Need<KeepAvatars>

async function avatarOf(owner: CustomerId): Promise<FileId | undefined> {
  const { db, name: TableName } = table()
  const { Item } = await db.send(new GetCommand({ TableName, Key: keys.customer(owner), ConsistentRead: true }))
  return readCustomer(Item).avatar
}

function accountLeg(owner: CustomerId, before: FileId | undefined, after: FileId | undefined): NamedLeg {
  return {
    Update: {
      Key: keys.customer(owner),
      UpdateExpression: after === undefined ? 'REMOVE avatar' : 'SET avatar = :after',
      ConditionExpression: before === undefined ? 'attribute_exists(pk) AND attribute_not_exists(avatar)' : 'avatar = :before',
      ...(before === undefined && after === undefined
        ? {}
        : {
            ExpressionAttributeValues: {
              ...(before === undefined ? {} : { ':before': before }),
              ...(after === undefined ? {} : { ':after': after }),
            },
          }),
    },
  }
}

async function written(legs: Readonly<Record<string, NamedLeg>>): Promise<void> {
  if (await transactInOrder(Object.entries(legs))) throw new Refusal('changed-meanwhile')
}
