import * as z from 'zod/mini'
import type { RateChange, Selection, ServiceChange } from '../../core/catalogue/edit.ts'
import { linkPatternNames } from '../../core/catalogue/link-patterns.ts'
import { followingFields, origins } from '../../core/catalogue/service.ts'
import { categoryId, largestShortInteger, serviceId } from '../../core/ids.ts'
import { parseMoney, rate } from '../../core/money.ts'
import { Refusal } from '../../core/refusals.ts'

/** A plain decimal; with a minus where less is meant. */
const decimal = z.string().check(z.regex(/^-?\d{1,9}(\.\d{1,6})?$/))
const positive = z.string().check(z.regex(/^\d{1,9}(\.\d{1,6})?$/))
/** Per cent with at most two decimals. */
const percent = z.number().check(z.minimum(-99.99), z.maximum(1_000))

/** Results are rounded up to a multiple of this. Without it, to a hundredth of a cent. */
const roundTo = z._default(z.string().check(z.regex(/^\d{1,3}(\.\d{1,6})?$/)), '0.0001')

const rateChange = z.discriminatedUnion('how', [
  z.strictObject({ how: z.literal('set'), to: positive, roundTo }),
  z.strictObject({ how: z.literal('percent'), percent, roundTo }),
  z.strictObject({ how: z.literal('add'), amount: decimal, roundTo }),
  z.strictObject({
    how: z.literal('mark-up'),
    percent: z.number().check(z.minimum(0), z.maximum(1_000)),
    fixed: z._default(positive, '0'),
    roundTo,
  }),
])

const bound = z.int().check(z.minimum(1), z.maximum(largestShortInteger))

/** One line of text as text: what looks like markup stays what it is, and is drawn as text. */
export const serviceName = z.string().check(z.trim(), z.minLength(1), z.maxLength(200), z.regex(/^[^\p{Cc}]*$/u))
export const serviceDescription = z.string().check(z.trim(), z.maxLength(1_000))

/** Fields that many services can be given at once. */
export const changeOfMany = {
  categoryId: z.optional(z.string().check(z.minLength(1), z.maxLength(64))),
  rate: z.optional(rateChange),
  min: z.optional(bound),
  max: z.optional(bound),
  refillDays: z.optional(z.int().check(z.minimum(0), z.maximum(3_650))),
  cancel: z.optional(z.boolean()),
  dripFeed: z.optional(z.boolean()),
  denyDuplicates: z.optional(z.boolean()),
  linkPattern: z.optional(z.enum(linkPatternNames())),
  origin: z.optional(z.enum(origins)),
  enabled: z.optional(z.boolean()),
  sort: z.optional(z.int().check(z.minimum(-1_000_000), z.maximum(1_000_000))),
  follow: z.optional(z.array(z.enum(followingFields)).check(z.maxLength(followingFields.length))),
}
export const manyChange = z.strictObject(changeOfMany)
export const oneChange = z.strictObject({
  name: z.optional(serviceName),
  description: z.optional(serviceDescription),
  ...changeOfMany,
})

const number = z.int().check(z.positive(), z.maximum(largestShortInteger))
export const selection = z.union([
  z.strictObject({ ids: z.array(number).check(z.minLength(1), z.maxLength(10_000)) }),
  z.strictObject({
    filter: z.strictObject({
      text: z.optional(z.string().check(z.maxLength(200))),
      categoryId: z.optional(z.string().check(z.maxLength(64))),
      providerId: z.optional(z.string().check(z.maxLength(64))),
      type: z.optional(z.string().check(z.maxLength(40))),
      origin: z.optional(z.enum(origins)),
      enabled: z.optional(z.boolean()),
      sold: z.optional(z.boolean()),
    }),
  }),
])

/** Names an edit of many services, so that it can go on where it stopped. */
export const editId = z.string().check(z.regex(/^[A-Za-z0-9_-]{8,64}$/))

export const readSelection = (wanted: z.output<typeof selection>): Selection =>
  'ids' in wanted ? { ids: wanted.ids.map(serviceId) } : wanted

/** Refuses a change that names nothing. */
export function readServiceChange({ categoryId: category, rate: wanted, ...plain }: z.output<typeof oneChange>): ServiceChange {
  const change: ServiceChange = {
    ...plain,
    ...(category === undefined ? {} : { categoryId: categoryId(category) }),
    ...(wanted === undefined ? {} : { rate: readRate(wanted) }),
  }
  if (Object.values(change).every((value) => value === undefined)) throw new Refusal('invalid-request', { fields: ['change'] })
  return change
}

function readRate(wanted: z.output<typeof rateChange>): RateChange {
  const step = micros(wanted.roundTo) || 1n
  switch (wanted.how) {
    case 'set':
      return { how: 'set', to: rate(micros(wanted.to)), step }
    case 'percent':
      return { how: 'percent', basisPoints: basisPoints(wanted.percent), step }
    case 'add':
      return { how: 'add', amount: micros(wanted.amount), step }
    case 'mark-up':
      return { how: 'mark-up', basisPoints: basisPoints(wanted.percent), fixed: rate(micros(wanted.fixed)), step }
  }
}

const basisPoints = (percent: number): number => Math.round(percent * 100)

const micros = (text: string): bigint => {
  const amount = parseMoney(text.replace(/^-/, '')) ?? 0n
  return text.startsWith('-') ? -amount : amount
}
