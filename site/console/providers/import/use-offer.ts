import { useQuery } from '@tanstack/react-query'
import { use } from 'react'
import type { Answer } from '../../../api.ts'
import type { Failure } from '../../../failure.ts'
import { CallContext, keyOf } from '../../../shared/answers.ts'

const route = 'GET /api/admin/providers/{providerId}/offer'
type Page = Answer<typeof route>
export type OfferedRow = Page['rows'][number]
export type BrokenRow = Page['broken'][number]
/** A provider's catalogue, whole. */
export type Offer = Omit<Page, 'cursor'>

/** All pages of it: what is searched, chosen and counted is all there is. */
export function useOffer(providerId: string) {
  const call = use(CallContext)
  return useQuery<Offer, Failure>({
    queryKey: keyOf(route, { path: { providerId } }),
    queryFn: async ({ signal }) => {
      const rows: OfferedRow[] = []
      const broken: BrokenRow[] = []
      let page: Page | undefined
      do {
        page = await call(route, {
          path: { providerId },
          query: page?.cursor === undefined ? {} : { cursor: page.cursor },
          signal,
        })
        rows.push(...page.rows)
        broken.push(...page.broken)
      } while (page.cursor !== undefined)
      return { ...page, rows, broken }
    },
    staleTime: 300_000,
  })
}
