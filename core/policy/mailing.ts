/** Something that is mailed to everybody whom it concerns. */
export type MailingSubject =
  | { readonly kind: 'announcement'; readonly announcementId: string }
  /** A new version of the policy. */
  | { readonly kind: 'policy'; readonly version: number }
  /** A version that has to be accepted, and from when on. */
  | { readonly kind: 'binding'; readonly version: number; readonly from: Date }
  /** A day's changes of services. */
  | { readonly kind: 'changes'; readonly day: string }

/** How far a mailing is. */
export interface Progress {
  /** Whom it was sent to. */
  readonly mailed: number
  /** Who does not want such mail, or whom it does not concern. */
  readonly passedOver: number
  /** To whom it may or may not have gone: it is not sent again. */
  readonly unknown: number
  /** To whom the mail service will not send it, now or later. */
  readonly refused: number
}

/** A mailing that was begun, or waits. */
export interface Mailing extends Progress {
  readonly id: string
  readonly subject: MailingSubject
  readonly state: 'waiting' | 'done' | 'withdrawn'
  /** Not before this. */
  readonly from: Date
  /** The last customer who was looked at; nobody yet where it is missing. */
  readonly after?: string | undefined
  readonly endedAt?: Date | undefined
}
