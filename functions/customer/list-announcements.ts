import * as z from 'zod/mini'
import { standing } from '../../core/policy/announcement.ts'
import { readAnnouncements } from '../../data/announcements.ts'
import { customer } from '../../data/door.ts'
import { readKeys } from '../../data/manage-keys.ts'
import { markRead } from '../../data/news.ts'
import { announcementView, viewAnnouncement } from '../kit/announcement-view.ts'
import { endpoint } from '../kit/endpoint.ts'
import { serve } from '../kit/serve.ts'

/** Former ones can be looked up, so many of them. */
const mostListed = 50

export const listAnnouncements = endpoint({
  name: 'customer.list-announcements',
  route: 'GET /api/announcements',
  summary: 'What the people who run the panel tell this customer now, and told before; and what of it was read',
  who: customer,
  returns: z.object({
    rows: z.array(z.extend(announcementView, { standing: z.enum(['shown', 'former']), read: z.boolean() })),
  }),
  refuses: [],
  uses: { announcements: readAnnouncements, keys: readKeys, marks: markRead },

  async run({ caller, uses, now }) {
    const [all, keys, read] = await Promise.all([
      uses.announcements.all(now),
      uses.keys.of(caller.customerId, now),
      uses.marks.of(caller.customerId, now),
    ])
    const isReseller = keys.some(({ revokedAt, closesAt }) => !revokedAt && (!closesAt || closesAt > now))
    const seen = all.flatMap((announcement) => {
      const stands = standing(announcement, isReseller, now)
      return stands === 'hidden' ? [] : [{ announcement, stands }]
    })
    const listed = seen.slice(0, mostListed)
    const texts = await uses.announcements.texts(listed.map(({ announcement }) => announcement.announcementId))
    return {
      rows: listed.map(({ announcement, stands }) => ({
        ...viewAnnouncement(announcement, texts),
        standing: stands,
        read: read.has(announcement.announcementId),
      })),
    }
  },
})

export const handler = serve(listAnnouncements)
