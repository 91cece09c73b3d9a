import * as z from 'zod/mini'
import type { Need } from '../../core/need.ts'
import { Refusal } from '../../core/refusals.ts'
import type { AuditRecord } from '../../core/staff/audit.ts'
import type { SavedReply } from '../../core/support/saved-replies.ts'
import { mayAudit, transactAudited } from '../audit.ts'
import { keys } from '../keys.ts'
import { queryAll } from '../query.ts'
import { integer } from '../read.ts'

const replyItem = z.object({ sk: z.string(), title: z.string(), text: z.string(), revision: integer })

interface ReadSavedReplies {
  /** By their titles. */
  all(): Promise<SavedReply[]>
}

export const readSavedReplies = {
  allow: [{ on: 'table', actions: ['Query'], keys: ['SAVED-REPLY'] }],
  open: () => ({
    async all() {
      const replies: SavedReply[] = []
      for await (const item of queryAll({
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': keys.savedReply('').pk },
        ConsistentRead: true,
      })) {
        const { sk: replyId, ...reply } = replyItem.parse(item)
        replies.push({ replyId, ...reply })
      }
      return replies.toSorted((one, other) => one.title.localeCompare(other.title))
    },
  }),
} satisfies Need<ReadSavedReplies>

interface KeepSavedReplies {
  /** New, with a revision of 0; or in place of the one of that revision. */
  keep(reply: SavedReply, audit: AuditRecord, at: Date): Promise<void>
  remove(replyId: string, audit: AuditRecord, at: Date): Promise<void>
}

export const keepSavedReplies = {
  allow: [{ on: 'table', actions: ['PutItem', 'DeleteItem'], keys: ['SAVED-REPLY'], onlyIn: 'TransactWriteItems' }, ...mayAudit],
  open: () => ({
    async keep({ replyId, title, text, revision }, audit, at) {
      const refused = await transactAudited(audit, at, {
        reply: {
          Put: {
            Item: { ...keys.savedReply(replyId), title, text, revision: revision + 1 },
            ...(revision === 0
              ? { ConditionExpression: 'attribute_not_exists(pk)' }
              : { ConditionExpression: 'revision = :seen', ExpressionAttributeValues: { ':seen': revision } }),
          },
        },
      })
      if (refused) throw new Refusal(revision === 0 ? 'already-exists' : 'changed-meanwhile')
    },
    async remove(replyId, audit, at) {
      const refused = await transactAudited(audit, at, {
        reply: { Delete: { Key: keys.savedReply(replyId), ConditionExpression: 'attribute_exists(pk)' } },
      })
      if (refused) throw new Refusal('saved-reply-not-found')
    },
  }),
} satisfies Need<KeepSavedReplies>
