import { useMemo } from 'react'
import { useAnswer } from '../../shared/answers.ts'

/** Who works here, by their id, for the lists that name them. */
export function useColleagues() {
  const query = useAnswer('GET /api/admin/staff', {}, { staleMilliseconds: 30_000 })
  return { query, byId: useMemo(() => new Map(query.data?.rows.map((member) => [member.staffId, member])), [query.data]) }
}
