import * as z from 'zod/mini'
import { staffSteps } from '../../core/tickets/states.ts'
import { staff } from '../../data/door.ts'
import { workOnTickets } from '../../data/tickets/staff-tickets.ts'
import { endpoint } from '../kit/endpoint.ts'
import { done } from '../kit/fields.ts'
import { serve } from '../kit/serve.ts'
import { doing } from '../kit/ticket-doing.ts'

export const steerTicket = endpoint({
  name: 'admin.steer-ticket',
  route: 'PUT /api/admin/tickets/{customerId}/{ticketId}/status',
  summary: 'Have a ticket wait for somebody else, take it up again, close it, or open it again',
  who: staff('admin.steer-ticket'),
  body: z.object({ step: z.enum(staffSteps) }),
  returns: done,
  refuses: ['ticket-not-found', 'changed-meanwhile'],
  uses: { tickets: workOnTickets },

  async run({ caller, path, body, uses, now }) {
    await uses.tickets.steer(doing('admin.steer-ticket', caller, path, now), body.step)
    return { done: true as const }
  },
})

export const handler = serve(steerTicket)
