import type { StaffRole } from '../../../core/staff/roles.ts'

/** What each role is for, so that an invitation gives no more than is needed. */
export const roleWords: Readonly<Record<StaffRole, string>> = {
  owner: 'Everything, staff included',
  finance: 'Customers, credits and debits, suspensions, orders',
  support: 'Customers, suspensions, orders; moves no money',
  catalogue: 'Providers and their services; sees no customers',
  'read-only': 'Orders and providers, changes nothing',
}

export const roles = ['support', 'finance', 'catalogue', 'read-only', 'owner'] as const satisfies readonly StaffRole[]
