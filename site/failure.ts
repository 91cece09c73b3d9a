import type { RefusalCode, RefusalDetail } from '../core/refusals.ts'

/** The panel's refusals, and the two ways in which there is no answer of the panel's at all. */
export type FailureCode = RefusalCode | 'fault' | 'offline'

/** The one kind of error a page has to tell of. */
export class Failure extends Error {
  override readonly name = 'Failure'
  readonly code: FailureCode
  /** Names the call to whoever runs the panel. Empty when nothing was heard. */
  readonly reference: string
  readonly detail: RefusalDetail

  constructor(code: FailureCode, reference: string, message: string = says[code] ?? says.fault, detail: RefusalDetail = {}) {
    super(message)
    this.code = code
    this.reference = reference
    this.detail = detail
  }

  get sessionIsOver(): boolean {
    return this.code === 'session-required' || this.code === 'session-ended'
  }

  /** Whether the panel may have done what was asked, although nobody heard so. */
  get mayHaveHappened(): boolean {
    return this.code === 'offline' || this.code === 'fault'
  }
}

/** What is said where the panel itself did not get to say anything. */
const says: Partial<Record<FailureCode, string>> & { readonly fault: string } = {
  offline: 'The panel could not be reached. Check the connection.',
  fault: 'Something failed on our side, and we do not know how far it got.',
  'session-required': 'Sign in to continue.',
  'not-found': 'There is nothing here.',
  'body-too-large': 'This is larger than the panel accepts. Nothing was changed.',
  'too-many-requests': 'Too many requests. Nothing was changed; wait a moment and try again.',
}

/** Anything thrown, as a failure: what is not one is a fault of the page's own. */
export const failureFrom = (thrown: unknown): Failure => (thrown instanceof Failure ? thrown : new Failure('fault', ''))
