import * as z from 'zod/mini'
import { isLate } from '../../core/tickets/late.ts'
import { staff } from '../../data/door.ts'
import { countInquiries } from '../../data/inquiries/read-inquiries.ts'
import { readClosures } from '../../data/privacy/closures.ts'
import { settings } from '../../data/settings.ts'
import { listWaitingTickets } from '../../data/tickets/list-waiting.ts'
import { endpoint } from '../kit/endpoint.ts'
import { serve } from '../kit/serve.ts'

export const countTickets = endpoint({
  name: 'admin.count-tickets',
  route: 'GET /api/admin/ticket-counts',
  summary: 'How many tickets wait for staff, of whom, and what is late',
  who: staff('admin.count-tickets'),
  returns: z.object({
    open: z.int(),
    mine: z.int(),
    unassigned: z.int(),
    late: z.int(),
    privacyRequests: z.int(),
    latePrivacyRequests: z.int(),
    /** What people without an account wrote, and nobody closed. */
    contact: z.int(),
    abuse: z.int(),
    /** Accounts that suspended customers closed, and of which staff have not decided whether they may be erased. */
    erasuresToDecide: z.int(),
  }),
  refuses: [],
  uses: { tickets: listWaitingTickets, closures: readClosures, inquiries: countInquiries, settings },

  async run({ caller, uses, now }) {
    const counts = { open: 0, mine: 0, unassigned: 0, late: 0, privacyRequests: 0, latePrivacyRequests: 0 }
    for await (const ticket of uses.tickets.all()) {
      const late = isLate(ticket, now, uses.settings)
      if (ticket.status === 'open') counts.open++
      if (ticket.status === 'open' && ticket.assignedTo === caller.staffId) counts.mine++
      if (ticket.status === 'open' && ticket.assignedTo === undefined) counts.unassigned++
      if (late) counts.late++
      if (ticket.dueAt) counts.privacyRequests++
      if (ticket.dueAt && ticket.dueAt < now) counts.latePrivacyRequests++
    }
    const [contact, abuse, closures] = await Promise.all([
      uses.inquiries.count('contact', now),
      uses.inquiries.count('abuse', now),
      uses.closures.all(),
    ])
    return { ...counts, contact, abuse, erasuresToDecide: closures.filter(({ awaitsStaff }) => awaitsStaff).length }
  },
})

export const handler = serve(countTickets)
