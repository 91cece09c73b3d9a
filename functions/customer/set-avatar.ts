import * as z from 'zod/mini'
import { fileId } from '../../core/ids.ts'
import { keepAvatars } from '../../data/avatars.ts'
import { customer } from '../../data/door.ts'
import { endpoint } from '../kit/endpoint.ts'
import { done } from '../kit/fields.ts'
import { serve } from '../kit/serve.ts'

export const setAvatar = endpoint({
  name: 'customer.set-avatar',
  route: 'PUT /api/me/avatar',
  summary: 'The picture of the account: an upload that is ready. The one before it is deleted',
  who: customer,
  body: z.object({ fileId: z.string().check(z.maxLength(64)) }),
  returns: done,
  refuses: ['file-not-found', 'file-not-ready', 'changed-meanwhile'],
  uses: { avatars: keepAvatars },

  async run({ caller, body, uses, now }) {
    await uses.avatars.set(caller.customerId, fileId(body.fileId), now)
    return { done: true as const }
  },
})

export const handler = serve(setAvatar)
