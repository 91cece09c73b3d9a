import { randomBytes, randomUUID } from 'node:crypto'
import { importJWK, jwtVerify, SignJWT } from 'jose'
import type { SigningKey } from './keys.ts'
import type { LocalPool } from './pools.ts'
import type { User } from './users.ts'

const accessSeconds = 300

/** Tokens of one family: all that came of one sign-in bear the same `origin_jti`. */
export async function issue(key: SigningKey, issuer: string, pool: LocalPool, user: User, family: string) {
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
      scope: 'aws.cognito.signin.user.admin',
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
export async function claimsOf(key: SigningKey, token: string): Promise<{ sub: string; origin_jti: string } | undefined> {
  try {
    const { payload } = await jwtVerify(token, await importJWK(key.publicJwk, 'RS256'))
    const { sub, origin_jti, token_use } = payload
    return token_use === 'access' && sub !== undefined && typeof origin_jti === 'string' ? { sub, origin_jti } : undefined
  } catch {
    return undefined
  }
}
