import {
  AdminDeleteUserCommand,
  AdminGetUserCommand,
  type AdminGetUserCommandOutput,
  AdminSetUserPasswordCommand,
  AliasExistsException,
  CodeMismatchException,
  ConfirmForgotPasswordCommand,
  ConfirmSignUpCommand,
  ExpiredCodeException,
  ForgotPasswordCommand,
  InitiateAuthCommand,
  InvalidParameterException,
  InvalidPasswordException,
  LimitExceededException,
  ListUsersCommand,
  NotAuthorizedException,
  PasswordResetRequiredException,
  ResendConfirmationCodeCommand,
  SignUpCommand,
  TooManyFailedAttemptsException,
  TooManyRequestsException,
  UserNotConfirmedException,
  UserNotFoundException,
  UsernameExistsException,
} from '@aws-sdk/client-cognito-identity-provider'
import { type CustomerId, customerId } from '../../core/ids.ts'
import type { Need } from '../../core/need.ts'
import { Refusal } from '../../core/refusals.ts'
import { cognito, customersPool, secretHash } from './pool.ts'
import { refreshCustomers } from './refresh.ts'
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

async function remove(email: string): Promise<void> {
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

interface SignInCustomers {
  /** Undefined when the email, the password or the pair of them is wrong, or the email is not confirmed. */
  signIn(email: string, password: string): Promise<Tokens | undefined>
}

const useClient = [{ on: 'pool', pool: 'customers', actions: ['DescribeUserPoolClient'] }] as const

export const signInCustomers = {
  allow: useClient,
  open: () => ({
    async signIn(email, password) {
      const pool = customersPool()
      try {
        const { AuthenticationResult } = await cognito().send(
          new InitiateAuthCommand({
            ClientId: pool.clientId,
            AuthFlow: 'USER_PASSWORD_AUTH',
            AuthParameters: { USERNAME: email, PASSWORD: password, SECRET_HASH: await secretHash(pool, email) },
          }),
        )
        return readTokens(AuthenticationResult)
      } catch (error) {
        if (isWrong(error) || error instanceof UserNotConfirmedException || error instanceof PasswordResetRequiredException)
          return undefined
        throw busy(error)
      }
    },
  }),
} satisfies Need<SignInCustomers>

interface MailCodes {
  /** Mails a new sign-up code to an unconfirmed account; does nothing for any other, and says nothing about it. */
  resend(email: string): Promise<void>
  /** Mails a code to set a new password with; does nothing where there is no such account, and says nothing about it. */
  forgot(email: string): Promise<void>
}

export const mailCodes = {
  allow: useClient,
  open: () => ({
    async resend(email) {
      const pool = customersPool()
      await silently(async () => {
        await cognito().send(
          new ResendConfirmationCodeCommand({
            ClientId: pool.clientId,
            SecretHash: await secretHash(pool, email),
            Username: email,
          }),
        )
      })
    },
    async forgot(email) {
      const pool = customersPool()
      await silently(async () => {
        await cognito().send(
          new ForgotPasswordCommand({ ClientId: pool.clientId, SecretHash: await secretHash(pool, email), Username: email }),
        )
      })
    },
  }),
} satisfies Need<MailCodes>

interface ResetPasswords {
  /** True when the code is the one that was mailed: the password is the new one from now on. */
  reset(email: string, code: string, password: string): Promise<boolean>
}

export const resetPasswords = {
  allow: useClient,
  open: () => ({
    async reset(email, code, password) {
      const pool = customersPool()
      return taken(async () => {
        await cognito().send(
          new ConfirmForgotPasswordCommand({
            ClientId: pool.clientId,
            SecretHash: await secretHash(pool, email),
            Username: email,
            ConfirmationCode: code,
            Password: password,
          }),
        )
      })
    },
  }),
} satisfies Need<ResetPasswords>

interface ChangePasswords {
  /** True when `current` is the password: the other one is, from now on. */
  change(email: string, current: string, wanted: string): Promise<boolean>
}

export const changePasswords = {
  allow: [{ on: 'pool', pool: 'customers', actions: ['DescribeUserPoolClient', 'AdminSetUserPassword'] }],
  open: () => ({
    async change(email, current, wanted) {
      const tokens = await signInCustomers.open().signIn(email, current)
      if (!tokens) return false
      // That sign-in was for asking alone.
      await refreshCustomers.open().revoke(tokens.refresh)
      return taken(async () => {
        await cognito().send(
          new AdminSetUserPasswordCommand({
            UserPoolId: customersPool().poolId,
            Username: email,
            Password: wanted,
            Permanent: true,
          }),
        )
      })
    },
  }),
} satisfies Need<ChangePasswords>

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

async function find(email: string): Promise<AdminGetUserCommandOutput | undefined> {
  try {
    return await cognito().send(new AdminGetUserCommand({ UserPoolId: customersPool().poolId, Username: email }))
  } catch (error) {
    if (error instanceof UserNotFoundException) return undefined
    throw busy(error)
  }
}

const attribute = (user: AdminGetUserCommandOutput, name: string): string | undefined =>
  user.UserAttributes?.find(({ Name }) => Name === name)?.Value

/** False when the code, or who it is for, is not right. */
async function taken(ask: () => Promise<void>): Promise<boolean> {
  try {
    await ask()
    return true
  } catch (error) {
    if (
      isWrong(error) ||
      error instanceof CodeMismatchException ||
      error instanceof ExpiredCodeException ||
      error instanceof AliasExistsException
    )
      return false
    if (error instanceof InvalidPasswordException) throw new Refusal('password-too-weak')
    throw busy(error)
  }
}

/** Whether the account exists must not be told by the answer. */
async function silently(ask: () => Promise<void>): Promise<void> {
  try {
    await ask()
  } catch (error) {
    if (!(isWrong(error) || error instanceof InvalidParameterException || error instanceof LimitExceededException))
      throw busy(error)
  }
}

const isWrong = (error: unknown): boolean => error instanceof NotAuthorizedException || error instanceof UserNotFoundException

const busy = (error: unknown): unknown =>
  error instanceof TooManyRequestsException ||
  error instanceof LimitExceededException ||
  error instanceof TooManyFailedAttemptsException
    ? new Refusal('too-many-requests')
    : error
