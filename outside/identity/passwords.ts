import {
  AdminSetUserPasswordCommand,
  ConfirmForgotPasswordCommand,
  ForgotPasswordCommand,
  ResendConfirmationCodeCommand,
} from '@aws-sdk/client-cognito-identity-provider'
import type { CustomerId } from '../../core/ids.ts'
import type { Need } from '../../core/need.ts'
import { useClient } from './customers.ts'
import { silently, taken } from './errors.ts'
import { cognito, customersPool, secretHash } from './pool.ts'

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

interface SetPasswords {
  /** This is the password from now on. Whoever asks has been proven to be the one he says. */
  set(customer: CustomerId, password: string): Promise<void>
}

export const setPasswords = {
  allow: [{ on: 'pool', pool: 'customers', actions: ['AdminSetUserPassword'] }],
  open: () => ({
    async set(customer, password) {
      const set = new AdminSetUserPasswordCommand({
        UserPoolId: customersPool().poolId,
        Username: customer,
        Password: password,
        Permanent: true,
      })
      const isTaken = await taken(async () => {
        await cognito().send(set)
      })
      if (!isTaken) throw new Error('the user pool does not know somebody whose password was right just now')
    },
  }),
} satisfies Need<SetPasswords>
