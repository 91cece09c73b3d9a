import { createHmac, randomBytes, randomInt, randomUUID } from 'node:crypto'
import { Secret, TOTP } from 'otpauth'
import { strongEnough } from '../../core/identity/password.ts'
import type { SigningKey } from './keys.ts'
import { type LocalPool, poolByClient, poolById, pools } from './pools.ts'
import { claimsOf, issue, scopesOf, type TokenTrigger } from './tokens.ts'
import { hashed, newUser, passwordMatches, type User, type Users } from './users.ts'

/** An error in Cognito's own vocabulary. */
export class CognitoError extends Error {
  readonly type: string
  constructor(type: string, message: string = type) {
    super(message)
    this.type = type
  }
}

export interface Service {
  readonly users: Users
  readonly key: SigningKey
  readonly issuerOf: (pool: LocalPool) => string
  /** Asked before each token is made. */
  readonly trigger: TokenTrigger
  readonly mail: (to: string, subject: string, text: string) => Promise<void>
}

type Input = Readonly<Record<string, unknown>>
type Operation = (service: Service, input: Input) => Promise<Record<string, unknown>>

const text = (value: unknown): string => (typeof value === 'string' ? value : '')
const record = (value: unknown): Readonly<Record<string, string>> =>
  typeof value === 'object' && value !== null ? (value as Record<string, string>) : {}
const attributesOf = (value: unknown): Record<string, string> =>
  Array.isArray(value) ? Object.fromEntries(value.map((one: { Name: string; Value: string }) => [one.Name, one.Value])) : {}
const asList = (user: User) => [
  { Name: 'sub', Value: user.sub },
  { Name: 'email_verified', Value: String(user.status !== 'UNCONFIRMED') },
  ...Object.entries(user.attributes).map(([Name, Value]) => ({ Name, Value })),
]

/** A client with a secret must prove that it has it. */
function clientOf(input: Input, username?: string): LocalPool {
  const pool = poolByClient(input['ClientId'])
  if (!pool) throw new CognitoError('ResourceNotFoundException')
  if (username !== undefined) {
    const expected = createHmac('sha256', pool.clientSecret)
      .update(username + pool.clientId)
      .digest('base64')
    const given =
      text(input['SecretHash']) ||
      text(record(input['AuthParameters'])['SECRET_HASH']) ||
      text(record(input['ChallengeResponses'])['SECRET_HASH'])
    if (given !== expected) throw new CognitoError('NotAuthorizedException', 'SecretHash does not match for the client')
  } else if (text(input['ClientSecret']) !== pool.clientSecret)
    throw new CognitoError('NotAuthorizedException', 'Client secret does not match')
  return pool
}

function administered(service: Service, input: Input): { pool: LocalPool; user: User } {
  const pool = poolById(input['UserPoolId'])
  if (!pool) throw new CognitoError('ResourceNotFoundException')
  const user = service.users.find(pool.id, text(input['Username']))
  if (!user) throw new CognitoError('UserNotFoundException', 'User does not exist.')
  return { pool, user }
}

function mustBeStrong(password: string): void {
  if (!strongEnough(password)) throw new CognitoError('InvalidPasswordException', 'Password does not conform with policy')
}

const newCode = (): string => String(randomInt(0, 1_000_000)).padStart(6, '0')
const hour = 3_600_000

async function mailCode(service: Service, user: User, purpose: 'sign-up' | 'password'): Promise<void> {
  const value = newCode()
  service.users.put({ ...user, code: { value, purpose, expiresAt: Date.now() + (purpose === 'sign-up' ? 24 : 1) * hour } })
  const [subject, words] =
    purpose === 'sign-up'
      ? ['Your confirmation code', 'Confirm your email address with this code']
      : ['Your code for a new password', 'Set a new password with this code']
  await service.mail(
    user.attributes['email'] ?? '',
    subject,
    `${words}: ${value}\n\nIf you did not ask for it, there is nothing you need to do.\n`,
  )
}

/** Takes the code up when it is right. */
function takeCode(service: Service, user: User | undefined, code: string, purpose: 'sign-up' | 'password'): User {
  if (!user?.code || user.code.purpose !== purpose || user.code.value !== code) throw new CognitoError('CodeMismatchException')
  if (user.code.expiresAt < Date.now()) throw new CognitoError('ExpiredCodeException')
  const { code: _, ...rest } = user
  return service.users.put(rest)
}

/** The refresh token that tokens are made for, and what the asking function said of itself. */
interface Refreshing {
  readonly token: string
  readonly family: string
  readonly clientMetadata: Readonly<Record<string, string>>
}

async function tokensFor(service: Service, pool: LocalPool, user: User, refreshing?: Refreshing) {
  const { family = randomUUID(), token: used } = refreshing ?? {}
  const scope = await scopesOf(service.trigger, {
    pool,
    user,
    triggerSource: refreshing ? 'TokenGeneration_RefreshTokens' : 'TokenGeneration_Authentication',
    ...(refreshing ? { clientMetadata: refreshing.clientMetadata } : {}),
  })
  const result = await issue(service.key, service.issuerOf(pool), { pool, user, family, scope })
  const now = Date.now()
  // Used-up tokens are remembered for as long as somebody could come with them.
  const kept = Object.entries(user.refreshTokens).filter(([, token]) => now - token.issuedAt < 30 * 24 * hour)
  const refreshTokens = Object.fromEntries(
    kept.map(([token, of]) => [token, token === used ? { ...of, usedAt: of.usedAt ?? now } : of]),
  )
  service.users.put({ ...user, refreshTokens: { ...refreshTokens, [result.RefreshToken]: { family, issuedAt: now } } })
  return result
}

/** Sign-ins under way, by their thread. Like the real ones, they live for three minutes and not on disk. */
const threads = new Map<
  string,
  { readonly poolId: string; readonly sub: string; readonly next: string; readonly expiresAt: number }
>()

function challenge(user: User, next: 'NEW_PASSWORD_REQUIRED' | 'MFA_SETUP' | 'SOFTWARE_TOKEN_MFA') {
  const Session = randomBytes(32).toString('base64url')
  threads.set(Session, { poolId: user.poolId, sub: user.sub, next, expiresAt: Date.now() + 180_000 })
  return { ChallengeName: next, Session, ChallengeParameters: { USER_ID_FOR_SRP: user.sub } }
}

function threadOf(service: Service, session: unknown, ...expected: readonly string[]): User {
  const thread = threads.get(text(session))
  threads.delete(text(session))
  const user = thread && service.users.find(thread.poolId, thread.sub)
  if (!thread || !user || thread.expiresAt < Date.now() || !expected.includes(thread.next))
    throw new CognitoError('NotAuthorizedException', 'Invalid session for the user, session is expired.')
  return user
}

const secondFactor = (user: User) => challenge(user, user.totp ? 'SOFTWARE_TOKEN_MFA' : 'MFA_SETUP')

/** The step in which a code is right, or undefined. */
function totpStep(secret: string, code: string): number | undefined {
  const delta = new TOTP({ secret: Secret.fromBase32(secret) }).validate({ token: code, window: 1 })
  return delta === null ? undefined : Math.floor(Date.now() / 30_000) + delta
}

/** Whose access token this is. It opens nothing once its family was revoked. */
async function holderOf(service: Service, token: unknown): Promise<User> {
  const claims = await claimsOf(service.key, text(token))
  const user = claims && service.users.findSubject(claims.sub)
  if (!user) throw new CognitoError('NotAuthorizedException', 'Invalid Access Token')
  if (!claims.scopes.includes('aws.cognito.signin.user.admin'))
    throw new CognitoError('NotAuthorizedException', 'Access Token does not have required scopes')
  if (!Object.values(user.refreshTokens).some(({ family }) => family === claims.origin_jti))
    throw new CognitoError('NotAuthorizedException', 'Access Token has been revoked')
  return user
}

/** A secret is handed out to a sign-in under way, or to whoever is signed in. */
async function enrolling(service: Service, input: Input): Promise<User> {
  return input['AccessToken'] === undefined
    ? threadOf(service, input['Session'], 'MFA_SETUP')
    : holderOf(service, input['AccessToken'])
}

/** Cognito's operations that the panel uses, and no others. */
export const operations: Readonly<Record<string, Operation>> = {
  async DescribeUserPoolClient(_, input) {
    const pool = poolByClient(input['ClientId'])
    if (!pool || pool.id !== input['UserPoolId']) throw new CognitoError('ResourceNotFoundException')
    return { UserPoolClient: { UserPoolId: pool.id, ClientId: pool.clientId, ClientSecret: pool.clientSecret } }
  },

  async SignUp(service, input) {
    const email = text(input['Username'])
    const pool = clientOf(input, email)
    if (pool.id !== pools.customers.id)
      throw new CognitoError('NotAuthorizedException', 'SignUp is not permitted for this user pool')
    mustBeStrong(text(input['Password']))
    if (service.users.find(pool.id, email)) throw new CognitoError('UsernameExistsException', 'User already exists')
    const user = await newUser(pool.id, { ...attributesOf(input['UserAttributes']), email }, text(input['Password']), 'UNCONFIRMED')
    await mailCode(service, service.users.put(user), 'sign-up')
    return { UserConfirmed: false, UserSub: user.sub }
  },

  async ConfirmSignUp(service, input) {
    const pool = clientOf(input, text(input['Username']))
    const user = service.users.find(pool.id, text(input['Username']))
    if (user && user.status !== 'UNCONFIRMED')
      throw new CognitoError('NotAuthorizedException', 'User cannot be confirmed. Current status is CONFIRMED')
    const taken = takeCode(service, user, text(input['ConfirmationCode']), 'sign-up')
    service.users.put({ ...taken, status: 'CONFIRMED', changedAt: Date.now() })
    return {}
  },

  async ResendConfirmationCode(service, input) {
    const pool = clientOf(input, text(input['Username']))
    const user = service.users.find(pool.id, text(input['Username']))
    if (user && user.status !== 'UNCONFIRMED') throw new CognitoError('InvalidParameterException', 'User is already confirmed.')
    if (user) await mailCode(service, user, 'sign-up')
    return { CodeDeliveryDetails: { DeliveryMedium: 'EMAIL' } }
  },

  async InitiateAuth(service, input) {
    const { USERNAME = '', PASSWORD = '' } = record(input['AuthParameters'])
    const pool = clientOf(input, USERNAME)
    if (input['AuthFlow'] !== 'USER_PASSWORD_AUTH')
      throw new CognitoError('InvalidParameterException', 'Auth flow not enabled for this client')
    const user = service.users.find(pool.id, USERNAME)
    if (!(await passwordMatches(user, PASSWORD)) || !user)
      throw new CognitoError('NotAuthorizedException', 'Incorrect username or password.')
    if (user.status === 'UNCONFIRMED') throw new CognitoError('UserNotConfirmedException', 'User is not confirmed.')
    if (user.status === 'FORCE_CHANGE_PASSWORD') return challenge(user, 'NEW_PASSWORD_REQUIRED')
    if (pool.id === pools.staff.id) return secondFactor(user)
    if (user.wantsTotp && user.totp) return challenge(user, 'SOFTWARE_TOKEN_MFA')
    return { AuthenticationResult: await tokensFor(service, pool, user), ChallengeParameters: {} }
  },

  async RespondToAuthChallenge(service, input) {
    const answers = record(input['ChallengeResponses'])
    const pool = clientOf(input, text(answers['USERNAME']))
    switch (input['ChallengeName']) {
      case 'NEW_PASSWORD_REQUIRED': {
        mustBeStrong(text(answers['NEW_PASSWORD']))
        const user = threadOf(service, input['Session'], 'NEW_PASSWORD_REQUIRED')
        return secondFactor(
          service.users.put({ ...user, password: await hashed(text(answers['NEW_PASSWORD'])), status: 'CONFIRMED' }),
        )
      }
      case 'SOFTWARE_TOKEN_MFA': {
        const session = text(input['Session'])
        const thread = threads.get(session)
        const user = threadOf(service, session, 'SOFTWARE_TOKEN_MFA')
        const step = totpStep(user.totp?.secret ?? '', text(answers['SOFTWARE_TOKEN_MFA_CODE']))
        if (step === undefined || !user.totp || step <= user.totp.lastStep) {
          // A wrong code does not end the sign-in: the same thread may be tried again.
          if (thread) threads.set(session, thread)
          throw step === undefined
            ? new CognitoError('CodeMismatchException', 'Invalid code received for user')
            : new CognitoError('ExpiredCodeException', 'Your software token has already been used once.')
        }
        return {
          AuthenticationResult: await tokensFor(
            service,
            pool,
            service.users.put({ ...user, totp: { ...user.totp, lastStep: step } }),
          ),
        }
      }
      case 'MFA_SETUP': {
        const user = threadOf(service, input['Session'], 'MFA_VERIFIED')
        return { AuthenticationResult: await tokensFor(service, pool, user) }
      }
      default:
        throw new CognitoError('InvalidParameterException', 'Unknown challenge')
    }
  },

  async AssociateSoftwareToken(service, input) {
    const user = await enrolling(service, input)
    const secret = new Secret({ size: 20 }).base32
    service.users.put({ ...user, pendingTotp: secret })
    return { SecretCode: secret, ...(input['Session'] === undefined ? {} : { Session: challenge(user, 'MFA_SETUP').Session }) }
  },

  async VerifySoftwareToken(service, input) {
    const session = text(input['Session'])
    const thread = threads.get(session)
    const user = await enrolling(service, input)
    const step = user.pendingTotp === undefined ? undefined : totpStep(user.pendingTotp, text(input['UserCode']))
    if (step === undefined || user.pendingTotp === undefined) {
      if (thread) threads.set(session, thread)
      throw new CognitoError('EnableSoftwareTokenMFAException', 'Code mismatch')
    }
    // A verified app takes the place of the one before.
    const { pendingTotp, ...rest } = user
    service.users.put({ ...rest, totp: { secret: pendingTotp, lastStep: step } })
    if (input['AccessToken'] !== undefined) return { Status: 'SUCCESS' }
    const next = randomBytes(32).toString('base64url')
    threads.set(next, { poolId: user.poolId, sub: user.sub, next: 'MFA_VERIFIED', expiresAt: Date.now() + 180_000 })
    return { Status: 'SUCCESS', Session: next }
  },

  async GetTokensFromRefreshToken(service, input) {
    const pool = clientOf(input)
    const token = text(input['RefreshToken'])
    const user = service.users.find(pool.id, token.split('.')[1] ?? '')
    const known = user?.refreshTokens[token]
    if (!user || !known) throw new CognitoError('NotAuthorizedException', 'Invalid Refresh Token')
    // For a minute after it was used up, a token is still taken: two tabs may have come with the same one.
    if (known.usedAt !== undefined && Date.now() - known.usedAt > 60_000)
      throw new CognitoError('RefreshTokenReuseException', 'Refresh token reuse detected')
    const refreshing = { token, family: known.family, clientMetadata: record(input['ClientMetadata']) }
    return { AuthenticationResult: await tokensFor(service, pool, user, refreshing) }
  },

  async RevokeToken(service, input) {
    const pool = clientOf(input)
    const token = text(input['Token'])
    const user = service.users.find(pool.id, token.split('.')[1] ?? '')
    const family = user?.refreshTokens[token]?.family
    if (user && family !== undefined) {
      const others = Object.entries(user.refreshTokens).filter(([, other]) => other.family !== family)
      service.users.put({ ...user, refreshTokens: Object.fromEntries(others) })
    }
    return {}
  },

  async ForgotPassword(service, input) {
    const pool = clientOf(input, text(input['Username']))
    const user = service.users.find(pool.id, text(input['Username']))
    if (user?.status === 'UNCONFIRMED')
      throw new CognitoError('InvalidParameterException', 'Cannot reset password for the user as there is no verified email')
    if (user) await mailCode(service, user, 'password')
    return { CodeDeliveryDetails: { DeliveryMedium: 'EMAIL' } }
  },

  async ConfirmForgotPassword(service, input) {
    const pool = clientOf(input, text(input['Username']))
    const password = text(input['Password'])
    mustBeStrong(password)
    const user = takeCode(
      service,
      service.users.find(pool.id, text(input['Username'])),
      text(input['ConfirmationCode']),
      'password',
    )
    // Whoever was signed in with the old password is signed out.
    service.users.put({ ...user, password: await hashed(password), refreshTokens: {}, changedAt: Date.now() })
    return {}
  },

  async AdminGetUser(service, input) {
    const { user } = administered(service, input)
    return { Username: user.sub, UserStatus: user.status, Enabled: true, UserAttributes: asList(user) }
  },

  async AdminSetUserMFAPreference(service, input) {
    const { user } = administered(service, input)
    const wanted = record(input['SoftwareTokenMfaSettings'])['Enabled'] as unknown
    if (wanted === true && !user.totp)
      throw new CognitoError('InvalidParameterException', 'User does not have delivery config set to turn on SOFTWARE_TOKEN_MFA')
    service.users.put({ ...user, wantsTotp: wanted === true })
    return {}
  },

  async AdminUpdateUserAttributes(service, input) {
    const { pool, user } = administered(service, input)
    const { email_verified, ...changed } = attributesOf(input['UserAttributes'])
    const email = changed['email']?.toLowerCase()
    if (email !== undefined) {
      // Without it the real service would mail a code and keep the former address until then.
      if (email_verified !== 'true')
        throw new CognitoError('InvalidParameterException', 'An email that is not verified is not emulated')
      const holder = service.users.find(pool.id, email)
      if (holder && holder.sub !== user.sub)
        throw new CognitoError('AliasExistsException', 'An account with the given email already exists.')
    }
    const attributes = { ...user.attributes, ...changed, ...(email === undefined ? {} : { email }) }
    service.users.put({ ...user, attributes, changedAt: Date.now() })
    return {}
  },

  async AdminSetUserPassword(service, input) {
    const { user } = administered(service, input)
    mustBeStrong(text(input['Password']))
    service.users.put({ ...user, password: await hashed(text(input['Password'])), changedAt: Date.now() })
    return {}
  },

  async AdminDeleteSoftwareToken(service, input) {
    const { totp, pendingTotp: _, wantsTotp: __, ...user } = administered(service, input).user
    if (!totp) throw new CognitoError('SoftwareTokenMFANotFoundException', 'The user has no software token')
    service.users.put(user)
    return {}
  },

  async AdminDeleteUser(service, input) {
    service.users.remove(administered(service, input).user)
    return {}
  },

  async AdminCreateUser(service, input) {
    const pool = poolById(input['UserPoolId'])
    if (!pool) throw new CognitoError('ResourceNotFoundException')
    const email = text(input['Username'])
    if (service.users.find(pool.id, email)) throw new CognitoError('UsernameExistsException', 'User account already exists')
    const password = text(input['TemporaryPassword']) || `${randomBytes(9).toString('base64url')}1a`
    const user = service.users.put(
      await newUser(pool.id, { ...attributesOf(input['UserAttributes']), email }, password, 'FORCE_CHANGE_PASSWORD'),
    )
    if (input['MessageAction'] !== 'SUPPRESS')
      await service.mail(
        email,
        'Your account for the console',
        `You were added to the console. Sign in with this email and the password ${password}\n`,
      )
    return { User: { Username: user.sub, UserStatus: user.status, Attributes: asList(user) } }
  },

  async ListUsers(service, input) {
    const email = /^email = "(.*)"$/.exec(text(input['Filter']))?.[1]?.replaceAll(/\\(["\\])/g, '$1')
    const after = input['PaginationToken'] === undefined ? undefined : placeOf(text(input['PaginationToken']))
    const found = [...service.users.all()]
      .filter((user) => user.poolId === input['UserPoolId'] && (email === undefined || user.attributes['email'] === email))
      .toSorted((one, other) => (one.sub < other.sub ? -1 : 1))
      .filter(({ sub }) => after === undefined || sub > after)
    const page = found.slice(0, Number(input['Limit'] ?? 60))
    const last = page.at(-1)
    const wanted = input['AttributesToGet']
    return {
      Users: page.map((user) => ({
        Username: user.sub,
        UserStatus: user.status,
        Attributes: asList(user).filter(({ Name }) => !Array.isArray(wanted) || wanted.includes(Name)),
        UserCreateDate: user.createdAt / 1000,
        UserLastModifiedDate: (user.changedAt ?? user.createdAt) / 1000,
      })),
      ...(last && found.length > page.length ? { PaginationToken: Buffer.from(`after ${last.sub}`).toString('base64url') } : {}),
    }
  },
}

/** The last one that was told of, from a place in the list. */
function placeOf(token: string): string {
  const last = /^after (.+)$/.exec(Buffer.from(token, 'base64url').toString())?.[1]
  if (last === undefined) throw new CognitoError('InvalidParameterException', 'Invalid pagination token')
  return last
}
