import {
  AdminDeleteUserCommand,
  AdminGetUserCommand,
  type AdminGetUserCommandOutput,
  ConfirmSignUpCommand,
  InitiateAuthCommand,
  InvalidPasswordException,
  ListUsersCommand,
  PasswordResetRequiredException,
  SignUpCommand,
  UserNotConfirmedException,
  UserNotFoundException,
  UsernameExistsException,
} from '@aws-sdk/client-cognito-identity-provider'
import { type CustomerId, customerId } from '../../core/ids.ts'
import type { Need } from '../../core/need.ts'
import { Refusal } from '../../core/refusals.ts'
import { busy, isWrong, taken } from './errors.ts'
import { cognito, customersPool, secretHash } from './pool.ts'
import { genuine, isWrongCode, respond, type Step, sealed } from './step.ts'
import { readTokens, type Tokens } from './tokens.ts'

export interface SignUp {
  readonly email: string
  readonly password: string
  readonly fullName: string
  /** The accepted version of the terms and when: `version@time`. */
  readonly terms: string
  /** Binds the code that is mailed to the browser that asked for it. */
  readonly ticket: string
}

interface SignUpCustomers {
  /**
   * Makes an unconfirmed account and has a code mailed. An unconfirmed account of the same email gives way: whoever made
   * it never proved that the email is theirs. Answers the customer who has the email already, if one does.
   */
  signUp(wanted: SignUp): Promise<CustomerId | undefined>
}

export const signUpCustomers = {
  allow: [{ on: 'pool', pool: 'customers', actions: ['DescribeUserPoolClient', 'AdminGetUser', 'AdminDeleteUser'] }],
  open: () => ({
    async signUp(wanted) {
      if (await tryToSignUp(wanted)) return undefined
      const existing = await find(wanted.email)
      if (existing && existing.UserStatus !== 'UNCONFIRMED') return customerId(attribute(existing, 'sub') ?? '')
      if (existing) await remove(wanted.email)
      // Lost the race against another sign-up with the same email: that one's code is on its way.
      await tryToSignUp(wanted)
      return undefined
    },
  }),
} satisfies Need<SignUpCustomers>

/** An unconfirmed account gives way. */
export async function remove(email: string): Promise<void> {
  try {
    await cognito().send(new AdminDeleteUserCommand({ UserPoolId: customersPool().poolId, Username: email }))
  } catch (error) {
    // Another sign-up with the same email was faster.
    if (!(error instanceof UserNotFoundException)) throw busy(error)
  }
}

async function tryToSignUp({ email, password, fullName, terms, ticket }: SignUp): Promise<boolean> {
  const pool = customersPool()
  try {
    await cognito().send(
      new SignUpCommand({
        ClientId: pool.clientId,
        SecretHash: await secretHash(pool, email),
        Username: email,
        Password: password,
        UserAttributes: [
          { Name: 'email', Value: email },
          { Name: 'name', Value: fullName },
          { Name: 'custom:terms', Value: terms },
          { Name: 'custom:ticket', Value: ticket },
        ],
      }),
    )
    return true
  } catch (error) {
    if (error instanceof UsernameExistsException) return false
    if (error instanceof InvalidPasswordException) throw new Refusal('password-too-weak')
    throw busy(error)
  }
}

interface ConfirmCustomers {
  /** True when the code is the one that was mailed for this ticket. */
  confirm(email: string, code: string, ticket: string): Promise<boolean>
}

export const confirmCustomers = {
  allow: [{ on: 'pool', pool: 'customers', actions: ['DescribeUserPoolClient', 'AdminGetUser'] }],
  open: () => ({
    async confirm(email, code, ticket) {
      const pending = await find(email)
      if (!pending || attribute(pending, 'custom:ticket') !== ticket) return false
      const pool = customersPool()
      return taken(async () => {
        await cognito().send(
          new ConfirmSignUpCommand({
            ClientId: pool.clientId,
            SecretHash: await secretHash(pool, email),
            Username: email,
            ConfirmationCode: code,
          }),
        )
      })
    },
  }),
} satisfies Need<ConfirmCustomers>

/** A sign-in that wants a code of the authenticator app too. */
export type CustomerStep = Step<'totp'>

interface SignInCustomers {
  /**
   * Tokens, or the step to a second factor. Undefined when the email, the password or the pair of them is wrong, or the email
   * is not confirmed.
   */
  begin(email: string, password: string): Promise<{ readonly tokens: Tokens } | { readonly step: CustomerStep } | undefined>
  /** The step as it was given out; refuses one that was written by anybody else. */
  genuine(step: CustomerStep): Promise<CustomerStep>
  /** Tokens for the right code; undefined for a wrong one. */
  finish(step: CustomerStep, code: string): Promise<Tokens | undefined>
}

export const useClient = [{ on: 'pool', pool: 'customers', actions: ['DescribeUserPoolClient'] }] as const

export const signInCustomers = {
  allow: useClient,
  open: () => ({
    async begin(email, password) {
      const pool = customersPool()
      try {
        const { AuthenticationResult, ChallengeName, ChallengeParameters, Session } = await cognito().send(
          new InitiateAuthCommand({
            ClientId: pool.clientId,
            AuthFlow: 'USER_PASSWORD_AUTH',
            AuthParameters: { USERNAME: email, PASSWORD: password, SECRET_HASH: await secretHash(pool, email) },
          }),
        )
        if (ChallengeName === undefined) return { tokens: readTokens(AuthenticationResult) }
        if (ChallengeName !== 'SOFTWARE_TOKEN_MFA') throw new Error(`the user pool asks a customer for ${ChallengeName}`)
        const username = ChallengeParameters?.['USER_ID_FOR_SRP'] ?? email
        return { step: await sealed(pool, { next: 'totp' as const, thread: Session ?? '', username }) }
      } catch (error) {
        if (isWrong(error) || error instanceof UserNotConfirmedException || error instanceof PasswordResetRequiredException)
          return undefined
        throw busy(error)
      }
    },
    genuine: (step) => genuine(customersPool(), step),
    async finish(step, code) {
      try {
        const answer = await respond(customersPool(), step, 'SOFTWARE_TOKEN_MFA', { SOFTWARE_TOKEN_MFA_CODE: code })
        return readTokens(answer.AuthenticationResult)
      } catch (error) {
        if (isWrongCode(error)) return undefined
        throw busy(error)
      }
    },
  }),
} satisfies Need<SignInCustomers>

interface FindCustomers {
  /** The customer with this email, confirmed or not. */
  byEmail(email: string): Promise<CustomerId | undefined>
}

/** Emails are looked up where identities are kept: no index of the panel's table holds one. */
export const findCustomers = {
  allow: [{ on: 'pool', pool: 'customers', actions: ['ListUsers'] }],
  open: () => ({
    async byEmail(email) {
      const { Users = [] } = await cognito().send(
        new ListUsersCommand({
          UserPoolId: customersPool().poolId,
          Filter: `email = "${email.replaceAll(/["\\]/g, '\\$&')}"`,
          Limit: 1,
        }),
      )
      const subject = Users[0]?.Attributes?.find(({ Name }) => Name === 'sub')?.Value
      return subject === undefined ? undefined : customerId(subject)
    },
  }),
} satisfies Need<FindCustomers>

export async function find(email: string): Promise<AdminGetUserCommandOutput | undefined> {
  try {
    return await cognito().send(new AdminGetUserCommand({ UserPoolId: customersPool().poolId, Username: email }))
  } catch (error) {
    if (error instanceof UserNotFoundException) return undefined
    throw busy(error)
  }
}

export const attribute = (user: AdminGetUserCommandOutput, name: string): string | undefined =>
  user.UserAttributes?.find(({ Name }) => Name === name)?.Value
