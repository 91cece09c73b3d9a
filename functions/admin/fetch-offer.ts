import * as z from 'zod/mini'
import { providerId } from '../../core/ids.ts'
import { staff } from '../../data/door.ts'
import { readProviders } from '../../data/providers.ts'
import { beginTasks, newTaskId } from '../../data/tasks.ts'
import { endpoint } from '../kit/endpoint.ts'
import { serve } from '../kit/serve.ts'

export const fetchOffer = endpoint({
  name: 'admin.fetch-offer',
  route: 'POST /api/admin/providers/{providerId}/offer',
  summary: 'Fetch a provider’s catalogue, to be looked at beside ours; a worker does it',
  who: staff('admin.fetch-offer'),
  returns: z.object({ taskId: z.string() }),
  status: 202,
  refuses: ['provider-not-found', 'provider-busy'],
  uses: { providers: readProviders, tasks: beginTasks },

  async run({ caller, path, uses, now }) {
    const { providerId: id } = await uses.providers.get(providerId(path.providerId))
    const task = { taskId: newTaskId(now), providerId: id, kind: 'offer' as const, by: caller.staffId }
    await uses.tasks.begin(task, { by: caller.staffId, action: 'admin.fetch-offer', on: `provider ${id}` }, now)
    return { taskId: task.taskId }
  },
})

export const handler = serve(fetchOffer)
