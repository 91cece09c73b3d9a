import * as z from 'zod/mini'
import { providerId } from '../../core/ids.ts'
import { Refusal } from '../../core/refusals.ts'
import { staff } from '../../data/door.ts'
import { readProviders } from '../../data/providers.ts'
import { beginSyncs } from '../../data/syncs.ts'
import { newTaskId } from '../../data/tasks.ts'
import { endpoint } from '../kit/endpoint.ts'
import { serve } from '../kit/serve.ts'

export const syncProvider = endpoint({
  name: 'admin.sync-provider',
  route: 'POST /api/admin/providers/{providerId}/syncs',
  summary: 'Bring what we have of a provider up to date now, without waiting for its turn; a worker does it',
  who: staff('admin.sync-provider'),
  returns: z.object({ taskId: z.string() }),
  status: 202,
  refuses: ['provider-not-found', 'provider-changed', 'provider-busy'],
  uses: { providers: readProviders, syncs: beginSyncs },

  async run({ caller, path, uses, now }) {
    const { providerId: id, status } = await uses.providers.get(providerId(path.providerId))
    if (status === 'closing') throw new Refusal('provider-changed')
    const task = { taskId: newTaskId(now), providerId: id, kind: 'sync' as const, by: caller.staffId }
    await uses.syncs.begin(task, { by: caller.staffId, action: 'admin.sync-provider', on: `provider ${id}` }, now)
    return { taskId: task.taskId }
  },
})

export const handler = serve(syncProvider)
