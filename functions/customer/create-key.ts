import { readAllowList } from '../../core/keys/allow-list.ts'
import { customer } from '../../data/door.ts'
import { manageKeys } from '../../data/manage-keys.ts'
import { limitAttempts, newKeys } from '../../data/rates.ts'
import { mailQueue } from '../../outside/queues/send.ts'
import { endpoint } from '../kit/endpoint.ts'
import { newKeyTerms, newKeyView, viewKey } from '../kit/key-view.ts'
import { serve } from '../kit/serve.ts'

export const createKey = endpoint({
  name: 'customer.create-key',
  route: 'POST /api/keys',
  summary:
    'Make an API key with a scope and, if wanted, addresses it may be used from; the key itself is in this answer and never again',
  who: customer,
  body: newKeyTerms,
  returns: newKeyView,
  status: 201,
  refuses: ['too-many-keys', 'addresses-invalid', 'customer-not-found'],
  uses: { keys: manageKeys, limits: limitAttempts, mail: mailQueue },

  async run({ caller, body, uses, now }) {
    const terms = { ...body, addresses: readAllowList(body.addresses) }
    await uses.limits.count('new keys', [[caller.customerId, newKeys]], now)
    const { key, secret } = await uses.keys.create(caller.customerId, terms, now)
    await uses.mail.send([{ template: 'key-made', to: caller.customerId, keyId: key.keyId }])
    return { ...viewKey(key), key: secret }
  },
})

export const handler = serve(createKey)
