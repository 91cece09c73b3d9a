import * as z from 'zod/mini'
import { iso } from '../../core/time.ts'
import { customerEven } from '../../data/door.ts'
import { readArchives } from '../../data/privacy/archives.ts'
import { endpoint } from '../kit/endpoint.ts'
import { moment } from '../kit/fields.ts'
import { serve } from '../kit/serve.ts'

export const listArchives = endpoint({
  name: 'customer.list-archives',
  route: 'GET /api/me/archives',
  summary: 'The archives that one asked for and can still fetch, newest first',
  who: customerEven('suspended', 'closed'),
  returns: z.object({
    rows: z.array(
      z.object({ at: moment, state: z.enum(['waiting', 'ready']), dueAt: moment, expiresAt: moment, bytes: z.optional(z.int()) }),
    ),
  }),
  refuses: [],
  uses: { archives: readArchives },

  async run({ caller, uses, now }) {
    const archives = await uses.archives.of(caller.customerId, now)
    return {
      rows: archives.map(({ at, state, dueAt, expiresAt, bytes }) => ({
        at: iso(at),
        state,
        dueAt: iso(dueAt),
        expiresAt: iso(expiresAt),
        bytes,
      })),
    }
  },
})

export const handler = serve(listArchives)
