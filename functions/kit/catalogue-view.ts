import * as z from 'zod/mini'
import type { Listed } from '../../core/catalogue/in-order.ts'
import { promised } from '../../core/catalogue/passes-on.ts'
import { serviceTypeNames, serviceTypeRule } from '../../core/catalogue/service-types.ts'
import { formatMoney } from '../../core/money.ts'
import { amount } from './fields.ts'

const catalogueService = z.object({
  serviceId: z.int(),
  name: z.string(),
  category: z.string(),
  type: z.enum(serviceTypeNames()),
  /** What the charge follows from. */
  charged: z.enum(['quantity', 'one package', 'lines of comments', 'lines of usernames', 'each created order']),
  takesComments: z.boolean(),
  /** Of 1000; for a package, of one package. */
  rate: amount,
  min: z.int(),
  max: z.int(),
  refill: z.boolean(),
  cancel: z.boolean(),
  description: z.string(),
})

export const catalogue = z.object({
  panelName: z.string(),
  currency: z.string(),
  /** The version of the terms that a new customer accepts. */
  terms: z.string(),
  services: z.array(catalogueService),
})

export const viewService = ({ service, category }: Listed): z.input<typeof catalogueService> => ({
  ...service,
  category,
  ...promised(service),
  rate: formatMoney(service.rate),
  charged: serviceTypeRule(service.type).charged,
  takesComments: serviceTypeRule(service.type).required.includes('comments'),
})
