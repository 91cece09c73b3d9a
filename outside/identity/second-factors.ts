import {
  AdminDeleteSoftwareTokenCommand,
  AdminSetUserMFAPreferenceCommand,
  AssociateSoftwareTokenCommand,
  SoftwareTokenMFANotFoundException,
  VerifySoftwareTokenCommand,
} from '@aws-sdk/client-cognito-identity-provider'
import type { CustomerId } from '../../core/ids.ts'
import type { Need } from '../../core/need.ts'
import { Refusal } from '../../core/refusals.ts'
import { signInCustomers, useClient } from './customers.ts'
import { busy } from './errors.ts'
import { cognito, customersPool } from './pool.ts'
import { refreshCustomers } from './refresh.ts'
import { isWrongCode } from './step.ts'
import type { Tokens } from './tokens.ts'

interface HandOutSecrets {
  /** A secret for the authenticator app, base32. Refuses a wrong password, and where one is on already. */
  secret(email: string, password: string): Promise<string>
}

/**
 * The password is asked for each time: a session that was left open is not enough to lock its owner out, and the access token
 * that the pool wants for this comes from it.
 */
export const handOutSecrets = {
  allow: useClient,
  open: () => ({
    async secret(email, password) {
      return signedIn(email, password, async ({ access }) => {
        const { SecretCode } = await cognito().send(new AssociateSoftwareTokenCommand({ AccessToken: access }))
        if (!SecretCode) throw new Error('the user pool gave no secret to enrol')
        return SecretCode
      })
    },
  }),
} satisfies Need<HandOutSecrets>

interface TurnOnSecondFactors {
  /** Asked for at every sign-in from now on, if the code is the app's. Refuses as above. */
  turnOn(customer: CustomerId, email: string, password: string, code: string): Promise<boolean>
}

export const turnOnSecondFactors = {
  allow: [{ on: 'pool', pool: 'customers', actions: ['DescribeUserPoolClient', 'AdminSetUserMFAPreference'] }],
  open: () => ({
    async turnOn(customer, email, password, code) {
      return signedIn(email, password, async ({ access }) => {
        if (!(await isRight(access, code))) return false
        await cognito().send(
          new AdminSetUserMFAPreferenceCommand({
            UserPoolId: customersPool().poolId,
            Username: customer,
            SoftwareTokenMfaSettings: { Enabled: true, PreferredMfa: true },
          }),
        )
        return true
      })
    },
  }),
} satisfies Need<TurnOnSecondFactors>

async function isRight(access: string, code: string): Promise<boolean> {
  try {
    const { Status } = await cognito().send(new VerifySoftwareTokenCommand({ AccessToken: access, UserCode: code }))
    return Status === 'SUCCESS'
  } catch (error) {
    if (isWrongCode(error)) return false
    throw busy(error)
  }
}

/** With tokens of a sign-in that is for this alone. */
async function signedIn<T>(email: string, password: string, run: (tokens: Tokens) => Promise<T>): Promise<T> {
  const begun = await signInCustomers.open().begin(email, password)
  if (!begun) throw new Refusal('password-wrong')
  if ('step' in begun) throw new Refusal('second-factor-on')
  const own = await refreshCustomers.open().forOwnCall(begun.tokens.refresh)
  if (!own) throw new Error('the user pool took back the tokens of a sign-in that had just begun')
  try {
    return await run(own)
  } finally {
    await refreshCustomers.open().revoke(own.refresh)
  }
}

interface ProveSecondFactors {
  /**
   * Whether the password is right, and the code is the app's: `missing` where none was given and the pool asks for one, `off` where
   * it asks for none. Refuses a wrong password.
   */
  prove(email: string, password: string, code: string | undefined): Promise<'right' | 'wrong' | 'missing' | 'off'>
}

export const proveSecondFactors = {
  allow: useClient,
  open: () => ({
    async prove(email, password, code) {
      const identity = signInCustomers.open()
      const begun = await identity.begin(email, password)
      if (!begun) throw new Refusal('password-wrong')
      // That sign-in was for asking alone.
      if ('tokens' in begun) {
        await refreshCustomers.open().revoke(begun.tokens.refresh)
        return 'off'
      }
      if (code === undefined) return 'missing'
      const tokens = await identity.finish(begun.step, code)
      if (tokens) await refreshCustomers.open().revoke(tokens.refresh)
      return tokens ? 'right' : 'wrong'
    },
  }),
} satisfies Need<ProveSecondFactors>

interface DropSecondFactors {
  /** The pool forgets the app: the password alone signs in, until another is set up. */
  drop(customer: CustomerId): Promise<void>
}

export const dropSecondFactors = {
  allow: [{ on: 'pool', pool: 'customers', actions: ['AdminDeleteSoftwareToken'] }],
  open: () => ({
    async drop(customer) {
      try {
        await cognito().send(new AdminDeleteSoftwareTokenCommand({ UserPoolId: customersPool().poolId, Username: customer }))
      } catch (error) {
        // There was none: a dropping that stopped half way comes by here again.
        if (!(error instanceof SoftwareTokenMFANotFoundException)) throw busy(error)
      }
    },
  }),
} satisfies Need<DropSecondFactors>
