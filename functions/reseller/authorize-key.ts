import { findKeys, hashKey } from '../../data/api-keys.ts'
import { anyone } from '../../data/door.ts'
import { noteKeyUse } from '../../data/key-use.ts'
import { noteSignals } from '../../data/note-signals.ts'
import { authorize, authorizer } from '../kit/authorizer.ts'
import { inConstantTime, stepForKeys } from '../kit/constant-time.ts'

export const authorizeKey = authorizer({
  name: 'reseller.authorize-key',
  summary: 'Looks a presented key up by its hash; the gateway meters by the hash and never holds a key',
  who: anyone,
  uses: { keys: findKeys, use: noteKeyUse, signals: noteSignals },

  async run({ presented, address, uses, now }) {
    const hash = hashKey(presented)
    if (presented === '') return undefined
    const began = performance.now()
    const owner = await uses.keys.owner({ hash, address }, now)
    if (!owner.opens)
      // More is noted of a good key in the wrong place: the time must not tell it from a wrong one.
      return inConstantTime(() => uses.signals.badKey(owner, address, now), { step: stepForKeys, began })
    const { customerId, keyId, scope } = owner
    await uses.use.note(customerId, keyId, now)
    return { principal: keyId, usageKey: hash, context: { customerId, keyId, scope } }
  },
})

export const handler = authorize(authorizeKey)
