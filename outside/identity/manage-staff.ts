import {
  AdminDeleteSoftwareTokenCommand,
  AdminDeleteUserCommand,
  SoftwareTokenMFANotFoundException,
  UserNotFoundException,
} from '@aws-sdk/client-cognito-identity-provider'
import type { StaffId } from '../../core/ids.ts'
import type { Need } from '../../core/need.ts'
import { busy } from './errors.ts'
import { cognito, staffPool } from './pool.ts'

interface RemoveStaffIdentities {
  /** The email is free to be invited again. Doing it again changes nothing. */
  remove(id: StaffId): Promise<void>
}

export const removeStaffIdentities = {
  allow: [{ on: 'pool', pool: 'staff', actions: ['AdminDeleteUser'] }],
  open: () => ({
    async remove(id) {
      try {
        await cognito().send(new AdminDeleteUserCommand({ UserPoolId: staffPool().poolId, Username: id }))
      } catch (error) {
        if (!(error instanceof UserNotFoundException)) throw busy(error)
      }
    },
  }),
} satisfies Need<RemoveStaffIdentities>

interface ResetStaffTotp {
  /** The pool forgets the authenticator app: it demands a new one at the next sign-in, because nobody gets in without. */
  reset(id: StaffId): Promise<void>
}

export const resetStaffTotp = {
  allow: [{ on: 'pool', pool: 'staff', actions: ['AdminDeleteSoftwareToken'] }],
  open: () => ({
    async reset(id) {
      try {
        await cognito().send(new AdminDeleteSoftwareTokenCommand({ UserPoolId: staffPool().poolId, Username: id }))
      } catch (error) {
        // They never had one.
        if (!(error instanceof SoftwareTokenMFANotFoundException)) throw busy(error)
      }
    },
  }),
} satisfies Need<ResetStaffTotp>
