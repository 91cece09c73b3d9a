import type { Money } from '../money.ts'
import { later } from '../time.ts'
import type { Wallet } from '../wallet/wallet.ts'
import { type Fate, type Found, fates } from './fates.ts'
import type { ItemKind } from './inventory.ts'
import { recordDaysOf } from './periods.ts'

/** What the operator decided about how long things are kept. */
export interface Periods {
  /** Between closing an account and erasing it. */
  readonly closedAccountDays: number
  /** From then on, transaction records are kept under a number that names nobody. */
  readonly transactionRecordYears: number
}

/** When a closed account is erased, and when the last of its records goes. */
export function datesOf(closedAt: Date, { closedAccountDays, transactionRecordYears }: Periods) {
  const eraseAt = later(closedAt, closedAccountDays * 86_400)
  return { eraseAt, recordsUntil: later(eraseAt, recordDaysOf(transactionRecordYears) * 86_400) }
}

/** How long an archive can be fetched once it is ready; the bucket removes it a little later. */
export const archiveDays = 7

/** What stands in the way of closing an account. */
export const obstacles = ['open-orders', 'money-held', 'debt', 'credit-waiting'] as const
export type Obstacle = (typeof obstacles)[number]

export function obstaclesOf(standing: {
  readonly openOrders: number
  readonly creditsWaiting: number
  readonly wallet: Pick<Wallet, 'held' | 'debt'>
}): Obstacle[] {
  const none: Money = 0n as Money
  return [
    ...(standing.openOrders > 0 ? (['open-orders'] as const) : []),
    ...(standing.wallet.held > none ? (['money-held'] as const) : []),
    ...(standing.wallet.debt > none ? (['debt'] as const) : []),
    ...(standing.creditsWaiting > 0 ? (['credit-waiting'] as const) : []),
  ]
}

/** A kind whose items erasure does something about, and what. */
export type Erasable = Extract<Fate, { readonly found: Found }>
const table: Readonly<Record<ItemKind, Fate>> = fates
const kinds = Object.keys(fates).filter((kind): kind is ItemKind => kind in fates)

/** What keeps an erasure going, or stops it, is not touched by it. */
const itsOwn: readonly ItemKind[] = ['CLOSURE', 'ERASED', 'LEGAL-HOLD', 'CUSTOMER']

export const fateOf = (kind: ItemKind): Fate => table[kind]
export const kindsWith = (holds: (fate: Erasable) => boolean): ItemKind[] =>
  kinds.filter((kind) => {
    const fate = table[kind]
    return 'found' in fate && holds(fate)
  })

const isThrough = ({ found }: Erasable): boolean => typeof found === 'object'

/**
 * The steps of an erasure, in order; each may be done again. First it is noted where no restore reaches, then nobody can
 * sign in any more. What is found through other items goes before those, and so
 * do records of the trail, which are told by them. The account's own item goes last: until then an
 * erasure that was cut off knows where it is.
 */
export const erasureSteps: readonly ErasureStep[] = [
  'noted',
  'identity',
  'balance',
  'trail',
  ...kindsWith(isThrough),
  ...kindsWith((fate) => !isThrough(fate) && fate.found !== 'in the trail').filter((kind) => !itsOwn.includes(kind)),
  'files',
  'CUSTOMER',
]
export type ErasureStep = 'noted' | 'identity' | 'balance' | 'files' | 'trail' | ItemKind

export const firstStep: ErasureStep = 'noted'
/** Undefined after the last. A step that is no more is taken for the first: done again, it changes nothing. */
export const stepAfter = (step: string): ErasureStep | undefined => erasureSteps[erasureSteps.map(String).indexOf(step) + 1]

export const isStep = (text: string): text is ErasureStep => erasureSteps.some((step) => step === text)
