import { Duration, RemovalPolicy } from 'aws-cdk-lib'
import {
  AccountRecovery,
  ClientAttributes,
  FeaturePlan,
  Mfa,
  StringAttribute,
  UserPool,
  type UserPoolClient,
  UserPoolClientIdentityProvider,
  UserPoolEmail,
  type UserPoolProps,
  VerificationEmailStyle,
} from 'aws-cdk-lib/aws-cognito'
import type { Construct } from 'constructs'
import { accessMinutes } from '../../core/identity/cookies.ts'
import { periods } from '../../core/privacy/periods.ts'
import { acceptPool } from '../nag.ts'
import type { Settings } from '../settings.ts'

/** Where identities of one kind are kept, and the client by whose secret the panel speaks for them. */
export interface Pool {
  readonly pool: UserPool
  readonly client: UserPoolClient
}

/** Lasts as long as the cookie of a sign-in under way. */
const stepMinutes = 3

/** Whoever has an email address can have an account. */
export function customersPool(scope: Construct, { panelName, mail }: Settings): Pool {
  const pool = new UserPool(scope, 'Customers', {
    ...common(mail),
    selfSignUpEnabled: true,
    customAttributes: {
      // What was accepted at sign-up is written once.
      terms: new StringAttribute({ maxLen: 64, mutable: false }),
      ticket: new StringAttribute({ maxLen: 64, mutable: true }),
    },
    userVerification: {
      emailStyle: VerificationEmailStyle.CODE,
      emailSubject: `Your code for ${panelName}`,
      emailBody: `Your code for ${panelName} is {####}. If you did not ask for it, you need do nothing.`,
    },
    // Whoever wants it turns it on; it is then asked for at every sign-in.
    mfa: Mfa.OPTIONAL,
    mfaSecondFactor: { otp: true, sms: false },
  })
  acceptPool(pool, 'customers')
  const attributes = new ClientAttributes().withStandardAttributes({ email: true, fullname: true })
  return {
    pool,
    client: client(
      pool,
      attributes.withStandardAttributes({ emailVerified: true }).withCustomAttributes('terms'),
      attributes.withCustomAttributes('terms', 'ticket'),
    ),
  }
}

/** Staff are invited, and have a second factor or do not get in. */
export function staffPool(scope: Construct, { panelName, mail }: Settings): Pool {
  const pool = new UserPool(scope, 'Staff', {
    ...common(mail),
    selfSignUpEnabled: false,
    userInvitation: {
      emailSubject: `You are invited to the console of ${panelName}`,
      emailBody: `Sign in to the console of ${panelName} as {username} with the password {####} within three days.`,
    },
    mfa: Mfa.REQUIRED,
    mfaSecondFactor: { otp: true, sms: false },
  })
  acceptPool(pool, 'staff')
  const attributes = new ClientAttributes().withStandardAttributes({ email: true })
  return { pool, client: client(pool, attributes.withStandardAttributes({ fullname: true, emailVerified: true }), attributes) }
}

const common = (mail: Settings['mail']): UserPoolProps => ({
  signInAliases: { email: true },
  signInCaseSensitive: false,
  autoVerify: { email: true },
  // A new address counts when it is confirmed, and not before.
  keepOriginal: { email: true },
  standardAttributes: { email: { required: true, mutable: true } },
  // What core/identity/password.ts asks for, as far as Cognito can say it.
  passwordPolicy: {
    minLength: 10,
    requireLowercase: true,
    requireDigits: true,
    requireUppercase: false,
    requireSymbols: false,
    tempPasswordValidity: Duration.days(3),
  },
  accountRecovery: AccountRecovery.EMAIL_ONLY,
  featurePlan: FeaturePlan.ESSENTIALS,
  email: mail?.verified
    ? UserPoolEmail.withSES({
        fromEmail: mail.from,
        ...(mail.identity === 'domain' ? { sesVerifiedDomain: mail.from.slice(mail.from.indexOf('@') + 1) } : {}),
      })
    : UserPoolEmail.withCognito(),
  deletionProtection: true,
  removalPolicy: RemovalPolicy.RETAIN,
})

function client(pool: UserPool, readAttributes: ClientAttributes, writeAttributes: ClientAttributes): UserPoolClient {
  const made = pool.addClient('Panel', {
    // Only the panel's own functions have it: a stolen client id alone signs nobody in.
    generateSecret: true,
    authFlows: { userPassword: true },
    authSessionValidity: Duration.minutes(stepMinutes),
    accessTokenValidity: Duration.minutes(accessMinutes),
    idTokenValidity: Duration.minutes(accessMinutes),
    refreshTokenValidity: Duration.days(periods.sessionDays),
    refreshTokenRotationGracePeriod: Duration.seconds(60),
    enableTokenRevocation: true,
    preventUserExistenceErrors: true,
    disableOAuth: true,
    supportedIdentityProviders: [UserPoolClientIdentityProvider.COGNITO],
    readAttributes,
    writeAttributes,
  })
  made.applyRemovalPolicy(RemovalPolicy.RETAIN)
  return made
}
