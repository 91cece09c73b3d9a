import type { ItemKind } from './inventory.ts'

/**
 * What can be handed over of a customer to an authority (P-USE-4), in parts: no more than the request names. Kinds of the
 * inventory, so that whoever adds one decides whether it is among them.
 */
export const disclosable = {
  account: ['CUSTOMER', 'EMAIL-CHANGE', 'ACCEPTANCE'],
  'sign-ins': ['SESSION', 'DEVICE', 'SIGN-IN'],
  orders: ['ORDER', 'PAYLOAD', 'REFILL', 'CANCEL'],
  money: ['WALLET', 'ENTRY'],
  tickets: ['TICKET', 'MESSAGE'],
} as const satisfies Readonly<Record<string, readonly ItemKind[]>>

export type Disclosable = keyof typeof disclosable
export const disclosables = ['account', 'sign-ins', 'orders', 'money', 'tickets'] as const satisfies readonly Disclosable[]

export const kindsOf = (parts: readonly Disclosable[]): ItemKind[] => parts.flatMap((part) => [...disclosable[part]])

/** What is handed over is one text, made while somebody waits: a larger one is split by its parts. In bytes. */
export const largestDisclosure = 5 * 1024 * 1024

/** One request of an authority that was answered, and what was handed over. */
export interface DisclosureTerms {
  /** Who asked: the authority and its office. */
  readonly authority: string
  /** What obliges us: the law and the order, as they are cited. */
  readonly legalBasis: string
  /** Their file number. */
  readonly reference: string
  readonly parts: readonly Disclosable[]
}
