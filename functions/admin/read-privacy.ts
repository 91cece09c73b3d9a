import * as z from 'zod/mini'
import { customerId } from '../../core/ids.ts'
import { formatMoney } from '../../core/money.ts'
import { obstacles } from '../../core/privacy/erasing.ts'
import { iso } from '../../core/time.ts'
import { keepAudit } from '../../data/audit.ts'
import { staff } from '../../data/door.ts'
import { readArchives } from '../../data/privacy/archives.ts'
import { readClosures, readStandings } from '../../data/privacy/closures.ts'
import { readHolds } from '../../data/privacy/holds.ts'
import { settings } from '../../data/settings.ts'
import { endpoint } from '../kit/endpoint.ts'
import { amount, moment } from '../kit/fields.ts'
import { serve } from '../kit/serve.ts'

export const readPrivacy = endpoint({
  name: 'admin.read-privacy',
  route: 'GET /api/admin/customers/{customerId}/privacy',
  summary:
    'How it stands with a customer’s own data: archives, never what is in them; the closing of the account, and what is in its way. The look is on record',
  who: staff('admin.read-privacy'),
  returns: z.object({
    archives: z.array(z.object({ at: moment, state: z.enum(['waiting', 'ready']), dueAt: moment, expiresAt: moment })),
    closure: z.optional(
      z.object({
        at: moment,
        eraseAt: moment,
        canBeKept: z.boolean(),
        /** Its suspended customer closed it: staff decide whether it may be erased. */
        awaitsStaff: z.boolean(),
      }),
    ),
    isHeld: z.boolean(),
    balance: amount,
    obstacles: z.array(z.enum(obstacles)),
    graceDays: z.int(),
  }),
  refuses: ['customer-not-found'],
  uses: { archives: readArchives, closures: readClosures, standings: readStandings, holds: readHolds, audit: keepAudit, settings },

  async run({ caller, path, uses, now }) {
    const id = customerId(path.customerId)
    const standing = await uses.standings.of(id)
    await uses.audit.record({ by: caller.staffId, action: 'admin.read-privacy', on: `customer ${id}` }, now)
    const [archives, closure, hold] = await Promise.all([uses.archives.of(id, now), uses.closures.get(id), uses.holds.get(id)])
    return {
      archives: archives.map(({ at, state, dueAt, expiresAt }) => ({
        at: iso(at),
        state,
        dueAt: iso(dueAt),
        expiresAt: iso(expiresAt),
      })),
      closure: closure && {
        at: iso(closure.closedAt),
        eraseAt: iso(closure.eraseAt),
        canBeKept: closure.state === 'grace',
        awaitsStaff: closure.awaitsStaff === true,
      },
      isHeld: hold !== undefined && !hold.lifted,
      balance: formatMoney(standing.wallet.available),
      obstacles: [...standing.obstacles],
      graceDays: uses.settings.retention.closedAccountDays,
    }
  },
})

export const handler = serve(readPrivacy)
