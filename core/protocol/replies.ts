import { type ProviderOrderId, providerOrderId } from '../ids.ts'
import type { StatusReport } from '../orders/heard.ts'
import { type Json, NumberText, readDocument } from './json.ts'
import { plainWords } from './plain-words.ts'
import { classifyError, type ErrorClass, saysNotFound } from './provider-errors.ts'
import { readStatus } from './statuses.ts'

/** What a provider answered over HTTP. */
export interface Answer {
  readonly status: number
  readonly body: string
}

/** Why an answer is no good, in the classes that decide what follows. */
export type Failure =
  | { readonly kind: ErrorClass | 'retry' | 'misconfigured' }
  /** `text` is the provider's error, where all that is unknown is what that means. */
  | { readonly kind: 'unknown'; readonly text?: string }

export type AddReply = { readonly kind: 'ok'; readonly order: ProviderOrderId } | Failure
/** By the provider's order number. What is absent changes nothing. */
export type StatusReply = { readonly kind: 'ok'; readonly orders: ReadonlyMap<string, StatusReport | 'not-found'> } | Failure
export type BalanceReply = { readonly kind: 'ok'; readonly balance: string; readonly currency: string | undefined } | Failure

const unknown: Failure = { kind: 'unknown' }

/** What an answer to `add` means: only one complete answer that does not contradict itself is an order. */
export function readAdd(answer: Answer): AddReply {
  const reply = readReply(answer)
  // Turned away at the door, and yet with an order: it contradicts itself.
  if ('kind' in reply) return reply.kind === 'retry' && /"order"/.test(answer.body) ? unknown : reply
  const order = orderNumber(member(reply.document, 'order'))
  const hasOrder = member(reply.document, 'order') !== undefined
  if (reply.error !== undefined) return hasOrder ? unknown : failureInWords(reply.error)
  if (hasOrder && beside(reply.document, answer.body).some((text) => classifyError(text) !== undefined)) return unknown
  return order !== undefined && answer.status < 300 ? { kind: 'ok', order: providerOrderId(order) } : unknown
}

/** Texts beside an order that may say that there is none: messages, and what stands ahead of the document. */
const beside = (document: Json, body: string): string[] => [
  textOf(member(document, 'message')) ?? '',
  textOf(member(document, 'msg')) ?? '',
  body.slice(0, Math.max(body.indexOf('{'), 0)),
]

/** The status of several orders, in any of the shapes heard: an object keyed by id, a list, or one order alone. */
export function readStatuses(answer: Answer, asked: readonly string[]): StatusReply {
  const reply = readReply(answer)
  if ('kind' in reply) return reply
  const { document, error } = reply
  if (error !== undefined)
    return asked.length === 1 && saysNotFound(error)
      ? { kind: 'ok', orders: new Map([[asked[0] ?? '', 'not-found']]) }
      : failureOf(error)
  const orders = new Map<string, StatusReport | 'not-found'>()
  for (const [id, row] of rowsById(document, asked)) {
    const report = readRow(row)
    if (report && asked.includes(id)) orders.set(id, report)
  }
  return { kind: 'ok', orders }
}

function rowsById(document: Json, asked: readonly string[]): [string, Json][] {
  if (isList(document)) return document.map((row) => [idIn(row) ?? '', row])
  if (!isObject(document)) return []
  const [only = '', ...others] = asked
  // One order alone speaks of the one that was asked for, and of none when several were, or when it names another.
  const isAlone = document.has('status') && !asked.some((id) => document.has(id))
  if (!isAlone) return [...document]
  return others.length === 0 && (idIn(document) ?? only) === only ? [[only, document]] : []
}

export const idIn = (row: Json): string | undefined => textOf(member(row, 'order')) ?? textOf(member(row, 'id'))

/** A status nobody knows, in bytes: it is kept while the order is at its provider, when its item is at its fullest. */
const longestStatus = 30

function readRow(row: Json): StatusReport | 'not-found' | undefined {
  if (typeof row === 'string') return saysNotFound(row) ? 'not-found' : undefined
  const error = textOf(member(row, 'error'))
  if (error) return saysNotFound(error) ? 'not-found' : undefined
  const status = textOf(member(row, 'status'))
  if (!status) return undefined
  const startCount = countOf(member(row, 'start_count'))
  const remains = countOf(member(row, 'remains'))
  const known = readStatus(status)
  return {
    status: known,
    ...(known === undefined ? { said: plainWords(status, longestStatus) } : {}),
    startCount: startCount !== undefined && startCount >= 0 ? startCount : undefined,
    remains: remains === undefined ? undefined : Math.max(remains, 0),
  }
}

/** A balance in any of the ways it is written; one that can be read in two ways is not read. */
export function readBalance(answer: Answer): BalanceReply {
  const reply = readReply(answer)
  if ('kind' in reply) return reply
  if (reply.error !== undefined) return failureOf(reply.error)
  const holder = member(reply.document, 'balance') === undefined ? member(reply.document, 'data') : reply.document
  const written = textOf(member(holder, 'balance'))
  const balance = written === undefined ? undefined : plainDecimal(written)
  if (balance === undefined) return unknown
  return { kind: 'ok', balance, currency: currencyOf(textOf(member(holder, 'currency'))) ?? /[A-Z]{3}/.exec(written ?? '')?.[0] }
}

/** A code; a provider that writes something else there has said nothing. */
const currencyOf = (text: string | undefined): string | undefined => /^[A-Za-z]{3,5}$/.exec(text?.trim() ?? '')?.[0]

/** No balance that anybody has is longer; it is kept and shown as it was written. */
const plausible = /^-?\d{1,15}(\.\d{1,20})?$/

/** `1,234.56` is 1234.56, `12,50` is 12.50, and `1,234` could be either: undefined. */
function plainDecimal(written: string): string | undefined {
  const decimal = decimalIn(written)
  return decimal !== undefined && plausible.test(decimal) ? decimal : undefined
}

function decimalIn(written: string): string | undefined {
  const digits = written.replaceAll(/[^\d.,-]/g, '')
  if (/^-?\d+(\.\d+)?$/.test(digits)) return digits
  if (/^-?\d{1,3}(,\d{3})+\.\d+$/.test(digits)) return digits.replaceAll(',', '')
  if (/^-?\d+,(\d{1,2}|\d{4,})$/.test(digits)) return digits.replace(',', '.')
  return undefined
}

/** The document of an answer with the error it names, or why there is nothing to be read in it. */
export function readReply({ status, body }: Answer): Failure | { readonly document: Json; readonly error: string | undefined } {
  if (status === 429) return { kind: 'retry' }
  if (status === 301 || status === 308) return { kind: 'misconfigured' }
  // After a fault on their side an order may exist, whatever the body says; a redirect may have lost the order on its way.
  if (status >= 500 || (status >= 300 && status < 400) || status < 200) return unknown
  const document = readDocument(body)
  return document === undefined ? unknown : { document, error: errorOf(document) }
}

/** The text of an error, `''` for one without a text; undefined where there is none. */
function errorOf(document: Json): string | undefined {
  const error = member(document, 'error')
  if (error !== undefined && error !== null && error !== '' && error !== false) return textOf(error) ?? ''
  const errors = member(document, 'errors')
  if (isList(errors) && errors.length > 0) return textOf(errors[0]) ?? ''
  if (typeof errors === 'string' && errors !== '') return errors
  if (isObject(errors) && errors.size > 0) return textOf([...errors.values()][0]) ?? ''
  if (member(document, 'success') === false) return textOf(member(document, 'message')) ?? ''
  const status = textOf(member(document, 'status'))?.toLowerCase()
  if (status === 'fail' || status === 'failed' || status === 'error') return textOf(member(document, 'message')) ?? ''
  return undefined
}

export const failureOf = (error: string): Failure => ({ kind: classifyError(error) ?? 'unknown' })

/** The same of an answer to `add`: a text that nobody has classified may be for this provider. */
function failureInWords(error: string): Failure {
  const failure = failureOf(error)
  return failure.kind === 'unknown' && error.trim() !== '' ? { ...failure, text: error } : failure
}

/** `[A-Za-z0-9_-]{1,64}` as text; not zero, not negative, digits as they came. */
export function orderNumber(value: Json | undefined): string | undefined {
  const text = textOf(value)
  if (text === undefined || !/^[A-Za-z0-9_][A-Za-z0-9_-]{0,63}$/.test(text) || /^0+$/.test(text)) return undefined
  if (/^(error|fail(ed)?|false|true|null|none|nan|undefined)$/i.test(text)) return undefined
  return value instanceof NumberText && !/^\d+$/.test(text) ? undefined : text
}

/** A whole number, however it is written; undefined for none. */
export function countOf(value: Json | undefined): number | undefined {
  const text = textOf(value)?.trim()
  if (text === undefined || !/^-?\d{1,15}(\.0+)?$/.test(text)) return undefined
  return Number(text)
}

export const member = (document: Json | undefined, name: string): Json | undefined =>
  isObject(document) ? document.get(name) : undefined
export const textOf = (value: Json | undefined): string | undefined =>
  value instanceof NumberText ? value.text : typeof value === 'string' ? value : undefined
export const isObject = (value: Json | undefined): value is ReadonlyMap<string, Json> => value instanceof Map
export const isList = (value: Json | undefined): value is readonly Json[] => Array.isArray(value)
