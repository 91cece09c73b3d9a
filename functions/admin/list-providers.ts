import * as z from 'zod/mini'
import { iso } from '../../core/time.ts'
import { staff } from '../../data/door.ts'
import { readProviders } from '../../data/providers.ts'
import { endpoint } from '../kit/endpoint.ts'
import { moment } from '../kit/fields.ts'
import { serve } from '../kit/serve.ts'

export const listProviders = endpoint({
  name: 'admin.list-providers',
  route: 'GET /api/admin/providers',
  summary: 'The upstream providers, without their keys',
  who: staff('admin.list-providers'),
  returns: z.object({
    rows: z.array(
      z.object({
        providerId: z.string(),
        name: z.string(),
        host: z.string(),
        status: z.enum(['active', 'paused']),
        createdAt: moment,
      }),
    ),
  }),
  refuses: [],
  uses: { providers: readProviders },

  async run({ uses }) {
    const rows = (await uses.providers.all()).map(({ providerId, name, url, status, createdAt }) => ({
      providerId,
      name,
      host: new URL(url).host,
      status,
      createdAt: iso(createdAt),
    }))
    return { rows }
  },
})

export const handler = serve(listProviders)
