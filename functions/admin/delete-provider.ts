import * as z from 'zod/mini'
import { providerId } from '../../core/ids.ts'
import { Refusal } from '../../core/refusals.ts'
import { closeProviders } from '../../data/close-providers.ts'
import { staff } from '../../data/door.ts'
import { openAtProvider } from '../../data/orders/open-at-provider.ts'
import { readProviders } from '../../data/providers.ts'
import { newTaskId } from '../../data/tasks.ts'
import { endpoint } from '../kit/endpoint.ts'
import { memo } from '../kit/fields.ts'
import { serve } from '../kit/serve.ts'

export const deleteProvider = endpoint({
  name: 'admin.delete-provider',
  route: 'POST /api/admin/providers/{providerId}/deletion',
  summary: 'Delete a provider without open orders: its services go out of sale at once, its key is destroyed some minutes later',
  who: staff('admin.delete-provider'),
  body: z.object({ memo }),
  returns: z.object({ taskId: z.string() }),
  status: 202,
  refuses: ['provider-not-found', 'provider-has-open-orders', 'provider-changed', 'provider-busy'],
  uses: { providers: readProviders, orders: openAtProvider, closing: closeProviders },

  async run({ caller, path, body, uses, now }) {
    const { providerId: id, name, status } = await uses.providers.get(providerId(path.providerId))
    if (await uses.orders.any(id, now)) throw new Refusal('provider-has-open-orders')
    const task = { taskId: newTaskId(now), providerId: id, kind: 'close' as const, by: caller.staffId }
    const audit = {
      by: caller.staffId,
      action: 'admin.delete-provider',
      on: `provider ${id}`,
      why: body.memo,
      before: { name, status },
    }
    await uses.closing.close(task, audit, now)
    return { taskId: task.taskId }
  },
})

export const handler = serve(deleteProvider)
