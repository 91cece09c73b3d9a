import * as z from 'zod/mini'

/** How an `add` can go wrong; with `new-words` a `refill` and a `cancel` too. */
export const faults = [
  'refuse',
  'timeout-after-accept',
  'timeout-before-accept',
  'http-500-after-accept',
  'html',
  'out-of-funds',
  'link-duplicate',
  'new-words',
] as const
export type Fault = (typeof faults)[number]

export const behaviour = z.partial(
  z.object({
    /** Added to every answer. */
    latencyMs: z.number().check(z.minimum(0), z.maximum(120_000)),
    /** The share of calls that meet `addFault`: 0 to 1. */
    faultRate: z.number().check(z.minimum(0), z.maximum(1)),
    addFault: z.enum(faults),
    /** What it says with `new-words`. */
    words: z.string().check(z.maxLength(1_000)),
    secondsToComplete: z.number().check(z.minimum(0)),
    /** The share of orders that end `Partial`: 0 to 1. */
    partialRate: z.number().check(z.minimum(0), z.maximum(1)),
  }),
)
export interface Behaviour {
  readonly latencyMs: number
  readonly faultRate: number
  readonly addFault: Fault
  readonly words: string
  readonly secondsToComplete: number
  readonly partialRate: number
}

export const usual: Behaviour = {
  latencyMs: 0,
  faultRate: 0,
  addFault: 'refuse',
  words: 'Our supplier is asleep, try in 20 minutes',
  secondsToComplete: 30,
  partialRate: 0,
}

/** Which catalogue it has: its size, and a factor on every rate or new rates by service id. */
export const catalogueWish = z.object({
  size: z.optional(z.int().check(z.minimum(0), z.maximum(20_000))),
  rates: z.optional(z.union([z.number().check(z.positive()), z.record(z.string(), z.union([z.string(), z.number()]))])),
})
export type CatalogueWish = z.output<typeof catalogueWish>

/** Another account with the provider, with a catalogue and a balance of its own: known by `sandbox-provider-key:<name>`. */
export const accountWish = z.extend(catalogueWish, {
  account: z.string().check(z.regex(/^[a-z0-9-]{1,40}$/)),
  balance: z.optional(z.string()),
  currency: z.optional(z.string()),
  /** Rows in place of those with the same id, or after all others: as they are. */
  rows: z.optional(z.array(z.record(z.string(), z.unknown()))),
  /** Ids that are not offered. */
  without: z.optional(z.array(z.union([z.string(), z.number()]))),
  /** Every description is this long. */
  descriptionLength: z.optional(z.int().check(z.minimum(0), z.maximum(100_000))),
  /** Everything is answered with a page for people. */
  html: z.optional(z.boolean()),
})
export type AccountWish = z.output<typeof accountWish>
