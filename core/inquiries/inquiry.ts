import type { Language } from '../identity/preferences.ts'
import type { StaffId } from '../ids.ts'

/** What people write who need no account for it: a question, or that somebody misuses the panel against them. */
export const inquiryKinds = ['contact', 'abuse'] as const
export type InquiryKind = (typeof inquiryKinds)[number]

export interface Inquiry {
  readonly inquiryId: string
  readonly kind: InquiryKind
  readonly name?: string | undefined
  readonly email: string
  /** Answers go out in it. */
  readonly language: Language
  readonly subject: string
  /** What is misused, as it was typed: a link, or a user name. */
  readonly target?: string | undefined
  /** Put where only the owner of the target can write, it shows who owns it. */
  readonly code?: string | undefined
  readonly at: Date
  readonly changedAt: Date
  readonly status: 'open' | 'closed'
  /** Whether anybody answered. */
  readonly answered: boolean
  /** Why it was closed, by whom. */
  readonly memo?: string | undefined
  readonly closedBy?: StaffId | undefined
}

export interface InquiryMessage {
  readonly at: Date
  readonly author: 'sender' | 'staff'
  readonly by?: StaffId | undefined
  readonly text: string
}

/** For so long it is kept, whatever became of it. */
export const inquiryDays = 365
