import {
  AdminSetUserPasswordCommand,
  ConfirmForgotPasswordCommand,
  ForgotPasswordCommand,
  ResendConfirmationCodeCommand,
} from '@aws-sdk/client-cognito-identity-provider'
import type { Need } from '../../core/need.ts'
import { signInCustomers, useClient } from './customers.ts'
import { silently, taken } from './errors.ts'
import { cognito, customersPool, secretHash } from './pool.ts'
import { refreshCustomers } from './refresh.ts'

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

interface ProvePasswords {
  /** True when this is the password of that account. */
  proves(email: string, password: string): Promise<boolean>
}

/** Asks for the password of somebody who is signed in, before what a stolen session alone must not do. */
export const provePasswords = {
  allow: useClient,
  open: () => ({
    async proves(email, password) {
      const begun = await signInCustomers.open().begin(email, password)
      // That sign-in was for asking alone. Where a second factor is asked for next, the password was right.
      if (begun && 'tokens' in begun) await refreshCustomers.open().revoke(begun.tokens.refresh)
      return begun !== undefined
    },
  }),
} satisfies Need<ProvePasswords>

interface ChangePasswords {
  /** True when `current` is the password: the other one is, from now on. */
  change(email: string, current: string, wanted: string): Promise<boolean>
}

export const changePasswords = {
  allow: [{ on: 'pool', pool: 'customers', actions: ['DescribeUserPoolClient', 'AdminSetUserPassword'] }],
  open: () => ({
    async change(email, current, wanted) {
      if (!(await provePasswords.open().proves(email, current))) return false
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
