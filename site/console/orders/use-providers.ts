import { useMemo } from 'react'
import { useAnswer } from '../../shared/answers.ts'

/** Providers by their id, for the lists that name them. */
export function useProviders() {
  const query = useAnswer('GET /api/admin/providers', {}, { staleMilliseconds: 30_000 })
  return {
    query,
    byId: useMemo(() => new Map(query.data?.rows.map((provider) => [provider.providerId, provider])), [query.data]),
    /** Of those that were deleted, too: orders that they had go on naming them. */
    nameOf: useMemo(() => {
      const names = new Map(
        [...(query.data?.former ?? []), ...(query.data?.rows ?? [])].map(({ providerId, name }) => [providerId, name]),
      ).set('manual', 'By hand')
      return (id: string): string | undefined => names.get(id)
    }, [query.data]),
  }
}
