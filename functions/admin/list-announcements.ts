import * as z from 'zod/mini'
import { iso } from '../../core/time.ts'
import { readAnnouncements } from '../../data/announcements.ts'
import { staff } from '../../data/door.ts'
import { listMailings } from '../../data/mailings.ts'
import { announcementView, viewAnnouncement } from '../kit/announcement-view.ts'
import { endpoint } from '../kit/endpoint.ts'
import { moment } from '../kit/fields.ts'
import { mailingView, viewMailing } from '../kit/mailing-view.ts'
import { serve } from '../kit/serve.ts'

export const listAnnouncementsForStaff = endpoint({
  name: 'admin.list-announcements',
  route: 'GET /api/admin/announcements',
  summary: 'Announcements, newest first, with how far each is mailed',
  who: staff('admin.list-announcements'),
  returns: z.object({
    rows: z.array(
      z.extend(announcementView, {
        writtenAt: moment,
        withdrawnAt: z.optional(moment),
        mailing: z.optional(mailingView),
      }),
    ),
  }),
  refuses: [],
  uses: { announcements: readAnnouncements, mailings: listMailings },

  async run({ uses, now }) {
    const [all, mailings] = await Promise.all([uses.announcements.all(now), uses.mailings.all(now)])
    const listed = all.slice(0, 100)
    const texts = await uses.announcements.texts(listed.map(({ announcementId }) => announcementId))
    return {
      rows: listed.map((one) => {
        const mailing = mailings.find(
          ({ subject }) => subject.kind === 'announcement' && subject.announcementId === one.announcementId,
        )
        return {
          ...viewAnnouncement(one, texts),
          writtenAt: iso(one.writtenAt),
          withdrawnAt: one.withdrawnAt && iso(one.withdrawnAt),
          mailing: mailing && viewMailing(mailing),
        }
      }),
    }
  },
})

export const handler = serve(listAnnouncementsForStaff)
