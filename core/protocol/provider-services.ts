import { readServiceType, type ServiceType, serviceTypeRule } from '../catalogue/service-types.ts'
import { type ProviderServiceId, providerServiceId } from '../ids.ts'
import { type Rate, rate } from '../money.ts'
import type { Json } from './json.ts'
import { type Answer, countOf, type Failure, failureOf, isList, isObject, member, readReply, textOf } from './replies.ts'

/** A row of a provider's catalogue that makes sense. */
export interface OfferedRow {
  readonly providerServiceId: ProviderServiceId
  readonly name: string
  /** Undefined for a type that nobody knows: staff may say what it means. */
  readonly type?: ServiceType | undefined
  /** Its type in the provider's own word, where nobody knows that. */
  readonly typeSaid?: string | undefined
  readonly category: string
  /** In the provider's own currency. */
  readonly rate: Rate
  readonly min: number
  readonly max: number
  readonly refill: boolean
  readonly cancel: boolean
  readonly dripFeed: boolean
  readonly description: string
}

/** A row that can be sold. */
export interface OfferedService extends OfferedRow {
  readonly type: ServiceType
}

/** A row that cannot be sold, and why. */
export interface BrokenRow {
  /** Its id, or which one it is. */
  readonly row: string
  readonly name: string
  readonly why: string
}

export type ServicesReply =
  | { readonly kind: 'ok'; readonly services: readonly OfferedRow[]; readonly broken: readonly BrokenRow[] }
  | Failure

/** The largest catalogues heard of have half as many: what comes beyond is left out, and said. */
const mostRows = 20_000
const mostCategories = 2_000

/** A provider's catalogue, in any of the shapes heard: a list, wrapped in `services` or `data`, or keyed by id. */
export function readServices(answer: Answer): ServicesReply {
  const reply = readReply(answer)
  if ('kind' in reply) return reply
  if (reply.error !== undefined) return failureOf(reply.error)
  const rows = rowsOf(reply.document)
  if (!rows) return { kind: 'unknown' }
  const services = new Map<string, OfferedRow>()
  const categories = new Set<string>()
  const broken: BrokenRow[] = []
  for (const [index, row] of rows.slice(0, mostRows).entries()) {
    const read = readRow(row)
    const called = {
      row: textOf(member(row, 'service'))?.slice(0, 64) || `row ${index + 1}`,
      name: plainText(textOf(member(row, 'name')) ?? '', 200),
    }
    if ('why' in read) broken.push({ ...called, why: read.why })
    else if (services.has(read.providerServiceId)) broken.push({ ...called, why: 'its id came twice' })
    else if (categories.size >= mostCategories && !categories.has(read.category))
      broken.push({ ...called, why: `its category is beyond the first ${mostCategories}, and this panel takes no more` })
    else {
      services.set(read.providerServiceId, read)
      categories.add(read.category)
    }
  }
  // All of them in one line: a list of what was too much may not be too much itself.
  if (rows.length > mostRows)
    broken.push({
      row: `row ${mostRows + 1}`,
      name: '',
      why: `it and all that follow, ${rows.length - mostRows} in all, are more than this panel takes`,
    })
  return { kind: 'ok', services: [...services.values()], broken }
}

function rowsOf(document: Json): readonly Json[] | undefined {
  if (isList(document)) return document
  for (const name of ['services', 'data']) {
    const wrapped = member(document, name)
    if (isList(wrapped)) return wrapped
    if (isObject(wrapped)) return [...wrapped.values()]
  }
  const values = isObject(document) ? [...document.values()] : []
  return values.length > 0 && values.every(isObject) ? values : undefined
}

function readRow(row: Json): OfferedRow | { readonly why: string } {
  const text = (name: string): string => (textOf(member(row, name)) ?? '').trim()
  const id = text('service')
  const type = readServiceType(text('type'))
  const cost = readRate(text('rate'))
  const [min, max] = [countOf(member(row, 'min')), countOf(member(row, 'max'))]
  if (!/^[A-Za-z0-9_-]{1,64}$/.test(id)) return { why: 'it has no usable id' }
  if (plainText(text('name'), 200) === '') return { why: 'it has no name' }
  if (type && !serviceTypeRule(type).sold) return { why: `the type ${type} is not sold here yet` }
  if (cost === undefined || cost <= 0n) return { why: 'its rate is not a price' }
  if (min === undefined || max === undefined || min < 1 || max < min) return { why: 'its bounds make no sense' }
  return {
    providerServiceId: providerServiceId(id),
    name: plainText(text('name'), 200),
    ...(type ? { type } : { typeSaid: plainText(text('type'), 40) || 'no type' }),
    category: plainText(text('category'), 100) || 'Other',
    rate: cost,
    min,
    max,
    refill: isTrue(member(row, 'refill')),
    cancel: isTrue(member(row, 'cancel')),
    dripFeed: isTrue(member(row, 'dripfeed')),
    description: plainText(text('description'), 1_000),
  }
}

/** A plain decimal; what is finer than a micro-unit is rounded up, so that no cost is taken for less than it is. */
function readRate(text: string): Rate | undefined {
  const [, whole, fraction = ''] = /^(\d{1,9})(?:\.(\d{1,20}))?$/.exec(text) ?? []
  if (whole === undefined) return undefined
  const micros = BigInt(whole) * 1_000_000n + BigInt(fraction.slice(0, 6).padEnd(6, '0'))
  return rate(/[1-9]/.test(fraction.slice(6)) ? micros + 1n : micros)
}

const isTrue = (value: Json | undefined): boolean =>
  value === true || textOf(value) === '1' || textOf(value)?.toLowerCase() === 'true'

/** Text as text: no markup, no control characters, one line. */
const plainText = (text: string, longest: number): string =>
  text
    .slice(0, 4 * longest)
    .replaceAll(/<[^<>]*>/g, ' ')
    .replaceAll(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim()
    .slice(0, longest)
