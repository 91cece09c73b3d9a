import type { StaffRole } from '../../core/staff/roles.ts'
import type { Route } from '../api.ts'

type Guarded = Extract<Route, `${string} /api/admin/${string}`>

/**
 * Which roles an endpoint lets in besides the owner, so that the console offers nobody what would be refused. The endpoints
 * have the last word; a test holds this table to theirs.
 */
export const letsIn = {
  'GET /api/admin/orders': ['finance', 'support', 'read-only'],
  'GET /api/admin/orders/{orderId}': ['finance', 'support', 'read-only'],
  'POST /api/admin/customers/find': ['finance', 'support'],
  'GET /api/admin/customers/{customerId}': ['finance', 'support'],
  'POST /api/admin/customers/{customerId}/adjustments': ['finance'],
  'PUT /api/admin/customers/{customerId}/status': ['finance', 'support'],
  'GET /api/admin/providers': ['finance', 'support', 'catalogue', 'read-only'],
  'POST /api/admin/providers': ['catalogue'],
  'PUT /api/admin/providers/{providerId}/status': ['catalogue'],
  'POST /api/admin/providers/{providerId}/imports': ['catalogue'],
  'GET /api/admin/staff': [],
  'POST /api/admin/staff': [],
} as const satisfies Partial<Record<Guarded, readonly StaffRole[]>>

export const may = (role: StaffRole, what: keyof typeof letsIn): boolean =>
  role === 'owner' || letsIn[what].some((one) => one === role)
