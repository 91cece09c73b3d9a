import * as z from 'zod/mini'
import { importId, providerId } from '../../core/ids.ts'
import { staff } from '../../data/door.ts'
import { readImports } from '../../data/imports.ts'
import { endpoint } from '../kit/endpoint.ts'
import { serve } from '../kit/serve.ts'

export const readImport = endpoint({
  name: 'admin.read-import',
  route: 'GET /api/admin/providers/{providerId}/imports/{importId}',
  summary: 'How far an import is, and which rows it had to leave, with the reason',
  who: staff('admin.read-import'),
  returns: z.object({
    state: z.enum(['waiting', 'running', 'done', 'failed']),
    rows: z.int(),
    taken: z.int(),
    left: z.array(z.string()),
  }),
  refuses: ['import-not-found'],
  uses: { imports: readImports },

  async run({ path, uses }) {
    return uses.imports
      .get(providerId(path.providerId), importId(path.importId))
      .then(({ state, rows, taken, left }) => ({ state, rows, taken, left: [...left] }))
  },
})

export const handler = serve(readImport)
