import { useQueryClient } from '@tanstack/react-query'
import { keyOf, useChange } from '../../shared/answers.ts'

/** Marks an announcement as read, here and in every browser. */
export function useMarkRead(): (announcementId: string) => void {
  const answers = useQueryClient()
  const mark = useChange('PUT /api/announcements/{announcementId}/read', () =>
    answers.invalidateQueries({ queryKey: keyOf('GET /api/announcements') }),
  )
  return (announcementId) => mark.mutate({ path: { announcementId } })
}
