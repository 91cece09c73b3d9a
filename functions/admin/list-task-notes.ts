import * as z from 'zod/mini'
import { providerId, taskId } from '../../core/ids.ts'
import { noteKinds } from '../../core/providers/task.ts'
import { staff } from '../../data/door.ts'
import { readNotes } from '../../data/passes.ts'
import { readTasks } from '../../data/tasks.ts'
import { endpoint } from '../kit/endpoint.ts'
import { cursor } from '../kit/fields.ts'
import { serve } from '../kit/serve.ts'
import { page } from '../kit/views.ts'

export const listTaskNotes = endpoint({
  name: 'admin.list-task-notes',
  route: 'GET /api/admin/providers/{providerId}/tasks/{taskId}/notes',
  summary: 'Every row that an import left, and every service that it paused, found gone or renamed, each with its reason',
  who: staff('admin.list-task-notes'),
  query: z.object({ cursor }),
  returns: page(
    z.object({
      row: z.string(),
      name: z.string(),
      serviceId: z.optional(z.int()),
      what: z.enum(noteKinds),
      why: z.optional(z.string()),
    }),
  ),
  refuses: ['task-not-found'],
  uses: { tasks: readTasks, notes: readNotes },

  async run({ path, query, uses, now }) {
    const task = await uses.tasks.get(providerId(path.providerId), taskId(path.taskId), now)
    const { notes, cursor } = await uses.notes.page(task.taskId, query.cursor)
    return { rows: [...notes], ...(cursor === undefined ? {} : { cursor }) }
  },
})

export const handler = serve(listTaskNotes)
