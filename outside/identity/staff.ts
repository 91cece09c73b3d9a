import {
  AdminCreateUserCommand,
  AssociateSoftwareTokenCommand,
  InitiateAuthCommand,
  NotAuthorizedException,
  UserNotFoundException,
  UsernameExistsException,
  VerifySoftwareTokenCommand,
} from '@aws-sdk/client-cognito-identity-provider'
import { type StaffId, staffId } from '../../core/ids.ts'
import type { Need } from '../../core/need.ts'
import { Refusal } from '../../core/refusals.ts'
import { cognito, secretHash, staffPool } from './pool.ts'
import { genuine, inTime, isWrongCode, respond, type Step, sealed } from './step.ts'
import { readTokens, type Tokens } from './tokens.ts'

export type StaffStep = Step<'new-password' | 'enrol-totp' | 'totp'>

interface SignInStaff {
  /** Undefined when the email or the password is wrong. Staff never get in by a password alone. */
  begin(email: string, password: string): Promise<StaffStep | undefined>
  /** The step as it was given out; refuses one that was written by anybody else. */
  genuine(step: StaffStep): Promise<StaffStep>
  /** The first password was somebody else's: this one is theirs. */
  newPassword(step: StaffStep, password: string): Promise<StaffStep>
  /** A secret for the authenticator app, base32. */
  enrol(step: StaffStep): Promise<{ readonly secret: string; readonly step: StaffStep }>
  /** Tokens for the right code; undefined for a wrong one. */
  finish(step: StaffStep, code: string): Promise<Tokens | undefined>
}

const useClient = [{ on: 'pool', pool: 'staff', actions: ['DescribeUserPoolClient'] }] as const

export const signInStaff = {
  allow: useClient,
  open: () => ({
    async begin(email, password) {
      const pool = staffPool()
      try {
        const reply = await cognito().send(
          new InitiateAuthCommand({
            ClientId: pool.clientId,
            AuthFlow: 'USER_PASSWORD_AUTH',
            AuthParameters: { USERNAME: email, PASSWORD: password, SECRET_HASH: await secretHash(pool, email) },
          }),
        )
        return sealed(staffPool(), stepOf(reply, email))
      } catch (error) {
        if (error instanceof NotAuthorizedException || error instanceof UserNotFoundException) return undefined
        throw error
      }
    },
    genuine: (step) => genuine(staffPool(), step),
    async newPassword(step, password) {
      return sealed(
        staffPool(),
        stepOf(await respond(staffPool(), step, 'NEW_PASSWORD_REQUIRED', { NEW_PASSWORD: password }), step.username),
      )
    },
    async enrol(step) {
      const { SecretCode, Session } = await inTime(() =>
        cognito().send(new AssociateSoftwareTokenCommand({ Session: step.thread })),
      )
      if (!SecretCode || !Session) throw new Error('the user pool gave no secret to enrol')
      return { secret: SecretCode, step: await sealed(staffPool(), { ...step, thread: Session }) }
    },
    async finish(step, code) {
      try {
        if (step.next === 'totp')
          return readTokens(
            (await respond(staffPool(), step, 'SOFTWARE_TOKEN_MFA', { SOFTWARE_TOKEN_MFA_CODE: code })).AuthenticationResult,
          )
        const verified = await cognito().send(new VerifySoftwareTokenCommand({ Session: step.thread, UserCode: code }))
        if (verified.Status !== 'SUCCESS' || !verified.Session) return undefined
        return readTokens((await respond(staffPool(), { ...step, thread: verified.Session }, 'MFA_SETUP', {})).AuthenticationResult)
      } catch (error) {
        if (isWrongCode(error)) return undefined
        if (error instanceof NotAuthorizedException) throw new Refusal('sign-in-expired')
        throw error
      }
    },
  }),
} satisfies Need<SignInStaff>

interface Challenged {
  readonly ChallengeName?: string | undefined
  readonly Session?: string | undefined
  readonly ChallengeParameters?: Readonly<Record<string, string>> | undefined
}

function stepOf({ ChallengeName, Session, ChallengeParameters }: Challenged, typed: string): Omit<StaffStep, 'seal'> {
  const thread = Session ?? ''
  const username = ChallengeParameters?.['USER_ID_FOR_SRP'] ?? typed
  switch (ChallengeName) {
    case 'NEW_PASSWORD_REQUIRED':
      return { next: 'new-password', thread, username }
    case 'MFA_SETUP':
      return { next: 'enrol-totp', thread, username }
    case 'SOFTWARE_TOKEN_MFA':
      return { next: 'totp', thread, username }
    default:
      throw new Error(`the staff pool let somebody in without a second factor, or asked for one nobody knows: ${ChallengeName}`)
  }
}

interface InviteStaff {
  /** Makes the identity and has a first password mailed. Undefined when the email is taken. */
  invite(email: string): Promise<StaffId | undefined>
}

export const inviteStaff = {
  allow: [{ on: 'pool', pool: 'staff', actions: ['AdminCreateUser'] }],
  open: () => ({
    async invite(email) {
      try {
        const { User } = await cognito().send(
          new AdminCreateUserCommand({
            UserPoolId: staffPool().poolId,
            Username: email,
            DesiredDeliveryMediums: ['EMAIL'],
            UserAttributes: [
              { Name: 'email', Value: email },
              { Name: 'email_verified', Value: 'true' },
            ],
          }),
        )
        const subject = User?.Attributes?.find(({ Name }) => Name === 'sub')?.Value
        if (subject === undefined) throw new Error('the staff pool made somebody without a subject')
        return staffId(subject)
      } catch (error) {
        if (error instanceof UsernameExistsException) return undefined
        throw error
      }
    },
  }),
} satisfies Need<InviteStaff>
