import { AdminGetUserCommand, UserNotFoundException } from '@aws-sdk/client-cognito-identity-provider'
import type { CustomerId } from '../../core/ids.ts'
import type { Need } from '../../core/need.ts'
import { identityRecord, type Personal } from '../../core/privacy/inventory.ts'
import { remove } from './customers.ts'
import { cognito, customersPool } from './pool.ts'

interface EraseIdentities {
  /** Nobody can sign in as this customer any more; nothing is left of him there. Does nothing where that is so. */
  erase(customer: CustomerId): Promise<void>
}

export const eraseIdentities = {
  allow: [{ on: 'pool', pool: 'customers', actions: ['AdminDeleteUser'] }],
  // A subject is a name that somebody can be asked for by, as an email is.
  open: () => ({ erase: (customer) => remove(customer) }),
} satisfies Need<EraseIdentities>

interface ReadIdentities {
  /** What the identity provider holds that an archive shows. */
  read(customer: CustomerId): Promise<Readonly<Record<string, string>>>
}

export const readIdentities = {
  allow: [{ on: 'pool', pool: 'customers', actions: ['AdminGetUser'] }],
  open: () => ({
    async read(customer) {
      try {
        const record: Readonly<Record<string, Personal>> = identityRecord
        const get = new AdminGetUserCommand({ UserPoolId: customersPool().poolId, Username: customer })
        const { UserAttributes = [] } = await cognito().send(get)
        return Object.fromEntries(
          UserAttributes.flatMap(({ Name = '', Value = '' }) => (record[Name]?.exported ? [[Name, Value] as const] : [])),
        )
      } catch (error) {
        if (error instanceof UserNotFoundException) return {}
        throw error
      }
    },
  }),
} satisfies Need<ReadIdentities>
