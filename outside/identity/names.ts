import { AdminUpdateUserAttributesCommand } from '@aws-sdk/client-cognito-identity-provider'
import type { CustomerId } from '../../core/ids.ts'
import type { Need } from '../../core/need.ts'
import { busy } from './errors.ts'
import { cognito, customersPool } from './pool.ts'

interface ChangeNames {
  /** The name by which the provider addresses a customer in mails of its own. */
  change(customer: CustomerId, fullName: string): Promise<void>
}

export const changeNames = {
  allow: [{ on: 'pool', pool: 'customers', actions: ['AdminUpdateUserAttributes'] }],
  open: () => ({
    async change(customer, fullName) {
      try {
        await cognito().send(
          new AdminUpdateUserAttributesCommand({
            UserPoolId: customersPool().poolId,
            Username: customer,
            UserAttributes: [{ Name: 'name', Value: fullName }],
          }),
        )
      } catch (error) {
        throw busy(error)
      }
    },
  }),
} satisfies Need<ChangeNames>
