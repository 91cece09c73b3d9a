import type { AuthenticationResultType } from '@aws-sdk/client-cognito-identity-provider'
import * as z from 'zod/mini'
import { type SessionId, sessionId } from '../../core/ids.ts'

/** What a sign-in or a refresh gave. */
export interface Tokens {
  readonly access: string
  readonly refresh: string
  readonly expiresInSeconds: number
  readonly subject: string
  readonly session: SessionId
  /** The identity record's own attributes. */
  readonly person: Person
}

export interface Person {
  readonly email: string
  readonly fullName: string
  /** `version@time` as it was at sign-up; empty for staff. */
  readonly terms: string
}

const accessClaims = z.object({ sub: z.string(), origin_jti: z.string() })
const idClaims = z.object({ email: z.string(), name: z._default(z.string(), ''), 'custom:terms': z._default(z.string(), '') })

/** Reads the tokens the pool just handed over; they came straight from it, so their signature is not checked again. */
export function readTokens(result: AuthenticationResultType | undefined): Tokens {
  const { AccessToken, RefreshToken, IdToken, ExpiresIn } = result ?? {}
  if (!AccessToken || !RefreshToken || !IdToken) throw new Error('the user pool gave an incomplete set of tokens')
  const { sub, origin_jti } = accessClaims.parse(payloadOf(AccessToken))
  const id = idClaims.parse(payloadOf(IdToken))
  return {
    access: AccessToken,
    refresh: RefreshToken,
    expiresInSeconds: ExpiresIn ?? 300,
    subject: sub,
    session: sessionId(origin_jti),
    person: { email: id.email, fullName: id.name, terms: id['custom:terms'] },
  }
}

const payloadOf = (token: string): unknown => JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())
