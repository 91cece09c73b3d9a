import * as z from 'zod/mini'
import type { Mailing, MailingSubject } from '../core/policy/mailing.ts'
import { epochSeconds, iso, later } from '../core/time.ts'
import { keys, padded } from './keys.ts'
import { integer, time } from './read.ts'

const mailingItem = z.object({
  sk: z.string(),
  kind: z.enum(['announcement', 'policy', 'binding', 'changes']),
  announcementId: z.optional(z.string()),
  version: z.optional(integer),
  bindsFrom: z.optional(time),
  day: z.optional(z.string()),
  state: z.enum(['waiting', 'done', 'withdrawn']),
  from: time,
  after: z.optional(z.string()),
  mailed: integer,
  passedOver: integer,
  unknown: integer,
  refused: integer,
  endedAt: z.optional(time),
})

export function readMailing(item: unknown): Mailing {
  const { sk, kind, announcementId = '', version = 0, bindsFrom = new Date(0), day = '', ...rest } = mailingItem.parse(item)
  const subjects = {
    announcement: { kind: 'announcement', announcementId },
    policy: { kind: 'policy', version },
    binding: { kind: 'binding', version, from: bindsFrom },
    changes: { kind: 'changes', day },
  } as const
  return { id: sk, subject: subjects[kind], ...rest }
}

/** Names what is mailed: whoever begins the same again begins nothing. */
export function mailingId(subject: MailingSubject): string {
  switch (subject.kind) {
    case 'announcement':
      return `announcement ${subject.announcementId}`
    case 'policy':
      return `policy ${padded(subject.version)}`
    case 'binding':
      return `binding ${padded(subject.version)} ${iso(subject.from)}`
    case 'changes':
      return `changes ${subject.day}`
  }
}

/** As long as the console tells of it; of a day's changes it tells nothing. */
const keptDays = { announcement: 400, policy: 400, binding: 400, changes: 7 } as const

export function newMailing(subject: MailingSubject, from: Date): Record<string, unknown> {
  const { kind } = subject
  return {
    ...keys.mailing(mailingId(subject)),
    kind,
    ...(kind === 'announcement' ? { announcementId: subject.announcementId } : {}),
    ...(kind === 'policy' || kind === 'binding' ? { version: subject.version } : {}),
    ...(kind === 'binding' ? { bindsFrom: iso(subject.from) } : {}),
    ...(kind === 'changes' ? { day: subject.day } : {}),
    state: 'waiting',
    from: iso(from),
    mailed: 0,
    passedOver: 0,
    unknown: 0,
    refused: 0,
    expiresAt: epochSeconds(later(from, keptDays[kind] * 86_400)),
  }
}
