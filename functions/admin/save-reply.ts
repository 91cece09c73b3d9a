import * as z from 'zod/mini'
import { Refusal } from '../../core/refusals.ts'
import { longestTitle, mostReplies } from '../../core/support/saved-replies.ts'
import { staff } from '../../data/door.ts'
import { keepSavedReplies, readSavedReplies } from '../../data/tickets/saved-replies.ts'
import { endpoint } from '../kit/endpoint.ts'
import { done, requestId } from '../kit/fields.ts'
import { hold } from '../kit/request.ts'
import { serve } from '../kit/serve.ts'
import { text } from '../kit/ticket-views.ts'

export const saveReply = endpoint({
  name: 'admin.save-reply',
  route: 'PUT /api/admin/saved-replies/{replyId}',
  summary: 'Keep an answer ready, with {name}, {order} and {ticket} where those of the ticket are put; or change one that was read',
  who: staff('admin.save-reply'),
  body: z.object({
    title: z.string().check(z.trim(), z.minLength(2), z.maxLength(longestTitle)),
    text,
    /** Of the one that is changed; 0 for a new one. */
    revision: z.int().check(z.minimum(0)),
  }),
  returns: done,
  refuses: ['already-exists', 'changed-meanwhile', 'too-many-replies'],
  uses: { replies: readSavedReplies, keeping: keepSavedReplies },

  async run({ caller, path, body, uses, now }) {
    const replyId = hold(requestId, path.replyId)
    if (body.revision === 0 && (await uses.replies.all()).length >= mostReplies) throw new Refusal('too-many-replies')
    const after = { title: body.title, characters: body.text.length }
    const audit = { by: caller.staffId, action: 'admin.save-reply', on: `saved reply ${replyId}`, after }
    await uses.keeping.keep({ replyId, ...body }, audit, now)
    return { done: true as const }
  },
})

export const handler = serve(saveReply)
