import * as z from 'zod/mini'
import { keyHash, keyId } from '../../core/ids.ts'
import { findKeys } from '../../data/api-keys.ts'
import { keepGatewayKeys } from '../../outside/gateway/gateway-keys.ts'
import { workQueue } from '../kit/work.ts'
import { queueWorker } from '../kit/worker.ts'

const message = z.object({ hash: z.string(), keyId: z.string(), change: z.enum(['created', 'revoked']) })

export const registerKey = queueWorker({
  name: 'workers.register-key',
  summary: 'Has the gateway meter a new key, by its hash, or forget a revoked one',
  // The gateway takes five new keys a second in a region: few calls, few messages each.
  on: { kind: 'queue', queue: 'keys', batchSize: 2, atOnce: 2 },
  failing: {
    hurts: 'new keys are refused at /api/reseller/v1 for want of a meter; /api/v2 and revocation do not depend on it',
    runbook: 'keys-not-registered',
  },
  timeoutSeconds: 30,
  read: (raw) => {
    const read = message.parse(raw)
    return { hash: keyHash(read.hash), keyId: keyId(read.keyId) }
  },
  uses: { keys: findKeys, gateway: keepGatewayKeys },

  async run({ message, uses, now }) {
    // Messages may come late or out of order: what holds is what the table says now.
    if (await uses.keys.isOpen(message.hash, now)) await uses.gateway.create(message.hash, message.keyId)
    else await uses.gateway.remove(message.keyId)
  },
})

export const handler = workQueue(registerKey)
