import type { Answer } from './replies.ts'

/** What came of a call: an answer; nothing sent, for certain; or something may have been sent, and no answer came. */
export type Outcome =
  | ({ readonly kind: 'answer' } & Answer)
  | { readonly kind: 'not-sent'; readonly why: string }
  | { readonly kind: 'no-answer'; readonly why: string; readonly tooLarge?: boolean }
