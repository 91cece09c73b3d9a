import { InvalidParameterException, ListUsersCommand, type ListUsersCommandOutput } from '@aws-sdk/client-cognito-identity-provider'
import { type CustomerId, customerId } from '../../core/ids.ts'
import type { Need } from '../../core/need.ts'
import { busy } from './errors.ts'
import { cognito, customersPool } from './pool.ts'

/** Somebody who signed up: whether and when, and nothing that tells who. */
export interface Identity {
  readonly customerId: CustomerId
  readonly confirmed: boolean
  /** When anything of it last changed: made, confirmed, or given another password. Signing in changes nothing. */
  readonly changedAt: Date
}

export interface IdentityPage {
  readonly identities: readonly Identity[]
  /** Where the next ones are; undefined after the last. */
  readonly next: string | undefined
}

interface ListIdentities {
  /** Some of all identities of customers, in no order. A place that is not known any more is the beginning. */
  page(place: string | undefined): Promise<IdentityPage>
}

/** As many as the identity provider tells of at once. */
const mostAtOnce = 60

export const listIdentities = {
  allow: [{ on: 'pool', pool: 'customers', actions: ['ListUsers'] }],
  open: () => ({
    async page(place) {
      try {
        return asPage(await ask(place))
      } catch (error) {
        // How long a place is good for is written nowhere.
        if (place !== undefined && error instanceof InvalidParameterException) return asPage(await ask(undefined))
        throw busy(error)
      }
    },
  }),
} satisfies Need<ListIdentities>

const ask = (place: string | undefined): Promise<ListUsersCommandOutput> =>
  cognito().send(
    new ListUsersCommand({
      UserPoolId: customersPool().poolId,
      // Names and emails are not even asked for.
      AttributesToGet: ['sub'],
      Limit: mostAtOnce,
      ...(place === undefined ? {} : { PaginationToken: place }),
    }),
  )

const asPage = ({ Users = [], PaginationToken }: ListUsersCommandOutput): IdentityPage => ({
  identities: Users.flatMap(({ Attributes = [], UserStatus, UserCreateDate, UserLastModifiedDate }) => {
    const subject = Attributes.find(({ Name }) => Name === 'sub')?.Value
    const changedAt = UserLastModifiedDate ?? UserCreateDate
    if (subject === undefined || changedAt === undefined) return []
    return [{ customerId: customerId(subject), confirmed: UserStatus !== 'UNCONFIRMED', changedAt }]
  }),
  next: PaginationToken,
})
