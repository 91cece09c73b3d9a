import { randomUUID } from 'node:crypto'
import * as z from 'zod/mini'
import { parity } from '../../core/catalogue/exchange.ts'
import { providerId } from '../../core/ids.ts'
import { usualAtOnce } from '../../core/providers/limits.ts'
import { staff } from '../../data/door.ts'
import { addProviders } from '../../data/providers.ts'
import { callProviders } from '../../outside/providers/call-providers.ts'
import { sealKeys } from '../../outside/vault/seal-keys.ts'
import { endpoint } from '../kit/endpoint.ts'
import { providerAddress, providerKey, providerName } from '../kit/provider-fields.ts'
import { serve } from '../kit/serve.ts'

export const addProvider = endpoint({
  name: 'admin.add-provider',
  route: 'POST /api/admin/providers',
  summary: 'Add an upstream provider; its key is encrypted at once and cannot be read back',
  who: staff('admin.add-provider'),
  body: z.object({
    name: providerName,
    url: providerAddress,
    apiKey: providerKey,
  }),
  returns: z.object({ providerId: z.string() }),
  status: 201,
  refuses: ['provider-address-refused', 'already-exists'],
  uses: { providers: addProviders, vault: sealKeys, outside: callProviders },

  async run({ caller, body, uses, now }) {
    uses.outside.checkUrl(body.url)
    const id = providerId(randomUUID())
    const key = await uses.vault.seal(body.apiKey, id)
    const audit = {
      by: caller.staffId,
      action: 'admin.add-provider',
      on: `provider ${id}`,
      after: { name: body.name, host: new URL(body.url).host },
    }
    await uses.providers.add(
      {
        providerId: id,
        name: body.name,
        url: body.url,
        key,
        status: 'active',
        exchange: parity,
        atOnce: usualAtOnce,
        createdAt: now,
      },
      audit,
    )
    return { providerId: id }
  },
})

export const handler = serve(addProvider)
