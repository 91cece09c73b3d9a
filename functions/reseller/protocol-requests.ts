import { type CustomerId, type KeyId, type OrderId, orderId, type RefillId, refillId, shortInteger } from '../../core/ids.ts'
import type { Opened } from '../../core/need.ts'
import { refillWord } from '../../core/orders/refill.ts'
import type { Parameters } from '../../core/protocol/parameters.ts'
import { Refusal, type RefusalCode, refusals } from '../../core/refusals.ts'
import { noteSignals } from '../../data/note-signals.ts'
import { readRefills } from '../../data/orders/refills.ts'
import { requestCancels } from '../../data/orders/request-cancels.ts'
import { requestRefills } from '../../data/orders/request-refills.ts'
import { type Answer, json } from '../kit/answer.ts'

/** What concerns an order after it was placed: refill, refill_status and cancel, to the letter of the protocol. */
export const requestUses = { refilling: requestRefills, refills: readRefills, canceling: requestCancels, signals: noteSignals }

/** Who asks, and for what. */
interface Wish {
  readonly owner: { readonly customerId: CustomerId; readonly keyId: KeyId }
  readonly parameters: Parameters
  readonly uses: Opened<typeof requestUses>
  readonly now: Date
}

/** As many as the protocol allows in one call. */
const mostIds = 100

/** The ids of a call: one, or a list of them. A list in the one's place is a list. Refuses what is neither. */
export function idsIn(
  parameters: Parameters,
  one: string,
  many: string,
): { readonly ids: readonly string[]; readonly alone: boolean } {
  const single = parameters.get(one)
  const several = parameters.get(many) ?? (single?.includes(',') ? single : undefined)
  const ids = (several ?? single)?.split(',').map((id) => id.trim())
  if (!ids || ids.join('') === '' || ids.length > mostIds) throw new Refusal('invalid-request')
  return { ids, alone: several === undefined }
}

export async function refill(wish: Wish): Promise<Answer> {
  const { owner, parameters, uses, now } = wish
  const { ids, alone } = idsIn(parameters, 'order', 'orders')
  const ask = async (order: OrderId) => (await uses.refilling.request(owner.customerId, order, now)).refillId
  const came = await eachOnce(ids, ask, wish)
  if (alone) {
    const one = came.get(ids[0] ?? '')
    return json(200, typeof one === 'number' ? { refill: String(one) } : one)
  }
  return json(
    200,
    ids.map((id) => ({ order: asNumber(id), refill: came.get(id) })),
  )
}

/** A list, always: an order alone is a list of one. */
export async function cancel(wish: Wish): Promise<Answer> {
  const { owner, parameters, uses, now } = wish
  const { ids } = idsIn(parameters, 'order', 'orders')
  const ask = async (order: OrderId) => {
    await uses.canceling.request(owner.customerId, order, now)
    return 1
  }
  const came = await eachOnce(ids, ask, wish)
  return json(
    200,
    ids.map((id) => ({ order: asNumber(id), cancel: came.get(id) })),
  )
}

export async function refillStatus({ owner, parameters, uses }: Wish): Promise<Answer> {
  const { ids, alone } = idsIn(parameters, 'refill', 'refills')
  const numbers = [...new Set(ids.flatMap((id): RefillId[] => numberOf(id).map(refillId)))]
  const found = numbers.length > 0 ? await uses.refills.some(owner.customerId, numbers) : []
  const words = new Map<number, string>(found.map(({ refillId, state }) => [refillId, refillWord(state)]))
  const wordOf = (id: string) => numberOf(id).flatMap((number) => words.get(number) ?? [])[0]
  if (alone) {
    const status = wordOf(ids[0] ?? '')
    if (status === undefined) throw new Refusal('refill-not-found')
    return json(200, { status })
  }
  return json(
    200,
    ids.map((id) => ({ refill: asNumber(id), status: wordOf(id) ?? { error: 'Refill not found' } })),
  )
}

const numberOf = (id: string): number[] => [shortInteger(id) ?? []].flat()
const asNumber = (id: string): number | string => shortInteger(id) ?? id

/** Orders worked on at the same time. */
const atOnce = 10

/** What came of each id, however often it was named: a number, or the refusal in its place. Faults are thrown. */
async function eachOnce(
  ids: readonly string[],
  ask: (order: OrderId) => Promise<number>,
  { owner, uses, now }: Wish,
): Promise<ReadonlyMap<string, number | Refused>> {
  const came = new Map<string, number | Refused>()
  const waiting = [...Map.groupBy(new Set(ids), (id) => shortInteger(id))]
  for (let from = 0; from < waiting.length; from += atOnce)
    await Promise.all(
      waiting.slice(from, from + atOnce).map(async ([number, named]) => {
        const one = number === undefined ? refused('order-not-found') : await ask(orderId(number)).catch(asRefused)
        for (const id of named) came.set(id, one)
      }),
    )
  const strange = waiting.filter(([number, [id = '']]) => number !== undefined && isNotThere(came.get(id))).length
  await uses.signals.strangeOrders(owner.customerId, owner.keyId, strange, now)
  return came
}

interface Refused {
  readonly error: string
}
const isNotThere = (one: number | Refused | undefined): boolean =>
  typeof one === 'object' && one.error === refusals['order-not-found'].protocol

const refused = (code: RefusalCode): Refused => ({ error: refusals[code].protocol })

function asRefused(error: unknown): Refused {
  if (error instanceof Refusal) return refused(error.code)
  throw error
}
