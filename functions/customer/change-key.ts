import { keyId } from '../../core/ids.ts'
import { readAllowList } from '../../core/keys/allow-list.ts'
import { customer } from '../../data/door.ts'
import { manageKeys } from '../../data/manage-keys.ts'
import { endpoint } from '../kit/endpoint.ts'
import { done } from '../kit/fields.ts'
import { keyTerms } from '../kit/key-view.ts'
import { serve } from '../kit/serve.ts'

export const changeKey = endpoint({
  name: 'customer.change-key',
  route: 'PUT /api/keys/{keyId}',
  summary: 'Change an API key’s name, scope and addresses: it is held to them from the next request on',
  who: customer,
  body: keyTerms,
  returns: done,
  refuses: ['key-not-found', 'addresses-invalid'],
  uses: { keys: manageKeys },

  async run({ caller, path, body, uses, now }) {
    const terms = { ...body, addresses: readAllowList(body.addresses) }
    await uses.keys.change(caller.customerId, keyId(path.keyId), terms, now)
    return { done: true as const }
  },
})

export const handler = serve(changeKey)
