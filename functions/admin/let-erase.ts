import * as z from 'zod/mini'
import { customerId } from '../../core/ids.ts'
import { staff } from '../../data/door.ts'
import { decideErasures } from '../../data/privacy/closures.ts'
import { endpoint } from '../kit/endpoint.ts'
import { done, memo } from '../kit/fields.ts'
import { serve } from '../kit/serve.ts'

export const letErase = endpoint({
  name: 'admin.let-erase',
  route: 'POST /api/admin/customers/{customerId}/closure/erasure',
  summary:
    'Of an account that its suspended customer closed, nothing is needed any more: it is erased when its time comes. Until then a legal hold can stop it',
  who: staff('admin.let-erase'),
  body: z.object({ memo }),
  returns: done,
  refuses: ['erasure-not-waiting'],
  uses: { erasures: decideErasures },

  async run({ caller, path, body, uses, now }) {
    const id = customerId(path.customerId)
    const audit = { by: caller.staffId, action: 'admin.let-erase', on: `customer ${id}`, why: body.memo }
    await uses.erasures.let(id, audit, now)
    return { done: true as const }
  },
})

export const handler = serve(letErase)
