import * as z from 'zod/mini'
import { needsMemo } from '../../core/catalogue/edit.ts'
import { largestShortInteger, serviceId } from '../../core/ids.ts'
import { Refusal } from '../../core/refusals.ts'
import { staff } from '../../data/door.ts'
import { editServices as edits } from '../../data/edit-services.ts'
import { endpoint } from '../kit/endpoint.ts'
import { memo } from '../kit/fields.ts'
import { serve } from '../kit/serve.ts'
import { editId, manyChange, readServiceChange } from '../kit/service-change.ts'

export const editServices = endpoint({
  name: 'admin.edit-services',
  route: 'POST /api/admin/services/edits',
  summary: 'Apply one part of a previewed edit; the same part again goes on where it stopped, and changes nothing twice',
  who: staff('admin.edit-services'),
  body: z.object({
    editId,
    change: manyChange,
    ids: z.array(z.int().check(z.positive(), z.maximum(largestShortInteger))).check(z.minLength(1), z.maxLength(500)),
    digest: z.string().check(z.maxLength(64)),
    /** Demanded where prices or origins change. */
    memo: z.optional(memo),
  }),
  returns: z.object({
    /** Services of this part that this edit has changed. */
    done: z.int(),
  }),
  refuses: ['category-not-found', 'changed-meanwhile', 'change-refused'],
  uses: { services: edits },

  async run({ caller, body, uses, now }) {
    const change = readServiceChange(body.change)
    if (needsMemo(change) && body.memo === undefined) throw new Refusal('invalid-request', { fields: ['memo'] })
    const edit = { editId: body.editId, change, by: caller.staffId }
    const part = { ids: body.ids.map(serviceId), digest: body.digest }
    const audit = { by: caller.staffId, action: 'admin.edit-services', on: 'services', why: body.memo }
    return { done: await uses.services.apply(edit, part, audit, now) }
  },
})

export const handler = serve(editServices)
