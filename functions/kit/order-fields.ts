import * as z from 'zod/mini'
import { largestShortInteger } from '../../core/ids.ts'

/** What a customer asks for. Prices, states and owners are the panel's: fields of such names are not read. */
export const ask = z.object({
  serviceId: z.int().check(z.positive(), z.maximum(largestShortInteger)),
  link: z.string(),
  quantity: z.optional(z.number()),
  comments: z.optional(z.string()),
  /** How often the quantity is delivered, and the minutes between. */
  runs: z.optional(z.number()),
  interval: z.optional(z.number()),
})
