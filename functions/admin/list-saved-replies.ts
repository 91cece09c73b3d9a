import * as z from 'zod/mini'
import { staff } from '../../data/door.ts'
import { readSavedReplies } from '../../data/tickets/saved-replies.ts'
import { endpoint } from '../kit/endpoint.ts'
import { serve } from '../kit/serve.ts'

export const listSavedReplies = endpoint({
  name: 'admin.list-saved-replies',
  route: 'GET /api/admin/saved-replies',
  summary: 'Answers that are kept ready, by their titles',
  who: staff('admin.list-saved-replies'),
  returns: z.object({
    rows: z.array(z.object({ replyId: z.string(), title: z.string(), text: z.string(), revision: z.int() })),
  }),
  refuses: [],
  uses: { replies: readSavedReplies },

  run: async ({ uses }) => ({ rows: await uses.replies.all() }),
})

export const handler = serve(listSavedReplies)
