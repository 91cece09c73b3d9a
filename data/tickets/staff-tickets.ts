import type { CustomerId, StaffId, TicketId } from '../../core/ids.ts'
import type { Need } from '../../core/need.ts'
import { masked } from '../../core/privacy/slips.ts'
import { Refusal } from '../../core/refusals.ts'
import type { AuditRecord } from '../../core/staff/audit.ts'
import { isPermitted } from '../../core/staff/permissions.ts'
import { filledIn } from '../../core/support/saved-replies.ts'
import { type StaffStep, ticketSteps } from '../../core/tickets/states.ts'
import { mostMessages, type Ticket } from '../../core/tickets/ticket.ts'
import { iso } from '../../core/time.ts'
import { mayAudit, transactAudited } from '../audit.ts'
import { readCustomers } from '../customers.ts'
import { keys } from '../keys.ts'
import { getStaffMember } from '../staff.ts'
import { append } from '../transact.ts'
import { messageAsItem, stepLeg } from './item.ts'
import { getTicket } from './read-tickets.ts'
import { markSeen } from './write-tickets.ts'

/** What staff do to a ticket: who, when, and with which record. */
export interface Doing {
  readonly customer: CustomerId
  readonly ticket: TicketId
  readonly by: StaffId
  readonly audit: AuditRecord
  readonly at: Date
}

interface AnswerTickets {
  /** Staff answer, with the customer’s name and orders put where they belong; or, with `close`, answer for the last time. The same request again writes nothing. */
  answer(doing: Doing, text: string, requestId: string, close: boolean): Promise<void>
  note(doing: Doing, text: string, requestId: string): Promise<void>
  /** Refuses a ticket that is not to be moved so. */
  steer(doing: Doing, step: StaffStep): Promise<void>
  /** Hands it to somebody who may answer tickets, or to nobody. */
  assign(doing: Doing, to: StaffId | undefined): Promise<void>
  /** Staff have seen it up to this many messages. */
  see(customer: CustomerId, ticket: TicketId, messages: number): Promise<void>
}

export const answerTickets = {
  allow: [
    ...readCustomers.allow,
    { on: 'table', actions: ['GetItem'], keys: ['TICKET#*', 'STAFF'] },
    { on: 'table', actions: ['UpdateItem'], keys: ['TICKET#*'] },
    { on: 'table', actions: ['PutItem'], keys: ['MESSAGE#*', 'TICKET-NOTE#*'], onlyIn: 'TransactWriteItems' },
    ...mayAudit,
  ],
  open: (): AnswerTickets => ({
    async answer({ customer, ticket: number, by, audit, at }, text, requestId, close) {
      const name = text.includes('{name}') ? await nameOf(customer) : ''
      for (;;) {
        const ticket = await getTicket(customer, number)
        if (ticket.messages >= mostMessages) throw new Refusal('ticket-full')
        const taken = ticket.assignedTo === undefined ? { assignedTo: by } : {}
        const refused = await transactAudited(audit, at, {
          message: append(
            messageAsItem(ticket, requestId, { at, author: 'staff', by, text: masked(filledIn(text, factsOf(ticket, name))) }),
          ),
          ticket: stepLeg(ticket, close ? 'close' : 'answer', at, { adds: 'unread', set: taken }),
        })
        if (refused !== 'ticket') return
        // The customer closed it meanwhile: an answer opens nothing. Whatever else happened is looked at anew.
        if ((await getTicket(customer, number)).status === 'closed') throw new Refusal('changed-meanwhile')
      }
    },
    async note({ customer, ticket: number, by, audit, at }, text, requestId) {
      const ticket = await getTicket(customer, number)
      const key = keys.ticketNote(customer, ticket.ticketId, requestId)
      await transactAudited(audit, at, { note: append({ ...key, at: iso(at), by, text: masked(text) }) })
    },
    async steer({ customer, ticket: number, audit, at }, step) {
      const ticket = await getTicket(customer, number)
      if (ticket.status === ticketSteps[step].to) return
      const refused = await transactAudited(
        { ...audit, before: { status: ticket.status }, after: { status: ticketSteps[step].to } },
        at,
        { ticket: stepLeg(ticket, step, at) },
      )
      if (refused) throw new Refusal('changed-meanwhile')
    },
    async assign({ customer, ticket: number, audit, at }, to) {
      const ticket = await getTicket(customer, number)
      if (to !== undefined) await answersTickets(to)
      await transactAudited(audit, at, {
        ticket: {
          Update: {
            Key: keys.ticket(customer, ticket.ticketId),
            UpdateExpression: to === undefined ? 'REMOVE assignedTo' : 'SET assignedTo = :to',
            ConditionExpression: 'attribute_exists(pk)',
            ...(to === undefined ? {} : { ExpressionAttributeValues: { ':to': to } }),
          },
        },
      })
    },
    see: (customer, ticket, messages) => markSeen(customer, ticket, messages, 'unreadByStaff'),
  }),
} satisfies Need<AnswerTickets>

const factsOf = ({ ticketId, orderIds }: Ticket, name: string) => ({ name, ticket: ticketId, orders: orderIds })
const nameOf = async (customer: CustomerId): Promise<string> => (await readCustomers.open().get(customer))?.fullName ?? ''

async function answersTickets(id: StaffId): Promise<void> {
  const member = await getStaffMember(id)
  if (member?.status !== 'active' || !isPermitted(member.role, 'admin.answer-ticket')) throw new Refusal('staff-not-found')
}
