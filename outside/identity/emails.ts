import { createHmac, timingSafeEqual } from 'node:crypto'
import { AdminUpdateUserAttributesCommand, AliasExistsException } from '@aws-sdk/client-cognito-identity-provider'
import { type CustomerId, customerId } from '../../core/ids.ts'
import type { Need } from '../../core/need.ts'
import { iso } from '../../core/time.ts'
import { attribute, find, remove, useClient } from './customers.ts'
import { busy } from './errors.ts'
import { cognito, customersPool } from './pool.ts'

/** What a code is mailed for: this account, this address, this wish. */
interface Wish {
  readonly customerId: CustomerId
  readonly to: string
  readonly at: Date
}

interface EmailCodes {
  of(wish: Wish): Promise<string>
  isRight(wish: Wish, code: string): Promise<boolean>
}

/**
 * Codes to a new address, six digits. They follow from the wish and the client's secret, which nobody outside has: none is
 * stored or queued, the mail alone holds it, and a mail that is sent twice says the same.
 */
export const emailCodes = {
  allow: useClient,
  open: () => ({
    of: codeOf,
    async isRight(wish, code) {
      const [expected, given] = [Buffer.from(await codeOf(wish)), Buffer.from(code)]
      return expected.length === given.length && timingSafeEqual(expected, given)
    },
  }),
} satisfies Need<EmailCodes>

async function codeOf({ customerId, to, at }: Wish): Promise<string> {
  const digest = createHmac('sha256', await customersPool().secret())
    .update(JSON.stringify(['email', customerId, to, iso(at)]))
    .digest()
  return String(digest.readUIntBE(0, 6) % 1_000_000).padStart(6, '0')
}

interface EmailHolders {
  /** The customer whose confirmed email this is. */
  of(email: string): Promise<CustomerId | undefined>
}

export const emailHolders = {
  allow: [{ on: 'pool', pool: 'customers', actions: ['AdminGetUser'] }],
  open: () => ({
    async of(email) {
      const holder = await find(email)
      return holder && holder.UserStatus !== 'UNCONFIRMED' ? customerId(attribute(holder, 'sub') ?? '') : undefined
    },
  }),
} satisfies Need<EmailHolders>

interface ChangeEmails {
  /**
   * The account has this email from now on, and signs in with it. False when it is somebody else's; an unconfirmed account
   * gives way, as it does to a sign-up.
   */
  change(customer: CustomerId, email: string): Promise<boolean>
}

export const changeEmails = {
  allow: [{ on: 'pool', pool: 'customers', actions: ['AdminUpdateUserAttributes', 'AdminGetUser', 'AdminDeleteUser'] }],
  open: () => ({
    async change(customer, email) {
      if (await tryToChange(customer, email)) return true
      const holder = await find(email)
      if (holder?.UserStatus !== 'UNCONFIRMED') return false
      await remove(email)
      return tryToChange(customer, email)
    },
  }),
} satisfies Need<ChangeEmails>

async function tryToChange(customer: CustomerId, email: string): Promise<boolean> {
  try {
    await cognito().send(
      new AdminUpdateUserAttributesCommand({
        UserPoolId: customersPool().poolId,
        Username: customer,
        UserAttributes: [
          { Name: 'email', Value: email },
          // The panel mailed the code itself; without this the pool would mail another.
          { Name: 'email_verified', Value: 'true' },
        ],
      }),
    )
    return true
  } catch (error) {
    if (error instanceof AliasExistsException) return false
    throw busy(error)
  }
}
