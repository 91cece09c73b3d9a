import * as z from 'zod/mini'
import { writeAnnouncements } from '../../data/announcements.ts'
import { staff } from '../../data/door.ts'
import { endpoint } from '../kit/endpoint.ts'
import { done, memo } from '../kit/fields.ts'
import { serve } from '../kit/serve.ts'

export const withdrawAnnouncement = endpoint({
  name: 'admin.withdraw-announcement',
  route: 'POST /api/admin/announcements/withdrawals',
  summary: 'Take an announcement back: it is shown no more, and mailed to nobody else',
  who: staff('admin.withdraw-announcement'),
  body: z.object({ announcementId: z.string().check(z.maxLength(128)), memo }),
  returns: done,
  refuses: ['announcement-not-found'],
  uses: { announcements: writeAnnouncements },

  async run({ caller, body, uses, now }) {
    const { announcementId, memo } = body
    const audit = { by: caller.staffId, action: 'admin.withdraw-announcement', on: `announcement ${announcementId}`, why: memo }
    await uses.announcements.withdraw(announcementId, audit, now)
    return { done: true as const }
  },
})

export const handler = serve(withdrawAnnouncement)
