/** How long what can expire is kept: the code that writes it and the policy that tells of it both read these. */
export const periods = {
  /** A session that is not used, and the cookie that renews it. */
  sessionDays: 30,
  /** A kind of device, after its last sign-in. */
  deviceDays: 365,
  /** Both addresses of a change of email. */
  emailChangeDays: 2,
  /** How much a key was used. */
  keyUseDays: 30,
  /** What was noticed of misuse. */
  signalDays: 30,
  /** A key that opens nothing any more, in its owner's list. */
  closedKeyDays: 90,
  /** What a provider answered where nobody could know what came of an order. */
  evidenceDays: 90,
  /** Which order last had a link, for services that take one at a time. */
  targetDays: 365,
  /** Which announcements somebody was sent and has read. */
  newsDays: 400,
  /** Recovery copies of the table. */
  recoveryCopyDays: 7,
  /** That somebody was erased, for whoever restores such a copy. */
  erasureNoteDays: 30,
} as const

/** For so long transaction records are kept after their account, and what staff did that was about nobody’s account. */
export const recordDaysOf = (years: number): number => Math.ceil(years * 365.25)
