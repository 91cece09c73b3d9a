import * as z from 'zod/mini'
import { money, rate } from '../core/money.ts'

/** How the table's attributes become the panel's values. Every item is parsed when it is read. */
export const integer = z.pipe(
  z.union([z.number(), z.bigint()]),
  z.transform((value) => Number(value)),
)
export const micros = z.pipe(
  z.union([z.int(), z.bigint()]),
  z.transform((value) => money(BigInt(value))),
)
export const microsPer1000 = z.pipe(
  z.union([z.int(), z.bigint()]),
  z.transform((value) => rate(BigInt(value))),
)
export const markUp = z.object({
  basisPoints: integer,
  fixed: microsPer1000,
  step: z.pipe(
    z.union([z.int(), z.bigint()]),
    z.transform((step) => BigInt(step)),
  ),
})
export const time = z.pipe(
  z.string(),
  z.transform((value) => new Date(value)),
)

/** A branded identifier. */
export const id = <T>(make: (text: string) => T) => z.pipe(z.string(), z.transform(make))
export const numberId = <T>(make: (number: number) => T) => z.pipe(z.int(), z.transform(make))
