import { type CustomerId, customerId, type KeyId, keyId, type SessionId, type StaffId, sessionId, staffId } from '../core/ids.ts'
import { type KeyAction, permits } from '../core/keys/scopes.ts'
import type { Knock, Unusable, Who } from '../core/need.ts'
import { Refusal } from '../core/refusals.ts'
import { isPermitted, type Permission } from '../core/staff/permissions.ts'
import type { StaffRole } from '../core/staff/roles.ts'
import { type Customer, readCustomer, readCustomers } from './customers.ts'
import { cameThroughTheEdge, maySeeEdgeSecrets } from './edge-secrets.ts'
import { keys } from './keys.ts'
import { readWithOwner } from './sessions.ts'
import { readStaffMember } from './staff.ts'

/** Anybody, through the edge. */
export const anyone: Who<undefined> = {
  kind: 'anyone',
  allow: [maySeeEdgeSecrets],
  open: () => ({
    async admit(knock) {
      await throughTheEdge(knock)
      return undefined
    },
  }),
}

export interface CustomerCaller {
  readonly customerId: CustomerId
  readonly sessionId: SessionId
}

/** A signed-in customer. An access token cannot be taken back, so the session and the account are read each time. */
export const customer: Who<CustomerCaller> = customerEven()

/** The same, whose account may be suspended or closed: for their rights, and for the way out and back (P-RT-1). */
export function customerEven(...even: readonly Unusable[]): Who<CustomerCaller> {
  return {
    kind: 'customer',
    even,
    allow: [maySeeEdgeSecrets, { on: 'table', actions: ['BatchGetItem'], keys: ['SESSION#*', 'CUSTOMER#*'] }],
    open: () => ({
      async admit(knock) {
        await throughTheEdge(knock)
        if (!knock.claims) throw new Refusal('session-required')
        const id = customerId(knock.claims.subject)
        const session = sessionId(knock.claims.session)
        const found = await readWithOwner(keys.session(id, session), keys.customer(id), knock.now)
        if (!found.session || !found.owner) throw new Refusal('session-ended')
        const { status } = readCustomer(found.owner)
        if (status !== 'active' && !even.includes(status)) throw refusedFor(status)
        return { customerId: id, sessionId: session }
      },
    }),
  }
}

const refusedFor = (status: Customer['status']): Refusal =>
  new Refusal(status === 'closed' ? 'account-closed' : 'account-suspended')

export interface StaffCaller {
  readonly staffId: StaffId
  readonly sessionId: SessionId
  readonly role: StaffRole
}

/** A signed-in member of staff whose role may do this, by the table of permissions. The role is read each time. */
export const staff = (what: Permission): Who<StaffCaller> => ({
  kind: 'staff',
  permission: what,
  allow: [maySeeEdgeSecrets, { on: 'table', actions: ['BatchGetItem'], keys: ['STAFF-SESSION#*', 'STAFF'] }],
  open: () => ({
    async admit(knock) {
      await throughTheEdge(knock)
      if (!knock.claims) throw new Refusal('session-required')
      const id = staffId(knock.claims.subject)
      const session = sessionId(knock.claims.session)
      const found = await readWithOwner(keys.staffSession(id, session), keys.staff(id), knock.now)
      if (!found.session || !found.owner) throw new Refusal('session-ended')
      const { status, role } = readStaffMember(found.owner)
      if (status !== 'active') throw new Refusal('session-ended')
      if (!isPermitted(role, what)) throw new Refusal('role-forbids')
      return { staffId: id, sessionId: session, role }
    },
  }),
})

export interface ResellerCaller {
  readonly customerId: CustomerId
  readonly keyId: KeyId
}

/** A reseller whose key the gateway's authorizer has looked up, with leave to do this; and the account once more. */
export const reseller = (action: KeyAction): Who<ResellerCaller> => ({
  kind: 'reseller',
  allow: [maySeeEdgeSecrets, { on: 'table', actions: ['GetItem'], keys: ['CUSTOMER#*'] }],
  open: () => ({
    async admit(knock) {
      await throughTheEdge(knock)
      if (!knock.claims?.scope) throw new Refusal('key-invalid')
      const id = customerId(knock.claims.subject)
      const account = await readCustomers.open().get(id)
      if (!account) throw new Refusal('key-invalid')
      if (account.status !== 'active') throw refusedFor(account.status)
      if (!permits(knock.claims.scope, action)) throw new Refusal('scope-forbids')
      return { customerId: id, keyId: keyId(knock.claims.session) }
    },
  }),
})

async function throughTheEdge({ edgeSecret, now }: Knock): Promise<void> {
  if (!(await cameThroughTheEdge(edgeSecret, now))) throw new Refusal('not-through-the-edge')
}
