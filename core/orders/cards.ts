import { type OrderId, orderId } from '../ids.ts'

/**
 * An order in a card index: under a few bits of the hash of what it is looked for by, with its number and when it was
 * accepted. Bits are shared by many: whatever is found so has to be held against the order itself.
 */
export interface Card {
  readonly bits: number
  readonly orderId: OrderId
  readonly acceptedAt: Date
}

/**
 * Few enough that in what stays of an erased order no link can be recognised (sixty of a billion have the same bits), and
 * enough that a search among a hundred million orders brings up six that were not meant.
 */
const hashBits = 24
export const cardBytes = 3 + 4 + 6

export function writeCards(cards: readonly Card[]): Uint8Array {
  const bytes = new Uint8Array(cards.length * cardBytes)
  const view = new DataView(bytes.buffer)
  for (const [index, { bits, orderId, acceptedAt }] of cards.entries()) {
    const at = index * cardBytes
    const time = acceptedAt.getTime()
    view.setUint8(at, bits >> 16)
    view.setUint16(at + 1, bits & 0xffff)
    view.setUint32(at + 3, orderId)
    view.setUint16(at + 7, Math.floor(time / 2 ** 32))
    view.setUint32(at + 9, time % 2 ** 32)
  }
  return bytes
}

/** Those of the cards that have these bits. */
export function readCards(bytes: Uint8Array, bits: number): Card[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const cards: Card[] = []
  for (let at = 0; at + cardBytes <= bytes.byteLength; at += cardBytes) {
    if (view.getUint8(at) !== bits >> 16 || view.getUint16(at + 1) !== (bits & 0xffff)) continue
    const time = view.getUint16(at + 7) * 2 ** 32 + view.getUint32(at + 9)
    cards.push({ bits, orderId: orderId(view.getUint32(at + 3)), acceptedAt: new Date(time) })
  }
  return cards
}

/**
 * How finely cards are sorted into drawers, by their first bits: few grades, because a search looks into one drawer of
 * each.
 */
export const grades = [0, 2, 4, 6, 8] as const
export type Grade = (typeof grades)[number]

/** Cards in a drawer, at least: with fewer, a write is hardly shared. */
export const leastInADrawer = 48

export const gradeFor = (count: number): Grade => grades.findLast((grade) => count >= leastInADrawer * 2 ** grade) ?? 0

/** The drawer in which cards with these bits are. */
export const drawerOf = (bits: number, grade: Grade): number => bits >> (hashBits - grade)
