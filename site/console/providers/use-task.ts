import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { keyOf, useAnswer } from '../../shared/answers.ts'

/** Something a worker does with a provider, followed until it is over; then what is known of the provider is asked for anew. */
export function useTask(providerId: string, taskId: string | undefined) {
  const answers = useQueryClient()
  const query = useAnswer(
    'GET /api/admin/providers/{providerId}/tasks/{taskId}',
    { path: { providerId, taskId: taskId ?? '' } },
    { enabled: taskId !== undefined, every: (task) => (task && isOver(task.state) ? false : 700) },
  )
  const over = query.data !== undefined && isOver(query.data.state)
  useEffect(() => {
    if (!over) return
    void answers.invalidateQueries({ queryKey: keyOf('GET /api/admin/providers/{providerId}', { path: { providerId } }) })
    void answers.invalidateQueries({ queryKey: ['GET /api/admin/providers'] })
    void answers.invalidateQueries({ queryKey: ['GET /api/admin/providers/{providerId}/offer'] })
  }, [over, answers, providerId])
  return { ...query, over }
}

const isOver = (state: string): boolean => state === 'done' || state === 'failed'
