import { type ProviderRefillId, providerRefillId } from '../ids.ts'
import type { Json } from './json.ts'
import { plainWords } from './plain-words.ts'
import { classifyError } from './provider-errors.ts'
import { type Answer, type Failure, failureOf, idIn, isList, isObject, member, orderNumber, readReply, textOf } from './replies.ts'

/** What a provider says to a wish that concerns an order it has. */
export type RefillReply = { readonly kind: 'ok'; readonly refill: ProviderRefillId } | Failure
export type CancelReply = { readonly kind: 'ok' } | Failure

/** How a refill stands at its provider. `status` is undefined for a word nobody knows. */
export interface RefillReport {
  readonly status: 'pending' | 'in-progress' | 'completed' | 'rejected' | 'error' | undefined
  /** The word itself, where nobody knows it. */
  readonly said?: string | undefined
}
/** By the provider's number of the refill. What is absent changes nothing. */
export type RefillStatusReply = { readonly kind: 'ok'; readonly refills: ReadonlyMap<string, RefillReport | 'not-found'> } | Failure

const unknown: Failure = { kind: 'unknown' }

/** What an answer to `refill` means for the one order it was asked for. */
export function readRefill(answer: Answer, order: string): RefillReply {
  const said = granted(answer, order, 'refill')
  if ('kind' in said) return said
  const number = orderNumber(said.value)
  return number === undefined ? unknown : { kind: 'ok', refill: providerRefillId(number) }
}

/** What an answer to `cancel` means: some say 1, some a number of their own, some `true`. */
export function readCancel(answer: Answer, order: string): CancelReply {
  const said = granted(answer, order, 'cancel')
  if ('kind' in said) return said
  return said.value === true || orderNumber(said.value) !== undefined ? { kind: 'ok' } : unknown
}

/** The value under `name` for this order, where the answer holds one and nothing that speaks against it. */
function granted(answer: Answer, order: string, name: string): Failure | { readonly value: Json } {
  const reply = readReply(answer)
  // Turned away at the door, and yet with an answer: it contradicts itself.
  if ('kind' in reply) return reply.kind === 'retry' && answer.body.includes(`"${name}"`) ? unknown : reply
  const row = rowOf(reply.document, order)
  const value = member(row, name)
  const isNothing = value === undefined || value === null || value === false
  const refusal = errorIn(value) ?? errorIn(row)
  // An error about this very order is a no, whatever its words: no money hangs on it, and staff can read them.
  if (refusal !== undefined && (row !== reply.document || errorIn(value) !== undefined))
    return { kind: classifyError(refusal) ?? 'refused' }
  if (reply.error !== undefined) return isNothing ? failureOf(reply.error) : unknown
  if (isNothing || answer.status >= 300) return unknown
  return { value }
}

/** What an answer says of one order: itself, a row of a list, or what stands under the order's number. */
function rowOf(document: Json, order: string): Json | undefined {
  if (isList(document)) {
    const named = document.filter((row) => idIn(row) === order)
    const [only, ...others] = document
    if (named.length === 1) return named[0]
    return named.length === 0 && others.length === 0 && idIn(only ?? null) === undefined ? only : undefined
  }
  if (!isObject(document)) return undefined
  const keyed = document.get(order)
  if (isObject(keyed)) return keyed
  const id = textOf(document.get('order'))
  return id === undefined || id === order ? document : undefined
}

const errorIn = (value: Json | undefined): string | undefined => {
  const error = member(value, 'error')
  return error === undefined || error === null || error === false || error === '' ? undefined : (textOf(error) ?? '')
}

/** As long as a word nobody knows may be, in bytes. */
const longestWord = 30

/** How several refills stand, in any of the shapes heard: a list, an object keyed by number, or one refill alone. */
export function readRefillStatuses(answer: Answer, asked: readonly string[]): RefillStatusReply {
  const reply = readReply(answer)
  if ('kind' in reply) return reply
  const { document, error } = reply
  // `Error` is a status like any other here, where it stands alone.
  const isStatus = error === '' && isObject(document) && document.size <= 2 && textOf(document.get('status')) !== undefined
  if (error !== undefined && !isStatus)
    return asked.length === 1 && saysNoRefill(error)
      ? { kind: 'ok', refills: new Map([[asked[0] ?? '', 'not-found']]) }
      : failureOf(error)
  const refills = new Map<string, RefillReport | 'not-found'>()
  for (const [id, row] of rowsById(document, asked)) {
    const report = reportIn(row)
    if (report && asked.includes(id)) refills.set(id, report)
  }
  return { kind: 'ok', refills }
}

function rowsById(document: Json, asked: readonly string[]): [string, Json][] {
  if (isList(document)) return document.map((row) => [textOf(member(row, 'refill')) ?? textOf(member(row, 'id')) ?? '', row])
  if (!isObject(document)) return []
  const [only = '', ...others] = asked
  const isAlone = document.has('status') && !asked.some((id) => document.has(id))
  if (!isAlone) return [...document]
  return others.length === 0 && (textOf(document.get('refill')) ?? only) === only ? [[only, document]] : []
}

function reportIn(row: Json): RefillReport | 'not-found' | undefined {
  const status = member(row, 'status') ?? (typeof row === 'string' ? row : undefined)
  const error = errorIn(status) ?? errorIn(row)
  if (error !== undefined) return saysNoRefill(error) ? 'not-found' : undefined
  const word = textOf(status)
  if (!word) return undefined
  const known = words.get(
    word
      .trim()
      .toLowerCase()
      .replaceAll(/[\s_-]+/g, ' '),
  )
  return known ? { status: known } : { status: undefined, said: plainWords(word, longestWord) }
}

const words: ReadonlyMap<string, NonNullable<RefillReport['status']>> = new Map(
  Object.entries({
    pending: 'pending',
    awaiting: 'pending',
    'in progress': 'in-progress',
    inprogress: 'in-progress',
    processing: 'in-progress',
    active: 'in-progress',
    completed: 'completed',
    complete: 'completed',
    rejected: 'rejected',
    canceled: 'rejected',
    cancelled: 'rejected',
    error: 'error',
    fail: 'error',
    failed: 'error',
  } as const),
)

/** The only texts by which a provider says that it does not know a refill. */
const saysNoRefill = (text: string): boolean =>
  ['refill not found', 'incorrect refill id'].includes(text.trim().toLowerCase().replace(/\.+$/, ''))
