import * as z from 'zod/mini'
import { staff } from '../../data/door.ts'
import { workOnTickets } from '../../data/tickets/staff-tickets.ts'
import { endpoint } from '../kit/endpoint.ts'
import { done, requestId } from '../kit/fields.ts'
import { serve } from '../kit/serve.ts'
import { doing } from '../kit/ticket-doing.ts'
import { text } from '../kit/ticket-views.ts'

export const addTicketNote = endpoint({
  name: 'admin.add-ticket-note',
  route: 'POST /api/admin/tickets/{customerId}/{ticketId}/notes',
  summary: 'Note something on a ticket for colleagues; customers never see it. The same requestId again adds nothing',
  who: staff('admin.add-ticket-note'),
  body: z.object({ text, requestId }),
  returns: done,
  status: 201,
  refuses: ['ticket-not-found'],
  uses: { tickets: workOnTickets },

  async run({ caller, path, body: { text, requestId }, uses, now }) {
    const after = { note: requestId, characters: text.length }
    await uses.tickets.note(doing('admin.add-ticket-note', caller, path, now, after), text, requestId)
    return { done: true as const }
  },
})

export const handler = serve(addTicketNote)
