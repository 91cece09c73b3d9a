import * as z from 'zod/mini'
import { providerId } from '../../core/ids.ts'
import { staff } from '../../data/door.ts'
import { readProviders } from '../../data/providers.ts'
import { beginTasks, newTaskId } from '../../data/tasks.ts'
import { endpoint } from '../kit/endpoint.ts'
import { serve } from '../kit/serve.ts'

export const testProvider = endpoint({
  name: 'admin.test-provider',
  route: 'POST /api/admin/providers/{providerId}/tests',
  summary: 'Ask a provider for its balance and its catalogue; a worker does it, and tells what came',
  who: staff('admin.test-provider'),
  returns: z.object({ taskId: z.string() }),
  status: 202,
  refuses: ['provider-not-found'],
  uses: { providers: readProviders, tasks: beginTasks },

  async run({ caller, path, uses, now }) {
    const { providerId: id } = await uses.providers.get(providerId(path.providerId))
    const task = { taskId: newTaskId(now), providerId: id, kind: 'test' as const, by: caller.staffId }
    await uses.tasks.begin(task, { by: caller.staffId, action: 'admin.test-provider', on: `provider ${id}` }, now)
    return { taskId: task.taskId }
  },
})

export const handler = serve(testProvider)
