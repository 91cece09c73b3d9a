import { Refusal } from '../../core/refusals.ts'
import { readAnnouncements } from '../../data/announcements.ts'
import { customer } from '../../data/door.ts'
import { markRead } from '../../data/news.ts'
import { endpoint } from '../kit/endpoint.ts'
import { done } from '../kit/fields.ts'
import { serve } from '../kit/serve.ts'

export const markAnnouncement = endpoint({
  name: 'customer.mark-announcement',
  route: 'PUT /api/announcements/{announcementId}/read',
  summary: 'An announcement was read: it is not put in front of the pages any more',
  who: customer,
  returns: done,
  refuses: ['announcement-not-found'],
  uses: { announcements: readAnnouncements, marks: markRead },

  async run({ caller, path, uses, now }) {
    const all = await uses.announcements.all(now)
    if (!all.some(({ announcementId }) => announcementId === path.announcementId)) throw new Refusal('announcement-not-found')
    await uses.marks.mark(caller.customerId, path.announcementId, now)
    return { done: true as const }
  },
})

export const handler = serve(markAnnouncement)
