import { findKeys, hashKey } from '../../data/api-keys.ts'
import { anyone } from '../../data/door.ts'
import { authorize, authorizer } from '../kit/authorizer.ts'

export const authorizeKey = authorizer({
  name: 'reseller.authorize-key',
  summary: 'Looks a presented key up by its hash; the gateway meters by the hash and never holds a key',
  who: anyone,
  uses: { keys: findKeys },

  async run({ presented, uses }) {
    const hash = hashKey(presented)
    const owner = presented === '' ? undefined : await uses.keys.owner(hash)
    return owner && { principal: owner.keyId, usageKey: hash, context: { customerId: owner.customerId, keyId: owner.keyId } }
  },
})

export const handler = authorize(authorizeKey)
