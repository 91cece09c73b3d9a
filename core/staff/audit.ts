import type { StaffId } from '../ids.ts'

/** How something stood, in plain facts: nothing secret. */
export type Facts = Readonly<Record<string, string | number | boolean>>

/** Under which the trail says which of its records were erased with an account. */
export const erasingAction = 'workers.erase-accounts'

/** Under which it says what was handed over to whom, and by what law (P-USE-4): that outlasts the account it was about. */
export const disclosingAction = 'admin.make-disclosure'

/** What somebody with an account is spoken of by: such a record stays while their account does, and is erased with it (P-RET-1, P-RET-2). */
const ofCustomers = /^(?:(?:customer|order|ticket|erased account) |signal .* [\da-f-]{36}$)/
export const isOfCustomer = ({ on }: Pick<AuditRecord, 'on'>): boolean => ofCustomers.test(on)

/** What a member of staff did or looked at. */
export interface AuditRecord {
  readonly by: StaffId
  /** The endpoint's own name: `admin.adjust-wallet`. */
  readonly action: string
  /** What it was done to: `customer 1234`, `order 23501`. */
  readonly on: string
  /** The reason given, where one is asked for. */
  readonly why?: string | undefined
  /** How what was changed stood before, where it was there before. */
  readonly before?: Facts | undefined
  readonly after?: Facts | undefined
}
