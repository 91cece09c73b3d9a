import * as z from 'zod/mini'
import { readBlocks } from '../../data/blocks.ts'
import { staff } from '../../data/door.ts'
import { blockView, viewBlock } from '../kit/block-view.ts'
import { endpoint } from '../kit/endpoint.ts'
import { cursor } from '../kit/fields.ts'
import { serve } from '../kit/serve.ts'
import { page } from '../kit/views.ts'

export const listBlockedTargets = endpoint({
  name: 'admin.list-blocked-targets',
  route: 'GET /api/admin/blocked-targets',
  summary: 'Targets whose owners want no orders, newest first',
  who: staff('admin.list-blocked-targets'),
  query: z.object({ cursor }),
  returns: page(blockView),
  refuses: [],
  uses: { blocks: readBlocks },

  async run({ query, uses }) {
    const { blocks, cursor } = await uses.blocks.page(query.cursor, 50)
    return { rows: blocks.map(viewBlock), cursor }
  },
})

export const handler = serve(listBlockedTargets)
