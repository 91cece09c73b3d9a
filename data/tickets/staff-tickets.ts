import type { CustomerId, FileId, StaffId, TicketId } from '../../core/ids.ts'
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
import { keepLegs, mayKeepFiles } from '../files.ts'
import { keys } from '../keys.ts'
import { getStaffMember } from '../staff.ts'
import { append } from '../transact.ts'
import { messageAsItem, stepLeg } from './item.ts'
import { getTicket } from './read-tickets.ts'
import { attached, isWritten, markSeen, refuseTaken } from './write-tickets.ts'

/** What staff do to a ticket: who, when, and with which record. */
export interface Doing {
  readonly customer: CustomerId
  readonly ticket: TicketId
  readonly by: StaffId
  readonly audit: AuditRecord
  readonly at: Date
}

/** What staff say to a customer. The same request again writes nothing. */
interface Reply {
  readonly text: string
  /** Attached: uploaded for this customer by staff, ready, and attached nowhere else. */
  readonly files?: readonly FileId[]
  readonly requestId: string
  /** For the last time. */
  readonly close: boolean
}

interface AnswerTickets {
  /** Staff answer, with the customer’s name and orders put where they belong. */
  answer(doing: Doing, reply: Reply): Promise<void>
}

export const answerTickets = {
  allow: [
    ...readCustomers.allow,
    ...mayKeepFiles,
    { on: 'table', actions: ['GetItem'], keys: ['TICKET#*', 'MESSAGE#*'] },
    { on: 'table', actions: ['UpdateItem'], keys: ['TICKET#*'] },
    { on: 'table', actions: ['PutItem'], keys: ['MESSAGE#*'], onlyIn: 'TransactWriteItems' },
    ...mayAudit,
  ],
  open: (): AnswerTickets => ({
    async answer({ customer, ticket: number, by, audit, at }, { text, files = [], requestId, close }) {
      const name = text.includes('{name}') ? await nameOf(customer) : ''
      for (;;) {
        const ticket = await getTicket(customer, number)
        if (ticket.messages >= mostMessages) throw new Refusal('ticket-full')
        // Written before, its files are kept already.
        if (files.length > 0 && (await isWritten(ticket, requestId))) return
        const taken = ticket.assignedTo === undefined ? { assignedTo: by } : {}
        const named = name === '' ? {} : { named: name }
        const said = masked(filledIn(text, factsOf(ticket, name)))
        const refused = await transactAudited(audit, at, {
          message: append(messageAsItem(ticket, requestId, { at, author: 'staff', by, text: said, ...named, ...attached(files) })),
          ticket: stepLeg(ticket, close ? 'close' : 'answer', at, { adds: 'unread', set: taken }),
          ...(await keepLegs(customer, files, 'reply', `ticket ${number}`)),
        })
        if (refused) refuseTaken(refused)
        if (refused !== 'ticket') return
        // The customer closed it meanwhile: an answer opens nothing. Whatever else happened is looked at anew.
        if ((await getTicket(customer, number)).status === 'closed') throw new Refusal('changed-meanwhile')
      }
    },
  }),
} satisfies Need<AnswerTickets>

interface WorkOnTickets {
  note(doing: Doing, text: string, requestId: string): Promise<void>
  /** Refuses a ticket that is not to be moved so. */
  steer(doing: Doing, step: StaffStep): Promise<void>
  /** Hands it to somebody who may answer tickets, or to nobody. */
  assign(doing: Doing, to: StaffId | undefined): Promise<void>
  /** Staff have seen it up to this many messages. */
  see(customer: CustomerId, ticket: TicketId, messages: number): Promise<void>
}

export const workOnTickets = {
  allow: [
    { on: 'table', actions: ['GetItem'], keys: ['TICKET#*', 'STAFF'] },
    { on: 'table', actions: ['UpdateItem'], keys: ['TICKET#*'] },
    { on: 'table', actions: ['PutItem'], keys: ['TICKET-NOTE#*'], onlyIn: 'TransactWriteItems' },
    ...mayAudit,
  ],
  open: (): WorkOnTickets => ({
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
} satisfies Need<WorkOnTickets>

const factsOf = ({ ticketId, orderIds }: Ticket, name: string) => ({ name, ticket: ticketId, orders: orderIds })
const nameOf = async (customer: CustomerId): Promise<string> => (await readCustomers.open().get(customer))?.fullName ?? ''

async function answersTickets(id: StaffId): Promise<void> {
  const member = await getStaffMember(id)
  if (member?.status !== 'active' || !isPermitted(member.role, 'admin.answer-ticket')) throw new Refusal('staff-not-found')
}
