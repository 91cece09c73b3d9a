import * as z from 'zod/mini'
import { keepBlocks, readBlocks } from '../../data/blocks.ts'
import { staff } from '../../data/door.ts'
import { endpoint } from '../kit/endpoint.ts'
import { done, memo } from '../kit/fields.ts'
import { serve } from '../kit/serve.ts'

export const unblockTarget = endpoint({
  name: 'admin.unblock-target',
  route: 'DELETE /api/admin/blocked-targets/{blockId}',
  summary: 'Orders for a target are taken again, for a reason that stays on record',
  who: staff('admin.unblock-target'),
  body: z.object({ memo }),
  returns: done,
  refuses: ['block-not-found'],
  uses: { reading: readBlocks, blocks: keepBlocks },

  async run({ caller, path, body: { memo }, uses, now }) {
    const block = await uses.reading.get(path.blockId)
    const audit = { by: caller.staffId, action: 'admin.unblock-target', on: `target ${block.target}`, why: memo }
    await uses.blocks.lift(block, audit, now)
    return { done: true as const }
  },
})

export const handler = serve(unblockTarget)
