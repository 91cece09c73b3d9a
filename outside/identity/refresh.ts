import {
  GetTokensFromRefreshTokenCommand,
  NotAuthorizedException,
  RefreshTokenReuseException,
  RevokeTokenCommand,
  UserNotFoundException,
} from '@aws-sdk/client-cognito-identity-provider'
import type { Need } from '../../core/need.ts'
import { cognito, customersPool, type Pool, staffPool } from './pool.ts'
import { readTokens, type Tokens } from './tokens.ts'

interface RefreshTokens {
  /** New tokens for a refresh token, which is used up by it; undefined when it is not, or no longer, good. */
  refresh(refreshToken: string): Promise<Tokens | undefined>
  /** Neither it nor what came of it can be refreshed again. */
  revoke(refreshToken: string): Promise<void>
}

const refreshTokens = (pool: 'customers' | 'staff', open: () => Pool) =>
  ({
    allow: [{ on: 'pool', pool, actions: ['DescribeUserPoolClient'] }],
    open: () => ({
      async refresh(refreshToken) {
        const { clientId, secret } = open()
        try {
          const { AuthenticationResult } = await cognito().send(
            new GetTokensFromRefreshTokenCommand({ ClientId: clientId, ClientSecret: await secret(), RefreshToken: refreshToken }),
          )
          // Within the minute of grace the pool may hand out no new refresh token: the old one goes on.
          return readTokens({ RefreshToken: refreshToken, ...AuthenticationResult })
        } catch (error) {
          if (
            error instanceof NotAuthorizedException ||
            error instanceof RefreshTokenReuseException ||
            error instanceof UserNotFoundException
          )
            return undefined
          throw error
        }
      },
      async revoke(refreshToken) {
        const { clientId, secret } = open()
        try {
          await cognito().send(new RevokeTokenCommand({ ClientId: clientId, ClientSecret: await secret(), Token: refreshToken }))
        } catch (error) {
          if (!(error instanceof NotAuthorizedException)) throw error
        }
      },
    }),
  }) satisfies Need<RefreshTokens>

export const refreshCustomers = refreshTokens('customers', customersPool)
export const refreshStaff = refreshTokens('staff', staffPool)
