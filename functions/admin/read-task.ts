import { providerId, taskId } from '../../core/ids.ts'
import { staff } from '../../data/door.ts'
import { readTasks } from '../../data/tasks.ts'
import { endpoint } from '../kit/endpoint.ts'
import { serve } from '../kit/serve.ts'
import { taskView, viewTask } from '../kit/task-view.ts'

export const readTask = endpoint({
  name: 'admin.read-task',
  route: 'GET /api/admin/providers/{providerId}/tasks/{taskId}',
  summary: 'How far a test, a fetch, an import or a re-pricing is, and what came of it',
  who: staff('admin.read-task'),
  returns: taskView,
  refuses: ['task-not-found'],
  uses: { tasks: readTasks },

  async run({ path, uses, now }) {
    return viewTask(await uses.tasks.get(providerId(path.providerId), taskId(path.taskId), now))
  },
})

export const handler = serve(readTask)
