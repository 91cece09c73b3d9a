import * as z from 'zod/mini'
import { needsMemo } from '../../core/catalogue/edit.ts'
import { serviceId, shortInteger } from '../../core/ids.ts'
import { Refusal } from '../../core/refusals.ts'
import { staff } from '../../data/door.ts'
import { editServices } from '../../data/edit-services.ts'
import { settings } from '../../data/settings.ts'
import { endpoint } from '../kit/endpoint.ts'
import { memo } from '../kit/fields.ts'
import { serve } from '../kit/serve.ts'
import { oneChange, readServiceChange } from '../kit/service-change.ts'
import { staffServiceView, viewStaffService } from '../kit/service-views.ts'

export const editService = endpoint({
  name: 'admin.edit-service',
  route: 'PATCH /api/admin/services/{serviceId}',
  summary: 'Change one service, as it was seen: what somebody else changed meanwhile is not written over',
  who: staff('admin.edit-service'),
  body: z.object({
    /** Of the service as it was read. */
    revision: z.int().check(z.minimum(0)),
    change: oneChange,
    /** Demanded where the price or the origin changes. */
    memo: z.optional(memo),
  }),
  returns: staffServiceView,
  refuses: ['service-not-found', 'category-not-found', 'change-refused', 'changed-meanwhile'],
  uses: { services: editServices, settings },

  async run({ caller, path, body, uses, now }) {
    const number = shortInteger(path.serviceId)
    if (number === undefined) throw new Refusal('service-not-found')
    const change = readServiceChange(body.change)
    if (needsMemo(change) && body.memo === undefined) throw new Refusal('invalid-request', { fields: ['memo'] })
    const audit = { by: caller.staffId, action: 'admin.edit-service', on: `service ${number}`, why: body.memo }
    const service = await uses.services.one(serviceId(number), body.revision, change, audit, now)
    return viewStaffService(service, uses.settings)
  },
})

export const handler = serve(editService)
