import { useAnswer } from '../../shared/answers.ts'

/** Colleagues who answer tickets, by name. */
export function useSupporters() {
  const { data } = useAnswer('GET /api/admin/support-staff', {}, { staleMilliseconds: 60_000 })
  return {
    me: data?.me,
    active: (data?.rows ?? []).filter(({ isActive }) => isActive),
    nameOf: (staffId: string): string =>
      staffId === data?.me ? 'you' : (data?.rows.find((one) => one.staffId === staffId)?.email ?? 'a former colleague'),
  }
}
