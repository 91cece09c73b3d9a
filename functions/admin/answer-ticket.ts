import * as z from 'zod/mini'
import { fileId } from '../../core/ids.ts'
import { staff } from '../../data/door.ts'
import { answerTickets } from '../../data/tickets/staff-tickets.ts'
import { endpoint } from '../kit/endpoint.ts'
import { done, requestId } from '../kit/fields.ts'
import { serve } from '../kit/serve.ts'
import { doing } from '../kit/ticket-doing.ts'
import { files, text } from '../kit/ticket-views.ts'

export const answerTicket = endpoint({
  name: 'admin.answer-ticket',
  route: 'POST /api/admin/tickets/{customerId}/{ticketId}/messages',
  summary: 'Answer a customer, who is mailed that there is an answer; or answer and close. The same requestId again writes nothing',
  who: staff('admin.answer-ticket'),
  body: z.object({ text, files, close: z._default(z.boolean(), false), requestId }),
  returns: done,
  status: 201,
  refuses: ['ticket-not-found', 'ticket-full', 'changed-meanwhile', 'file-not-found', 'file-not-ready'],
  uses: { tickets: answerTickets },

  async run({ caller, path, body, uses, now }) {
    const { files, ...reply } = body
    // The trail says that there was an answer, and not what: it outlives the customer's account.
    const after = { message: reply.requestId, characters: reply.text.length, files: files.length, close: reply.close }
    const answering = doing('admin.answer-ticket', caller, path, now, after)
    await uses.tickets.answer(answering, { ...reply, files: files.map(fileId) })
    return { done: true as const }
  },
})

export const handler = serve(answerTicket)
