import * as z from 'zod/mini'
import { mostFallbacks } from '../../core/catalogue/service.ts'
import { largestShortInteger, providerId, providerServiceId, serviceId, shortInteger } from '../../core/ids.ts'
import { parseMoney, rate } from '../../core/money.ts'
import { Refusal } from '../../core/refusals.ts'
import { staff } from '../../data/door.ts'
import { editFallbacks } from '../../data/edit-fallbacks.ts'
import { readProviders } from '../../data/providers.ts'
import { endpoint } from '../kit/endpoint.ts'
import { fallbacksView, viewFallbacks } from '../kit/fallback-views.ts'
import { memo } from '../kit/fields.ts'
import { serve } from '../kit/serve.ts'
import { serviceName } from '../kit/service-change.ts'

const bound = z.int().check(z.minimum(1), z.maximum(largestShortInteger))

export const setFallbacks = endpoint({
  name: 'admin.set-fallbacks',
  route: 'PUT /api/admin/services/{serviceId}/fallbacks',
  summary:
    'Say where orders of a service go, one after the other, when its provider refuses them: all of them at once, in this order. Each is a provider’s service of the same type',
  who: staff('admin.set-fallbacks'),
  body: z.strictObject({
    /** Of the service as it was read. */
    revision: z.int().check(z.minimum(0)),
    fallbacks: z
      .array(
        z.strictObject({
          providerId: z.string().check(z.minLength(1), z.maxLength(64)),
          providerServiceId: z.string().check(z.trim(), z.regex(/^[A-Za-z0-9_-]{1,64}$/)),
          name: serviceName,
          /** What its provider takes for 1000, in the provider's own currency. */
          quoted: z.string().check(z.regex(/^\d{1,9}(\.\d{1,6})?$/)),
          min: bound,
          max: bound,
        }),
      )
      .check(z.maxLength(mostFallbacks)),
    memo,
  }),
  returns: fallbacksView,
  refuses: ['service-not-found', 'provider-not-found', 'already-exists', 'change-refused', 'changed-meanwhile'],
  uses: { services: editFallbacks, providers: readProviders },

  async run({ caller, path, body, uses, now }) {
    const number = shortInteger(path.serviceId)
    if (number === undefined) throw new Refusal('service-not-found')
    const wanted = body.fallbacks.map((one) => ({
      ...one,
      providerId: providerId(one.providerId),
      providerServiceId: providerServiceId(one.providerServiceId),
      quoted: rate(parseMoney(one.quoted) ?? 0n),
    }))
    const audit = { by: caller.staffId, action: 'admin.set-fallbacks', on: `service ${number}`, why: body.memo }
    const service = await uses.services.set(serviceId(number), body.revision, wanted, audit, now)
    return viewFallbacks(service, await uses.providers.all())
  },
})

export const handler = serve(setFallbacks)
