import { AdminCreateUserCommand, CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider'
import { staffId } from '../core/ids.ts'
import { addFirstOwner } from '../data/staff.ts'

/**
 * The first owner, whom no other owner can invite. With a password the pool sends no mail; without, it mails one. Uses
 * the credentials, the pool and the table of the environment.
 */
export async function makeOwner(email: string, password?: string): Promise<void> {
  const { User } = await new CognitoIdentityProviderClient({}).send(
    new AdminCreateUserCommand({
      UserPoolId: process.env['STAFF_POOL_ID'],
      Username: email,
      ...(password === undefined
        ? { DesiredDeliveryMediums: ['EMAIL'] }
        : { TemporaryPassword: password, MessageAction: 'SUPPRESS' }),
      UserAttributes: [
        { Name: 'email', Value: email },
        { Name: 'email_verified', Value: 'true' },
      ],
    }),
  )
  const subject = User?.Attributes?.find(({ Name }) => Name === 'sub')?.Value
  if (subject === undefined) throw new Error('the pool made somebody without a subject')
  await addFirstOwner({ staffId: staffId(subject), email, role: 'owner', status: 'active', createdAt: new Date() })
}
