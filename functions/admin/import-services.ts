import { randomUUID } from 'node:crypto'
import * as z from 'zod/mini'
import { origins } from '../../core/catalogue/service.ts'
import { importId, providerId } from '../../core/ids.ts'
import { parseMoney, rate } from '../../core/money.ts'
import { Refusal } from '../../core/refusals.ts'
import { staff } from '../../data/door.ts'
import { beginImports } from '../../data/imports.ts'
import { readProviders } from '../../data/providers.ts'
import { endpoint } from '../kit/endpoint.ts'
import { serve } from '../kit/serve.ts'

export const importServices = endpoint({
  name: 'admin.import-services',
  route: 'POST /api/admin/providers/{providerId}/imports',
  summary: 'Take a provider’s catalogue over into ours, with a mark-up; a worker does it, and tells how far it is',
  who: staff('admin.import-services'),
  body: z.object({
    /** Per cent on top, with at most two decimals. */
    percent: z.number().check(z.minimum(0), z.maximum(1_000)),
    /** On top of that, per 1000: a plain decimal. */
    fixed: z._default(z.string().check(z.maxLength(20)), '0'),
    /** Where the effect of these services comes from, as the caller attests. */
    origin: z._default(z.enum(origins), 'unattested'),
  }),
  returns: z.object({ importId: z.string() }),
  status: 202,
  refuses: ['provider-not-found', 'already-exists'],
  uses: { providers: readProviders, imports: beginImports },

  async run({ caller, path, body, uses, now }) {
    const provider = await uses.providers.get(providerId(path.providerId))
    const fixed = parseMoney(body.fixed)
    if (fixed === undefined) throw new Refusal('invalid-request', { fields: ['fixed'] })
    const id = importId(randomUUID())
    // Prices end in a hundredth of a cent: finer ones cannot be read.
    const markUp = { basisPoints: Math.round(body.percent * 100), fixed: rate(fixed), step: 100n }
    const after = { importId: id, percent: body.percent, fixed: body.fixed, origin: body.origin }
    const audit = { by: caller.staffId, action: 'admin.import-services', on: `provider ${provider.providerId}`, after }
    const wanted = { importId: id, providerId: provider.providerId, markUp, origin: body.origin, by: caller.staffId }
    await uses.imports.begin(wanted, audit, now)
    return { importId: id }
  },
})

export const handler = serve(importServices)
