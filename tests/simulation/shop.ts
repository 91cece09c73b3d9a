import { providerId } from '../../core/ids.ts'
import type { Random } from './random.ts'
import type { World } from './world.ts'

export const providers = ['first', 'second'].map(providerId)
/** A rate of one micro-unit for a thousand, and prices that do not divide evenly: rounding shows there. */
interface Sold {
  readonly serviceId: number
  readonly type: 'Default' | 'Package' | 'Custom Comments'
  readonly rate: number
  readonly min: number
  readonly max: number
  readonly provider: string
  /** What its provider does about orders that it had. */
  readonly refills?: boolean
  readonly cancels?: boolean
  /** Who sees to the runs, where it is sold in runs. */
  readonly drip?: 'panel' | 'provider'
}
export const catalogue: readonly Sold[] = [
  { serviceId: 1, type: 'Default', rate: 1_234_567, min: 10, max: 5_000, provider: 'first', refills: true, cancels: true },
  { serviceId: 2, type: 'Default', rate: 900_001, min: 1, max: 1_000, provider: 'second' },
  { serviceId: 3, type: 'Package', rate: 3_333_333, min: 1, max: 1, provider: 'first' },
  { serviceId: 4, type: 'Custom Comments', rate: 45_000_007, min: 1, max: 20, provider: 'second', refills: true, cancels: true },
  { serviceId: 5, type: 'Default', rate: 1, min: 1, max: 1_000, provider: 'first', refills: true, cancels: true },
  // People of the panel's own deliver it.
  { serviceId: 6, type: 'Default', rate: 777_777, min: 1, max: 2_000, provider: 'manual' },
  // Delivered in runs.
  { serviceId: 7, type: 'Default', rate: 777_777, min: 1, max: 700, provider: 'second', drip: 'panel' },
  { serviceId: 8, type: 'Default', rate: 333_331, min: 1, max: 700, provider: 'first', drip: 'provider' },
]

/** What else each service can be bought as: `d` costs more than it is sold for, and `s` takes small orders only. */
const kinds = [
  { of: 'd', provider: 'second', quoted: (rate: number) => rate + 1_000, max: 5_000 },
  { of: 's', provider: 'first', quoted: () => 1, max: 300 },
  { of: 'f', provider: 'second', quoted: (rate: number) => rate, max: 5_000 },
] as const

const fallbacksOf = (service: number, count: number) =>
  kinds.map(({ of, provider, quoted, max }) => ({
    providerId: count === 1 ? 'first' : provider,
    providerServiceId: `${of}${service}`,
    name: `Service ${service}`,
    quoted: quoted(rateOf(service)),
    min: 1,
    max,
  }))
const rateOf = (service: number): number => catalogue.find(({ serviceId }) => serviceId === service)?.rate ?? 0

/** What a provider takes for so many of a service of its own, rounded up. */
export function upstreamCost(service: string, quantity: bigint): bigint {
  const kind = kinds.find(({ of }) => of === service[0])
  const rate = BigInt(kind?.quoted(rateOf(Number(service.slice(1)))) ?? 1)
  return (rate * quantity + 999n) / 1_000n
}

export function furnish({ table }: World, count: number, random: Random): void {
  for (const provider of providers.slice(0, count))
    table.load({
      pk: 'PROVIDER',
      sk: provider,
      providerId: provider,
      name: provider,
      url: 'https://provider.example.com/api/v2',
      key: { cipherText: provider, nonce: 'n', dataKey: 'd' },
      status: 'active',
      // One call after the other, with its balance asked for around each; or several at once.
      atOnce: provider === 'second' ? 1 : random.pick([1, 2, 3, 10]),
      ...(random.chance(0.2) ? { perMinute: random.between(2, 12) } : {}),
      createdAt: '2026-01-01T00:00:00.000Z',
    })
  for (const { serviceId, type, rate, min, max, provider, refills = false, cancels = false, drip } of catalogue)
    table.load({
      pk: 'CATALOGUE',
      sk: String(serviceId).padStart(10, '0'),
      serviceId,
      name: `Service ${serviceId}`,
      categoryId: 'c',
      type,
      rate,
      min,
      max,
      // What a provider does not do, staff are asked for.
      refillDays: 30,
      cancel: true,
      dripFeed: drip !== undefined,
      denyDuplicates: false,
      linkPattern: 'any',
      description: '',
      origin: 'advertising',
      enabled: true,
      sort: 0,
      everSold: true,
      byHand: [],
      revision: 0,
      source: {
        providerId: count === 1 && provider !== 'manual' ? providers[0] : provider,
        providerServiceId: `u${serviceId}`,
        cost: 1,
        name: `Service ${serviceId}`,
        category: 'C',
        min,
        max,
        refill: refills,
        cancel: cancels,
        dripFeed: drip === 'provider',
      },
      // Some can be bought in one place only.
      fallbacks: [2, 5, 6].includes(serviceId) ? [] : fallbacksOf(serviceId, count),
    })
}
