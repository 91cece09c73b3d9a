import * as z from 'zod/mini'
import { notSoldReasons, type SellingRules, whyNotSold } from '../../core/catalogue/is-sold.ts'
import { linkPatternNames } from '../../core/catalogue/link-patterns.ts'
import { followingFields, origins, pauseReasons, type Service } from '../../core/catalogue/service.ts'
import { serviceTypeNames } from '../../core/catalogue/service-types.ts'
import { formatMoney } from '../../core/money.ts'
import { iso } from '../../core/time.ts'
import { amount, moment } from './fields.ts'
import { type Measured, measuredView } from './measured-view.ts'

/** A service as staff see it in a list of thousands. */
export const staffServiceRow = z.object({
  serviceId: z.int(),
  name: z.string(),
  categoryId: z.string(),
  type: z.enum(serviceTypeNames()),
  rate: amount,
  min: z.int(),
  max: z.int(),
  refillDays: z.int(),
  cancel: z.boolean(),
  dripFeed: z.boolean(),
  denyDuplicates: z.boolean(),
  linkPattern: z.enum(linkPatternNames()),
  origin: z.enum(origins),
  enabled: z.boolean(),
  sort: z.int(),
  /** What keeps it from being sold: empty while it is. */
  notSold: z.array(z.enum(notSoldReasons)),
  providerId: z.string(),
  providerServiceId: z.string(),
  cost: amount,
  ...measuredView,
})

/** One service, whole. */
export const staffServiceView = z.extend(staffServiceRow, {
  description: z.string(),
  attested: z.optional(z.object({ by: z.string(), at: moment })),
  byHand: z.array(z.enum(followingFields)),
  /** Why the panel itself took it out of sale. */
  paused: z.optional(z.object({ because: z.enum(pauseReasons), at: moment })),
  revision: z.int(),
  /** How the provider offers it, as last heard. */
  source: z.object({
    name: z.string(),
    category: z.string(),
    min: z.int(),
    max: z.int(),
    refill: z.boolean(),
    cancel: z.boolean(),
    dripFeed: z.boolean(),
  }),
})

export const viewServiceRow = (
  service: Service,
  rules: SellingRules,
  measured: Measured = {},
): z.input<typeof staffServiceRow> => ({
  ...service,
  ...measured,
  rate: formatMoney(service.rate),
  notSold: whyNotSold(service, rules),
  providerId: service.source.providerId,
  providerServiceId: service.source.providerServiceId,
  cost: formatMoney(service.source.cost),
})

export const viewStaffService = (
  service: Service,
  rules: SellingRules,
  measured: Measured = {},
): z.input<typeof staffServiceView> => ({
  ...viewServiceRow(service, rules, measured),
  description: service.description,
  attested: service.attested && { by: service.attested.by, at: iso(service.attested.at) },
  byHand: [...service.byHand],
  paused: service.paused && { because: service.paused.because, at: iso(service.paused.at) },
  revision: service.revision,
  source: service.source,
})
