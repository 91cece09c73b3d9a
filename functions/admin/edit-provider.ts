import * as z from 'zod/mini'
import { providerId } from '../../core/ids.ts'
import { Refusal } from '../../core/refusals.ts'
import { staff } from '../../data/door.ts'
import { editProviders, readProviders } from '../../data/providers.ts'
import { callProviders } from '../../outside/providers/call-providers.ts'
import { sealKeys } from '../../outside/vault/seal-keys.ts'
import { endpoint } from '../kit/endpoint.ts'
import { done, memo } from '../kit/fields.ts'
import { providerAddress, providerKey, providerName } from '../kit/provider-fields.ts'
import { withoutQuery } from '../kit/provider-view.ts'
import { serve } from '../kit/serve.ts'

export const editProvider = endpoint({
  name: 'admin.edit-provider',
  route: 'PUT /api/admin/providers/{providerId}',
  summary: 'Give a provider another name or address; on another host, its key has to be typed anew',
  who: staff('admin.edit-provider'),
  body: z.object({ name: providerName, url: providerAddress, apiKey: z.optional(providerKey), memo }),
  returns: done,
  refuses: ['provider-not-found', 'provider-address-refused', 'provider-key-needed', 'provider-changed'],
  uses: { providers: readProviders, editing: editProviders, vault: sealKeys, outside: callProviders },

  async run({ caller, path, body, uses, now }) {
    const { name, url, apiKey, memo: why } = body
    const seen = await uses.providers.get(providerId(path.providerId))
    if (url !== seen.url) uses.outside.checkUrl(url)
    // Its key goes wherever its address leads: whoever moves it must have the key himself.
    if (new URL(url).origin !== new URL(seen.url).origin && apiKey === undefined) throw new Refusal('provider-key-needed')
    const key = apiKey === undefined ? undefined : await uses.vault.seal(apiKey, seen.providerId)
    const audit = {
      by: caller.staffId,
      action: 'admin.edit-provider',
      on: `provider ${seen.providerId}`,
      why,
      before: { name: seen.name, address: withoutQuery(seen.url) },
      after: { name, address: withoutQuery(url), keyReplaced: key !== undefined },
    }
    await uses.editing.edit(seen, { name, url, ...(key ? { key } : {}) }, audit, now)
    return { done: true as const }
  },
})

/** Some providers take a secret in the address. */

export const handler = serve(editProvider)
