import * as z from 'zod/mini'
import { iso, later } from '../../core/time.ts'
import { keepAudit } from '../../data/audit.ts'
import { staff } from '../../data/door.ts'
import { readArchives } from '../../data/privacy/archives.ts'
import { readClosures } from '../../data/privacy/closures.ts'
import { readHolds } from '../../data/privacy/holds.ts'
import { listWaitingTickets } from '../../data/tickets/list-waiting.ts'
import { endpoint } from '../kit/endpoint.ts'
import { moment } from '../kit/fields.ts'
import { serve } from '../kit/serve.ts'

/** An erasure takes minutes; one that is not done a day after its date is late. */
const erasingSeconds = 86_400

const requestView = z.object({
  kind: z.enum(['archive', 'closure', 'ticket']),
  customerId: z.string(),
  ticketId: z.optional(z.int()),
  askedAt: moment,
  dueAt: moment,
  isLate: z.boolean(),
  isDone: z.boolean(),
  isHeld: z.boolean(),
  /** A closure that staff decide about: whether the account may be erased. */
  awaitsStaff: z.optional(z.boolean()),
  /** Where it is, or what it waits for. */
  standing: z.string(),
})
type Row = z.input<typeof requestView>

export const listPrivacyRequests = endpoint({
  name: 'admin.list-privacy-requests',
  route: 'GET /api/admin/privacy-requests',
  summary:
    'What customers asked about their own data: archives, closures, privacy tickets, with when each is due and what is late; and legal holds. The look is on record',
  who: staff('admin.list-privacy-requests'),
  returns: z.object({
    rows: z.array(requestView),
    holds: z.array(z.object({ customerId: z.string(), at: moment, by: z.string(), memo: z.string() })),
  }),
  refuses: [],
  uses: {
    archives: readArchives,
    closures: readClosures,
    holds: readHolds,
    tickets: listWaitingTickets,
    audit: keepAudit,
  },

  async run({ caller, uses, now }) {
    await uses.audit.record({ by: caller.staffId, action: 'admin.list-privacy-requests', on: 'privacy requests' }, now)
    const [archives, closures, allHolds] = await Promise.all([uses.archives.all(now), uses.closures.all(), uses.holds.all()])
    const holds = allHolds.filter(({ lifted }) => !lifted)
    const held = new Set(holds.map(({ customerId }) => customerId))
    const rows: Row[] = [
      ...archives.map(({ customerId, at, dueAt, state }) => ({
        kind: 'archive' as const,
        customerId,
        askedAt: iso(at),
        dueAt: iso(dueAt),
        isLate: state === 'waiting' && dueAt < now,
        isDone: state === 'ready',
        isHeld: false,
        standing: state,
      })),
      ...closures.map(({ customerId, closedAt, eraseAt, state, step, waitsFor, awaitsStaff }) => ({
        kind: 'closure' as const,
        customerId,
        askedAt: iso(closedAt),
        dueAt: iso(eraseAt),
        isLate: !held.has(customerId) && later(eraseAt, erasingSeconds) < now,
        isDone: false,
        isHeld: held.has(customerId),
        awaitsStaff,
        standing: waitsFor ?? (state === 'erasing' ? `erasing: ${step}` : 'grace'),
      })),
    ]
    for await (const { customerId, ticketId, category, createdAt, dueAt, status } of uses.tickets.all())
      if (category === 'privacy-request' && dueAt)
        rows.push({
          kind: 'ticket',
          customerId,
          ticketId,
          askedAt: iso(createdAt),
          dueAt: iso(dueAt),
          isLate: dueAt < now,
          isDone: false,
          isHeld: held.has(customerId),
          standing: status,
        })
    return {
      rows: rows.toSorted((one, other) => (one.dueAt < other.dueAt ? -1 : 1)),
      holds: holds.map(({ customerId, at, by, memo }) => ({ customerId, at: iso(at), by, memo })),
    }
  },
})

export const handler = serve(listPrivacyRequests)
