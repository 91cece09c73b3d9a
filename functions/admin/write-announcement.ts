import * as z from 'zod/mini'
import { audiences, importances } from '../../core/policy/announcement.ts'
import { Refusal } from '../../core/refusals.ts'
import { iso } from '../../core/time.ts'
import { writeAnnouncements } from '../../data/announcements.ts'
import { staff } from '../../data/door.ts'
import { endpoint } from '../kit/endpoint.ts'
import { memo, requestId } from '../kit/fields.ts'
import { serve } from '../kit/serve.ts'

export const writeAnnouncement = endpoint({
  name: 'admin.write-announcement',
  route: 'POST /api/admin/announcements',
  summary: 'Tell customers something: on the site from a time until another, and by mail to those who have not opted out',
  who: staff('admin.write-announcement'),
  body: z.object({
    requestId,
    title: z.string().check(z.trim(), z.minLength(3), z.maxLength(120)),
    text: z.string().check(z.trim(), z.minLength(3), z.maxLength(5000)),
    audience: z.enum(audiences),
    importance: z.enum(importances),
    from: z.iso.datetime(),
    until: z.iso.datetime(),
    memo,
  }),
  returns: z.object({ announcementId: z.string() }),
  status: 201,
  refuses: ['request-id-reused'],
  uses: { announcements: writeAnnouncements },

  async run({ caller, body, uses, now }) {
    const { title, text, audience, importance } = body
    const [from, until] = [new Date(body.from), new Date(body.until)]
    if (until <= from || until <= now) throw new Refusal('invalid-request', { fields: ['until'] })
    // Sorts by when it begins; the same request is the same announcement.
    const announcementId = `${iso(from)} ${body.requestId}`
    const audit = {
      by: caller.staffId,
      action: 'admin.write-announcement',
      on: `announcement ${announcementId}`,
      why: body.memo,
      after: { title, audience, importance, from: iso(from), until: iso(until) },
    }
    const announcement = { announcementId, title, text, audience, importance, from, until, writtenAt: now }
    await uses.announcements.write(announcement, audit, now)
    return { announcementId }
  },
})

export const handler = serve(writeAnnouncement)
