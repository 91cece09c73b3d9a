export const audiences = ['everybody', 'resellers'] as const
export type Audience = (typeof audiences)[number]

export const importances = ['notice', 'important'] as const
export type Importance = (typeof importances)[number]

/** Something that staff tell customers. */
export interface Announcement {
  readonly announcementId: string
  readonly title: string
  readonly audience: Audience
  readonly importance: Importance
  readonly from: Date
  /** From then on it stands among the former ones. */
  readonly until: Date
  readonly writtenAt: Date
  readonly withdrawnAt?: Date | undefined
}

/** Whether somebody is shown it now, or may look it up afterwards. */
export function standing(announcement: Announcement, isReseller: boolean, now: Date): 'shown' | 'former' | 'hidden' {
  const { audience, from, until, withdrawnAt } = announcement
  if (withdrawnAt || from > now || (audience === 'resellers' && !isReseller)) return 'hidden'
  return until > now ? 'shown' : 'former'
}
