import * as z from 'zod/mini'
import { staff } from '../../data/door.ts'
import { answerTickets } from '../../data/tickets/staff-tickets.ts'
import { endpoint } from '../kit/endpoint.ts'
import { done, requestId } from '../kit/fields.ts'
import { serve } from '../kit/serve.ts'
import { doing } from '../kit/ticket-doing.ts'
import { text } from '../kit/ticket-views.ts'

export const answerTicket = endpoint({
  name: 'admin.answer-ticket',
  route: 'POST /api/admin/tickets/{customerId}/{ticketId}/messages',
  summary: 'Answer a customer, who is mailed that there is an answer; or answer and close. The same requestId again writes nothing',
  who: staff('admin.answer-ticket'),
  body: z.object({ text, close: z._default(z.boolean(), false), requestId }),
  returns: done,
  status: 201,
  refuses: ['ticket-not-found', 'ticket-full', 'changed-meanwhile'],
  uses: { tickets: answerTickets },

  async run({ caller, path, body, uses, now }) {
    const { text, close, requestId } = body
    // The trail says that there was an answer, and not what: it outlives the customer's account.
    const after = { message: requestId, characters: text.length, close }
    await uses.tickets.answer(doing('admin.answer-ticket', caller, path, now, after), text, requestId, close)
    return { done: true as const }
  },
})

export const handler = serve(answerTicket)
