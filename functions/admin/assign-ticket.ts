import * as z from 'zod/mini'
import { staffId } from '../../core/ids.ts'
import { staff } from '../../data/door.ts'
import { workOnTickets } from '../../data/tickets/staff-tickets.ts'
import { endpoint } from '../kit/endpoint.ts'
import { done } from '../kit/fields.ts'
import { serve } from '../kit/serve.ts'
import { doing } from '../kit/ticket-doing.ts'

export const assignTicket = endpoint({
  name: 'admin.assign-ticket',
  route: 'PUT /api/admin/tickets/{customerId}/{ticketId}/assignment',
  summary: 'Hand a ticket to a colleague or take it oneself; without a name it is nobody’s',
  who: staff('admin.assign-ticket'),
  body: z.object({ to: z.optional(z.string().check(z.minLength(1), z.maxLength(128))) }),
  returns: done,
  refuses: ['ticket-not-found', 'staff-not-found'],
  uses: { tickets: workOnTickets },

  async run({ caller, path, body, uses, now }) {
    const to = body.to === undefined ? undefined : staffId(body.to)
    await uses.tickets.assign(doing('admin.assign-ticket', caller, path, now, { to: to ?? 'nobody' }), to)
    return { done: true as const }
  },
})

export const handler = serve(assignTicket)
