import * as z from 'zod/mini'

/** How an `add` can go wrong. */
export const faults = [
  'refuse',
  'timeout-after-accept',
  'timeout-before-accept',
  'http-500-after-accept',
  'html',
  'out-of-funds',
  'link-duplicate',
] as const
export type Fault = (typeof faults)[number]

export const behaviour = z.partial(
  z.object({
    /** Added to every answer. */
    latencyMs: z.number().check(z.minimum(0), z.maximum(120_000)),
    /** The share of `add` calls that meet `addFault`: 0 to 1. */
    faultRate: z.number().check(z.minimum(0), z.maximum(1)),
    addFault: z.enum(faults),
    secondsToComplete: z.number().check(z.minimum(0)),
    /** The share of orders that end `Partial`: 0 to 1. */
    partialRate: z.number().check(z.minimum(0), z.maximum(1)),
  }),
)
export interface Behaviour {
  readonly latencyMs: number
  readonly faultRate: number
  readonly addFault: Fault
  readonly secondsToComplete: number
  readonly partialRate: number
}

export const usual: Behaviour = { latencyMs: 0, faultRate: 0, addFault: 'refuse', secondsToComplete: 30, partialRate: 0 }

/** Which catalogue it has: its size, and a factor on every rate or new rates by service id. */
export const catalogueWish = z.object({
  size: z.optional(z.int().check(z.minimum(0), z.maximum(20_000))),
  rates: z.optional(z.union([z.number().check(z.positive()), z.record(z.string(), z.union([z.string(), z.number()]))])),
})
export type CatalogueWish = z.output<typeof catalogueWish>
