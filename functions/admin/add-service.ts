import * as z from 'zod/mini'
import { parity, quotedFrom } from '../../core/catalogue/exchange.ts'
import { isManual, manual, manualService } from '../../core/catalogue/manual.ts'
import { sellsReviews } from '../../core/catalogue/refused.ts'
import { origins } from '../../core/catalogue/service.ts'
import { serviceTypeNames } from '../../core/catalogue/service-types.ts'
import { categoryId, largestShortInteger, providerId, providerServiceId } from '../../core/ids.ts'
import { parseMoney, rate } from '../../core/money.ts'
import type { Opened } from '../../core/need.ts'
import { Refusal } from '../../core/refusals.ts'
import { staff } from '../../data/door.ts'
import { addServices } from '../../data/edit-services.ts'
import { readProviders } from '../../data/providers.ts'
import { endpoint } from '../kit/endpoint.ts'
import { memo } from '../kit/fields.ts'
import { serve } from '../kit/serve.ts'
import { serviceDescription, serviceName } from '../kit/service-change.ts'

const bound = z.int().check(z.minimum(1), z.maximum(largestShortInteger))
const price = z.string().check(z.regex(/^\d{1,6}(\.\d{1,6})?$/))

export const addService = endpoint({
  name: 'admin.add-service',
  route: 'POST /api/admin/services',
  summary:
    'Add one service by hand: whose it is and under which number there, and how it is sold here. Without a provider, people of ours deliver it',
  who: staff('admin.add-service'),
  body: z.strictObject({
    /** Left out for a manual service, both of them. */
    providerId: z.optional(z.string().check(z.maxLength(64))),
    providerServiceId: z.optional(z.string().check(z.trim(), z.regex(/^[A-Za-z0-9_-]{1,64}$/))),
    name: serviceName,
    description: z._default(serviceDescription, ''),
    categoryId: z.string().check(z.maxLength(64)),
    type: z.enum(serviceTypeNames()),
    /** What the provider takes for 1000, in the ledger currency: the next import puts it right. Of a manual one, what it costs us. */
    cost: z._default(price, '0'),
    rate: price,
    min: bound,
    max: bound,
    refillDays: z._default(z.int().check(z.minimum(0), z.maximum(3_650)), 0),
    cancel: z._default(z.boolean(), false),
    dripFeed: z._default(z.boolean(), false),
    origin: z._default(z.enum(origins), 'unattested'),
    memo,
  }),
  returns: z.object({ serviceId: z.int() }),
  status: 201,
  refuses: ['provider-not-found', 'category-not-found', 'already-exists', 'change-refused'],
  uses: { services: addServices, providers: readProviders },

  async run({ caller, body, uses, now }) {
    const bought = await boughtFrom(body, uses.providers)
    const { name, description, type, min, max, refillDays, cancel, dripFeed, origin } = body
    const [cost, sold] = [rateOf(body.cost), rateOf(body.rate)]
    const reasons = [
      ...(sold <= 0n ? ['rate-not-a-price'] : []),
      ...(sold < cost ? ['below-cost'] : []),
      ...(min > max ? ['bounds-crossed'] : []),
      ...(sellsReviews(name) ? ['sells-reviews'] : []),
    ]
    if (reasons.length > 0) throw new Refusal('change-refused', { reasons })
    const service = {
      name,
      description,
      categoryId: categoryId(body.categoryId),
      type,
      rate: sold,
      min,
      max,
      refillDays,
      cancel,
      dripFeed,
      denyDuplicates: false,
      linkPattern: 'any' as const,
      origin,
      attested: origin === 'unattested' ? undefined : { by: caller.staffId, at: now },
      enabled: true,
      sort: 0,
      everSold: false,
      // A price somebody typed is not another's to change.
      byHand: ['rate' as const],
      revision: 0,
      source: {
        providerId: bought.providerId,
        providerServiceId: bought.providerServiceId,
        cost,
        quoted: quotedFrom(cost, bought.exchange),
        name,
        category: '',
        min,
        max,
        // Of what people of ours deliver, they refill and cancel, too: no provider is asked.
        refill: !isManual(bought) && refillDays > 0,
        cancel: !isManual(bought) && cancel,
        dripFeed,
      },
      fallbacks: [],
    }
    const after = {
      name,
      provider: bought.name,
      providerServiceId: bought.providerServiceId,
      rate: body.rate,
      cost: body.cost,
      origin,
    }
    const audit = { by: caller.staffId, action: 'admin.add-service', on: 'a new service', why: body.memo, after }
    const { serviceId } = await uses.services.add(service, audit, now)
    return { serviceId }
  },
})

interface Bought {
  readonly providerId?: string | undefined
  readonly providerServiceId?: string | undefined
}

/** From which provider, and as what; or from nobody. Half of that is neither. */
async function boughtFrom(
  { providerId: from, providerServiceId: as }: Bought,
  providers: Opened<{ it: typeof readProviders }>['it'],
) {
  if (from === undefined && as === undefined)
    return { providerId: manual, providerServiceId: manualService, exchange: parity, name: 'by hand' }
  if (from === undefined || as === undefined) throw new Refusal('invalid-request', { fields: ['providerId', 'providerServiceId'] })
  const { providerId: id, exchange, name } = await providers.get(providerId(from))
  return { providerId: id, providerServiceId: providerServiceId(as), exchange, name }
}

const rateOf = (text: string) => rate(parseMoney(text) ?? 0n)

export const handler = serve(addService)
