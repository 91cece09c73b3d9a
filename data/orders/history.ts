import { type History, keptFirst, noHistory, type Step } from '../../core/orders/history.ts'
import { type OrderReason, orderReasons } from '../../core/orders/order.ts'
import { type OrderState, orderStates } from '../../core/orders/states.ts'

/**
 * A history as it lies in the order's item, which has a kilobyte for everything: a word for each step, made of a letter
 * for the state, the seconds since the order was accepted (base 36) and a letter for the reason. `s1 k2.f +14 a8c s8d p8e`:
 * in hand after a second, parked after two because the provider is out of funds, fourteen steps left out, and so on.
 */
export function writeHistory({ steps, skipped }: History, acceptedAt: Date): string | undefined {
  if (steps.length === 0) return undefined
  const words = steps.map(({ state, at, reason }) => {
    const seconds = Math.max(Math.floor((at.getTime() - acceptedAt.getTime()) / 1000), 0)
    return `${letters[state]}${seconds.toString(36)}${reason ? `.${reasonLetters[reason]}` : ''}`
  })
  return [...words.slice(0, keptFirst), ...(skipped > 0 ? [`+${skipped}`] : []), ...words.slice(keptFirst)].join(' ')
}

export function readHistory(text: string | undefined, acceptedAt: Date): History {
  if (text === undefined) return noHistory
  const words = text.split(' ')
  return {
    steps: words.flatMap((word) => readStep(word, acceptedAt)),
    skipped: Number(words.find((word) => word.startsWith('+')) ?? 0),
  }
}

function readStep(word: string, acceptedAt: Date): Step[] {
  const [, letter, seconds = '', reasonLetter] = /^([a-z])([\da-z]+)(?:\.([a-z]))?$/.exec(word) ?? []
  const state = orderStates.find((one) => letters[one] === letter)
  if (!state) return []
  const reason = orderReasons.find((one) => reasonLetters[one] === reasonLetter)
  const at = new Date(acceptedAt.getTime() + Number.parseInt(seconds, 36) * 1000)
  return [{ state, at, ...(reason ? { reason } : {}) }]
}

/** Kept for good: a letter is never given to something else. */
const letters: Readonly<Record<OrderState, string>> = {
  accepted: 'a',
  submitting: 's',
  pending: 'p',
  'in-progress': 'i',
  processing: 'w',
  completed: 'd',
  partial: 'l',
  canceled: 'c',
  parked: 'k',
  unknown: 'u',
  refused: 'r',
}
const reasonLetters: Readonly<Record<OrderReason, string>> = {
  'out-of-funds': 'f',
  'link-busy': 'l',
  'key-refused': 'k',
  'provider-misconfigured': 'm',
  'provider-paused': 'p',
  'provider-failing': 'g',
  'provider-refused': 'r',
  'refused-again': 'e',
  'failed-over': 'o',
  'no-answer': 'n',
  'answer-unclear': 'u',
  'error-unclassified': 't',
  'worker-lost': 'w',
  'status-unknown': 's',
  'not-found-at-provider': 'x',
  'partial-without-remains': 'q',
  'canceled-without-remains': 'c',
  'service-not-sold': 'v',
  'account-suspended': 'a',
  'target-blocked': 'b',
}
