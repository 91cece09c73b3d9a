import { staff } from '../../data/door.ts'
import { keepSavedReplies } from '../../data/tickets/saved-replies.ts'
import { endpoint } from '../kit/endpoint.ts'
import { done } from '../kit/fields.ts'
import { serve } from '../kit/serve.ts'

export const deleteSavedReply = endpoint({
  name: 'admin.delete-saved-reply',
  route: 'DELETE /api/admin/saved-replies/{replyId}',
  summary: 'Keep an answer no longer; what was sent of it stays',
  who: staff('admin.delete-saved-reply'),
  returns: done,
  refuses: ['saved-reply-not-found'],
  uses: { keeping: keepSavedReplies },

  async run({ caller, path, uses, now }) {
    const audit = { by: caller.staffId, action: 'admin.delete-saved-reply', on: `saved reply ${path.replyId}` }
    await uses.keeping.remove(path.replyId, audit, now)
    return { done: true as const }
  },
})

export const handler = serve(deleteSavedReply)
