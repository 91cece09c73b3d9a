/** The two pools of a local panel, as the template has them in AWS. */
export const pools = {
  customers: { id: 'local_customers', clientId: 'local-customers-client', clientSecret: 'local-customers-secret' },
  staff: { id: 'local_staff', clientId: 'local-staff-client', clientSecret: 'local-staff-secret' },
} as const
export type LocalPool = (typeof pools)[keyof typeof pools]

export const poolById = (id: unknown): LocalPool | undefined => Object.values(pools).find((pool) => pool.id === id)
export const poolByClient = (clientId: unknown): LocalPool | undefined =>
  Object.values(pools).find((pool) => pool.clientId === clientId)
