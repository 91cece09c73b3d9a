import type { SectionChange } from './changes.ts'
import type { PolicyDocument } from './document.ts'

/** A version of the policy that was published. */
export interface PolicyVersion {
  readonly version: number
  /** SHA-256 of its text, hex. */
  readonly hash: string
  readonly publishedAt: Date
}

/** What it says, and what of it is not as it was in the version before. */
export interface PolicyText {
  readonly documents: readonly PolicyDocument[]
  readonly changes: readonly SectionChange[]
}

export type PublishedPolicy = PolicyVersion & PolicyText
