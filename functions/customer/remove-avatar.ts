import { keepAvatars } from '../../data/avatars.ts'
import { customer } from '../../data/door.ts'
import { endpoint } from '../kit/endpoint.ts'
import { done } from '../kit/fields.ts'
import { serve } from '../kit/serve.ts'

export const removeAvatar = endpoint({
  name: 'customer.remove-avatar',
  route: 'DELETE /api/me/avatar',
  summary: 'Have no picture any more; the file is deleted',
  who: customer,
  returns: done,
  refuses: ['changed-meanwhile'],
  uses: { avatars: keepAvatars },

  async run({ caller, uses, now }) {
    await uses.avatars.remove(caller.customerId, now)
    return { done: true as const }
  },
})

export const handler = serve(removeAvatar)
