import { useQuery, useQueryClient } from '@tanstack/react-query'
import { use, useMemo } from 'react'
import type { Answer } from '../../api.ts'
import type { Failure } from '../../failure.ts'
import { CallContext, keyOf, useAnswer } from '../../shared/answers.ts'

export type ServiceRow = Answer<'GET /api/admin/services'>['rows'][number]
export type Category = Answer<'GET /api/admin/categories'>['rows'][number]

const wholeKey = keyOf('GET /api/admin/services')

/** Every service there is, a thousand to a call; kept for a minute, and asked for again after every change. */
export function useServices() {
  const call = use(CallContext)
  return useQuery<readonly ServiceRow[], Failure>({
    queryKey: wholeKey,
    queryFn: async ({ signal }) => {
      const all: ServiceRow[] = []
      let cursor: string | undefined
      do {
        const page = await call('GET /api/admin/services', { query: { cursor }, signal })
        all.push(...page.rows)
        cursor = page.cursor
      } while (cursor !== undefined)
      return all
    },
    staleTime: 60_000,
  })
}

/** The headings in their order, and what each is called. */
export function useCategories() {
  const query = useAnswer('GET /api/admin/categories', {}, { staleMilliseconds: 60_000 })
  const nameOf = useMemo(() => {
    const names = new Map(query.data?.rows.map(({ categoryId, name }) => [categoryId, name]))
    return (categoryId: string): string => names.get(categoryId) ?? 'No category'
  }, [query.data])
  return { query, categories: query.data?.rows ?? [], nameOf }
}

/** To be called after a change: what is shown is read anew. */
export function useServicesChanged(): () => void {
  const answers = useQueryClient()
  return () => {
    for (const route of ['GET /api/admin/services', 'GET /api/admin/services/{serviceId}', 'GET /api/admin/categories'] as const)
      void answers.invalidateQueries({ queryKey: [route] })
  }
}
