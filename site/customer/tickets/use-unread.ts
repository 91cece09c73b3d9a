import { usePages } from '../../shared/answers.ts'

/** Answers of support that were not read, in the newest tickets. */
export function useUnread(): number {
  const { rows = [] } = usePages('GET /api/tickets', {}, { every: () => 60_000, staleMilliseconds: 30_000 })
  return rows.reduce((sum, { unread }) => sum + unread, 0)
}
