import * as z from 'zod/mini'
import { fileId } from '../../core/ids.ts'
import { customerEven } from '../../data/door.ts'
import { limitAttempts, newMessages } from '../../data/rates.ts'
import { writeInTickets } from '../../data/tickets/write-tickets.ts'
import { endpoint } from '../kit/endpoint.ts'
import { requestId } from '../kit/fields.ts'
import { serve } from '../kit/serve.ts'
import { ticketNumber } from '../kit/ticket-number.ts'
import { files, text, ticketView, viewTicket } from '../kit/ticket-views.ts'

export const writeMessage = endpoint({
  name: 'customer.write-message',
  route: 'POST /api/tickets/{ticketId}/messages',
  summary: 'Write on in a ticket; a closed one is opened again by it, within two weeks. The same requestId again writes nothing',
  who: customerEven('suspended'),
  body: z.object({ text, files, requestId }),
  returns: ticketView,
  status: 201,
  refuses: ['file-not-found', 'file-not-ready', 'ticket-not-found', 'ticket-closed', 'ticket-full', 'too-many-tickets'],
  uses: { tickets: writeInTickets, attempts: limitAttempts },

  async run({ caller, path, body, uses, now }) {
    const ticket = ticketNumber(path.ticketId)
    await uses.attempts.count('write-message', [[caller.customerId, newMessages]], now)
    return viewTicket(
      await uses.tickets.write({ ...body, files: body.files.map(fileId), customer: caller.customerId, ticket, at: now }),
    )
  },
})

export const handler = serve(writeMessage)
