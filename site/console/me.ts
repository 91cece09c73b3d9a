import { useAnswer } from '../shared/answers.ts'
import { type letsIn, may } from './may.ts'

/** Who is signed in to the console. */
export const useMe = () => useAnswer('GET /api/admin/me', {}, { staleMilliseconds: 60_000 })

/** Whether that person's role may do something: false until it is known. */
export function useMay(): (what: keyof typeof letsIn) => boolean {
  const { data: me } = useMe()
  return (what) => me !== undefined && may(me.role, what)
}
