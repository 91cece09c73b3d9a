import { useMemo } from 'react'
import { useAnswer } from '../../shared/answers.ts'

/** Providers by their id, for the lists that name them. */
export function useProviders() {
  const query = useAnswer('GET /api/admin/providers', {}, { staleMilliseconds: 30_000 })
  return { query, byId: useMemo(() => new Map(query.data?.rows.map((provider) => [provider.providerId, provider])), [query.data]) }
}
