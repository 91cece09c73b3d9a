import { useQueryClient } from '@tanstack/react-query'
import { keyOf, useAnswer } from '../shared/answers.ts'

/** The account and its wallet: asked for again every half minute while somebody looks, because money also comes in by itself. */
export const useMe = () => useAnswer('GET /api/me', {}, { every: () => 30_000 })

/** To be called when money moved: everything that shows it is asked for again. */
export function useMoneyMoved(): () => void {
  const answers = useQueryClient()
  return () => {
    for (const route of ['GET /api/me', 'GET /api/wallet/entries', 'GET /api/orders'] as const)
      void answers.invalidateQueries({ queryKey: keyOf(route).slice(0, 1) })
  }
}
