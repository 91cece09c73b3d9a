import {
  GetTokensFromRefreshTokenCommand,
  NotAuthorizedException,
  RefreshTokenReuseException,
  RevokeTokenCommand,
  UserNotFoundException,
} from '@aws-sdk/client-cognito-identity-provider'
import { ownCall } from '../../core/identity/scopes.ts'
import type { Need } from '../../core/need.ts'
import { cognito, customersPool, type Pool, staffPool } from './pool.ts'
import { readTokens, type Tokens } from './tokens.ts'

interface RefreshTokens {
  /** New tokens for a refresh token, which is used up by it; undefined when it is not, or no longer, good. */
  refresh(refreshToken: string): Promise<Tokens | undefined>
  /** The same, with the leave to call the pool for whoever they are of: a browser is never handed these. */
  forOwnCall(refreshToken: string): Promise<Tokens | undefined>
  /** Neither it nor what came of it can be refreshed again. */
  revoke(refreshToken: string): Promise<void>
}

const refreshTokens = (pool: 'customers' | 'staff', open: () => Pool) =>
  ({
    allow: [{ on: 'pool', pool, actions: ['DescribeUserPoolClient'] }],
    open: () => ({
      refresh: (refreshToken) => refreshed(open(), refreshToken),
      forOwnCall: (refreshToken) => refreshed(open(), refreshToken, ownCall),
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

async function refreshed(
  { clientId, secret }: Pool,
  refreshToken: string,
  said: Readonly<Record<string, string>> = {},
): Promise<Tokens | undefined> {
  try {
    const { AuthenticationResult } = await cognito().send(
      new GetTokensFromRefreshTokenCommand({
        ClientId: clientId,
        ClientSecret: await secret(),
        RefreshToken: refreshToken,
        ClientMetadata: said,
      }),
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
}

export const refreshCustomers = refreshTokens('customers', customersPool)
export const refreshStaff = refreshTokens('staff', staffPool)
