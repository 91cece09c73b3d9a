import { randomBytes, randomUUID } from 'node:crypto'
import { importJWK, jwtVerify, SignJWT } from 'jose'
import * as z from 'zod/mini'
import { accessMinutes } from '../../core/identity/cookies.ts'
import type { SigningKey } from './keys.ts'
import type { LocalPool } from './pools.ts'
import type { User } from './users.ts'

/** What a pool gives every access token of its own accord. */
const ownScopes = ['aws.cognito.signin.user.admin']

/** Asks what a pool's trigger would do to the scopes of an access token; Cognito's event of form 2.0, and its answer. */
export type TokenTrigger = (event: unknown) => Promise<unknown>

const triggerAnswer = z.object({
  response: z.object({
    claimsAndScopeOverrideDetails: z.object({
      accessTokenGeneration: z.object({ scopesToAdd: z.array(z.string()), scopesToSuppress: z.array(z.string()) }),
    }),
  }),
})

/** The scopes of a token about to be made, once the trigger was asked. */
export async function scopesOf(trigger: TokenTrigger, event: TokenEvent): Promise<string> {
  const { triggerSource, pool, user, clientMetadata } = event
  const answer = await trigger({
    version: '2',
    triggerSource,
    userPoolId: pool.id,
    userName: user.sub,
    callerContext: { clientId: pool.clientId },
    request: { userAttributes: user.attributes, scopes: ownScopes, ...(clientMetadata ? { clientMetadata } : {}) },
    response: {},
  })
  const { scopesToAdd, scopesToSuppress } = triggerAnswer.parse(answer).response.claimsAndScopeOverrideDetails.accessTokenGeneration
  return [...ownScopes, ...scopesToAdd].filter((scope) => !scopesToSuppress.includes(scope)).join(' ')
}

interface TokenEvent {
  readonly triggerSource: 'TokenGeneration_Authentication' | 'TokenGeneration_RefreshTokens'
  readonly pool: LocalPool
  readonly user: User
  readonly clientMetadata?: Readonly<Record<string, string>>
}

const accessSeconds = accessMinutes * 60

interface Issued {
  readonly pool: LocalPool
  readonly user: User
  readonly family: string
  readonly scope: string
}

/** Tokens of one family: all that came of one sign-in bear the same `origin_jti`. */
export async function issue(key: SigningKey, issuer: string, { pool, user, family, scope }: Issued) {
  const common = { origin_jti: family, event_id: randomUUID(), auth_time: Math.floor(Date.now() / 1000) }
  const sign = (claims: Record<string, unknown>): Promise<string> =>
    new SignJWT({ ...common, ...claims, jti: randomUUID() })
      .setProtectedHeader({ alg: 'RS256', kid: key.id })
      .setSubject(user.sub)
      .setIssuer(issuer)
      .setIssuedAt()
      .setExpirationTime(`${accessSeconds} s`)
      .sign(key.privateKey)
  const { email, name, ...rest } = user.attributes
  return {
    AccessToken: await sign({
      token_use: 'access',
      client_id: pool.clientId,
      scope,
      username: user.sub,
    }),
    IdToken: await sign({
      token_use: 'id',
      aud: pool.clientId,
      email,
      email_verified: true,
      name,
      'cognito:username': user.sub,
      ...customOf(rest),
    }),
    RefreshToken: `${randomBytes(48).toString('base64url')}.${user.sub}`,
    ExpiresIn: accessSeconds,
    TokenType: 'Bearer',
  }
}

const customOf = (attributes: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(attributes).filter(([name]) => name.startsWith('custom:')))

/** What a good access token says; undefined for any other. */
export async function claimsOf(
  key: SigningKey,
  token: string,
): Promise<{ sub: string; origin_jti: string; scopes: string[] } | undefined> {
  try {
    const { payload } = await jwtVerify(token, await importJWK(key.publicJwk, 'RS256'))
    const { sub, origin_jti, token_use, scope } = payload
    return token_use === 'access' && sub !== undefined && typeof origin_jti === 'string'
      ? { sub, origin_jti, scopes: String(scope).split(' ') }
      : undefined
  } catch {
    return undefined
  }
}
