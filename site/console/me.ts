import type { Permission } from '../../core/staff/permissions.ts'
import { useAnswer } from '../shared/answers.ts'

/** Who is signed in to the console. */
export const useMe = () => useAnswer('GET /api/admin/me', {}, { staleMilliseconds: 60_000 })

/** Whether that person may call an endpoint, as the panel itself says: false until it is known. */
export function useMay(): (what: Permission) => boolean {
  const { data: me } = useMe()
  return (what) => me?.may.includes(what) === true
}
