import * as z from 'zod/mini'

/** Above nothing, to eight decimals. */
const rate = z.string().check(z.regex(/^(?!0+(\.0+)?$)\d{1,9}(\.\d{1,8})?$/))

export const displayRates = z.array(z.object({ currency: z.string().check(z.regex(/^[A-Z]{3}$/)), rate })).check(
  z.maxLength(30),
  z.refine((rates) => new Set(rates.map(({ currency }) => currency)).size === rates.length),
)

export const displayCurrencies = z.object({ rates: displayRates, changedAt: z.optional(z.string()) })
