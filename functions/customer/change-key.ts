import { keyId } from '../../core/ids.ts'
import { readAllowList } from '../../core/keys/allow-list.ts'
import { isWider } from '../../core/keys/wider.ts'
import { customer } from '../../data/door.ts'
import { manageKeys } from '../../data/manage-keys.ts'
import { limitAttempts, newKeys } from '../../data/rates.ts'
import { mailQueue } from '../../outside/queues/send.ts'
import { endpoint } from '../kit/endpoint.ts'
import { done } from '../kit/fields.ts'
import { keyTerms } from '../kit/key-view.ts'
import { serve } from '../kit/serve.ts'

export const changeKey = endpoint({
  name: 'customer.change-key',
  route: 'PUT /api/keys/{keyId}',
  summary:
    'Change an API key’s name, scope and addresses: it is held to them from the next request on, and with it one it was rotated from or to',
  who: customer,
  body: keyTerms,
  returns: done,
  refuses: ['key-not-found', 'addresses-invalid'],
  uses: { keys: manageKeys, limits: limitAttempts, mail: mailQueue },

  async run({ caller, path, body, uses, now }) {
    const terms = { ...body, addresses: readAllowList(body.addresses) }
    const [{ customerId }, key] = [caller, keyId(path.keyId)]
    await uses.limits.count('key changes', [[customerId, newKeys]], now)
    const before = await uses.keys.change(customerId, key, terms, now)
    if (isWider(before, terms)) await uses.mail.send([{ template: 'key-widened', to: customerId, keyId: key }])
    return { done: true as const }
  },
})

export const handler = serve(changeKey)
