import * as z from 'zod/mini'
import { type Announcement, audiences, importances } from '../../core/policy/announcement.ts'
import { iso } from '../../core/time.ts'
import { moment } from './fields.ts'

export const announcementView = z.object({
  announcementId: z.string(),
  title: z.string(),
  text: z.string(),
  audience: z.enum(audiences),
  importance: z.enum(importances),
  from: moment,
  until: moment,
})

export const viewAnnouncement = (
  { announcementId, title, audience, importance, from, until }: Announcement,
  texts: ReadonlyMap<string, string>,
): z.input<typeof announcementView> => ({
  announcementId,
  title,
  text: texts.get(announcementId) ?? '',
  audience,
  importance,
  from: iso(from),
  until: iso(until),
})
