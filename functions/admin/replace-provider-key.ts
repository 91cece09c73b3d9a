import * as z from 'zod/mini'
import { providerId } from '../../core/ids.ts'
import { staff } from '../../data/door.ts'
import { editProviders, readProviders } from '../../data/providers.ts'
import { sealKeys } from '../../outside/vault/seal-keys.ts'
import { endpoint } from '../kit/endpoint.ts'
import { done, memo } from '../kit/fields.ts'
import { providerKey } from '../kit/provider-fields.ts'
import { serve } from '../kit/serve.ts'

export const replaceProviderKey = endpoint({
  name: 'admin.replace-provider-key',
  route: 'PUT /api/admin/providers/{providerId}/key',
  summary: 'Replace a provider’s key; it is encrypted at once and cannot be read back',
  who: staff('admin.replace-provider-key'),
  body: z.object({ apiKey: providerKey, memo }),
  returns: done,
  refuses: ['provider-not-found', 'provider-changed'],
  uses: { providers: readProviders, editing: editProviders, vault: sealKeys },

  async run({ caller, path, body, uses, now }) {
    const { providerId: id } = await uses.providers.get(providerId(path.providerId))
    const key = await uses.vault.seal(body.apiKey, id)
    const audit = { by: caller.staffId, action: 'admin.replace-provider-key', on: `provider ${id}`, why: body.memo }
    await uses.editing.replaceKey(id, key, audit, now)
    return { done: true as const }
  },
})

export const handler = serve(replaceProviderKey)
