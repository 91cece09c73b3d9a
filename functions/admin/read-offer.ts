import * as z from 'zod/mini'
import { inLedger } from '../../core/catalogue/exchange.ts'
import { sellsReviews } from '../../core/catalogue/refused.ts'
import { pauseReasons, type Service } from '../../core/catalogue/service.ts'
import { providerId } from '../../core/ids.ts'
import { formatMoney } from '../../core/money.ts'
import type { OfferedRow } from '../../core/protocol/provider-services.ts'
import { Refusal } from '../../core/refusals.ts'
import { iso } from '../../core/time.ts'
import { readCursor, writeCursor } from '../../data/cursor.ts'
import { staff } from '../../data/door.ts'
import { readSources } from '../../data/passes.ts'
import { type Provider, readProviders } from '../../data/providers.ts'
import { settings } from '../../data/settings.ts'
import { readOffers } from '../../outside/snapshots/offers.ts'
import { endpoint } from '../kit/endpoint.ts'
import { amount, cursor, moment } from '../kit/fields.ts'
import { serve } from '../kit/serve.ts'

const offered = z.object({
  id: z.string(),
  name: z.string(),
  category: z.string(),
  type: z.optional(z.string()),
  /** The provider's own word for a type that nobody knows. */
  typeSaid: z.optional(z.string()),
  /** In the provider's currency, and in ours. */
  quoted: amount,
  cost: amount,
  min: z.int(),
  max: z.int(),
  refill: z.boolean(),
  cancel: z.boolean(),
  dripFeed: z.boolean(),
  /** Not sold here, whatever staff choose. */
  reviews: z.boolean(),
  /** The service of ours that it is, and how that differs from what is offered now. */
  ours: z.optional(
    z.object({
      serviceId: z.int(),
      name: z.string(),
      rate: amount,
      cost: amount,
      enabled: z.boolean(),
      paused: z.optional(z.enum(pauseReasons)),
      rateByHand: z.boolean(),
      differs: z.array(z.enum(['cost', 'bounds', 'name', 'type', 'offers'])),
    }),
  ),
})

const perPage = 1_000
const place = z.object({ offer: z.string(), from: z.string().check(z.regex(/^\d{1,7}$/)) })

export const readOffer = endpoint({
  name: 'admin.read-offer',
  route: 'GET /api/admin/providers/{providerId}/offer',
  summary: 'A provider’s catalogue as it was last fetched, beside ours, page by page; rows that cannot be sold come last',
  who: staff('admin.read-offer'),
  query: z.object({
    cursor,
    /** Part of a name, a category or an id. */
    search: z.optional(z.string().check(z.maxLength(100))),
    category: z.optional(z.string().check(z.maxLength(100))),
    standing: z.optional(z.enum(['new', 'ours', 'broken'])),
  }),
  returns: z.object({
    offerId: z.string(),
    fetchedAt: moment,
    currency: z.string(),
    /** All there is to the offer, whatever was asked for. */
    counts: z.object({ rows: z.int(), broken: z.int(), ours: z.int(), gone: z.int() }),
    rows: z.array(offered),
    broken: z.array(z.object({ row: z.string(), name: z.string(), why: z.string() })),
    cursor: z.optional(z.string()),
  }),
  refuses: ['provider-not-found', 'offer-not-found'],
  uses: { providers: readProviders, offers: readOffers, ours: readSources, settings },

  async run({ path, query, uses }) {
    const provider = await uses.providers.get(providerId(path.providerId))
    const offer = await uses.offers.read(provider.providerId, 'staff')
    if (!offer) throw new Refusal('offer-not-found')
    const at = query.cursor === undefined ? undefined : readCursor(place, query.cursor)
    // A page of one state does not follow a page of another.
    if (at && at.offer !== offer.taskId) throw new Refusal('offer-not-found')
    const known = await uses.ours.known(provider.providerId)
    const wanted = matching(query)
    const rows = offer.rows.filter(
      (row) =>
        query.standing !== 'broken' &&
        (query.standing === undefined || known.has(row.providerServiceId) === (query.standing === 'ours')) &&
        wanted(row.providerServiceId, row.name, row.category),
    )
    const isBrokenAsked = query.standing === undefined || query.standing === 'broken'
    const broken = isBrokenAsked ? offer.broken.filter(({ row, name }) => wanted(row, name, undefined)) : []
    const from = Number(at?.from ?? 0)
    const page = rows.slice(from, from + perPage)
    const services = await uses.ours.services(page.flatMap(({ providerServiceId }) => known.get(providerServiceId) ?? []))
    const there = new Set<string>(offer.rows.map(({ providerServiceId }) => providerServiceId))
    return {
      offerId: offer.taskId,
      fetchedAt: iso(offer.at),
      currency: provider.currency ?? uses.settings.currency,
      counts: {
        rows: offer.rows.length,
        broken: offer.broken.length,
        ours: known.size,
        gone: [...known.keys()].filter((id) => !there.has(id)).length,
      },
      rows: page.map((row) => {
        const number = known.get(row.providerServiceId)
        return view(row, provider, number === undefined ? undefined : services.get(number))
      }),
      broken: broken.slice(Math.max(0, from - rows.length), Math.max(0, from + perPage - rows.length)).map((row) => ({ ...row })),
      ...(from + perPage < rows.length + broken.length
        ? { cursor: writeCursor({ offer: offer.taskId, from: String(from + perPage) }) }
        : {}),
    }
  },
})

function matching({ search, category }: { readonly search?: string | undefined; readonly category?: string | undefined }) {
  const part = search?.trim().toLowerCase() ?? ''
  return (id: string, name: string, heading: string | undefined): boolean =>
    (category === undefined || category === heading) &&
    (part === '' || id.toLowerCase() === part || `${name} ${heading ?? ''}`.toLowerCase().includes(part))
}

function view(row: OfferedRow, { exchange }: Provider, service: Service | undefined): z.input<typeof offered> {
  const { providerServiceId, rate, ...rest } = row
  return {
    ...rest,
    id: providerServiceId,
    quoted: formatMoney(rate),
    cost: formatMoney(inLedger(rate, exchange)),
    reviews: sellsReviews(row.name, row.category),
    ...(service
      ? {
          ours: {
            serviceId: service.serviceId,
            name: service.name,
            rate: formatMoney(service.rate),
            cost: formatMoney(service.source.cost),
            enabled: service.enabled,
            ...(service.paused ? { paused: service.paused.because } : {}),
            rateByHand: service.byHand.includes('rate'),
            differs: differences(row, inLedger(rate, exchange), service),
          },
        }
      : {}),
  }
}

function differences(row: OfferedRow, cost: bigint, { source, type }: Service) {
  const isType = row.type === undefined ? source.typeSaid === row.typeSaid : row.type === type
  const differs = {
    cost: cost !== source.cost,
    bounds: row.min !== source.min || row.max !== source.max,
    name: row.name !== source.name || row.category !== source.category,
    type: !isType,
    offers: row.refill !== source.refill || row.cancel !== source.cancel || row.dripFeed !== source.dripFeed,
  }
  return (['cost', 'bounds', 'name', 'type', 'offers'] as const).filter((what) => differs[what])
}

export const handler = serve(readOffer)
