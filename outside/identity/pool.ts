import { createHmac } from 'node:crypto'
import { CognitoIdentityProviderClient, DescribeUserPoolClientCommand } from '@aws-sdk/client-cognito-identity-provider'

/** One of the two user pools, as the environment names it. */
export interface Pool {
  readonly poolId: string
  readonly clientId: string
  /** The client's secret: asked for once an instance, and kept nowhere. */
  readonly secret: () => Promise<string>
}

let client: CognitoIdentityProviderClient | undefined
export const cognito = (): CognitoIdentityProviderClient => {
  client ??= new CognitoIdentityProviderClient({})
  return client
}

const open = (poolVariable: string, clientVariable: string): (() => Pool) => {
  let pool: Pool | undefined
  return () => {
    pool ??= describe(process.env[poolVariable] ?? '', process.env[clientVariable] ?? '')
    return pool
  }
}

export const customersPool = open('CUSTOMERS_POOL_ID', 'CUSTOMERS_CLIENT_ID')
export const staffPool = open('STAFF_POOL_ID', 'STAFF_CLIENT_ID')

function describe(poolId: string, clientId: string): Pool {
  let asking: Promise<string> | undefined
  const ask = async (): Promise<string> => {
    const { UserPoolClient } = await cognito().send(new DescribeUserPoolClientCommand({ UserPoolId: poolId, ClientId: clientId }))
    if (!UserPoolClient?.ClientSecret) throw new Error('the user pool client has no secret')
    return UserPoolClient.ClientSecret
  }
  return {
    poolId,
    clientId,
    secret: () => {
      asking ??= ask().catch((error: unknown) => {
        asking = undefined
        throw error
      })
      return asking
    },
  }
}

/** Proves to the pool that the panel asks, and not somebody who only knows the client's id. */
export const secretHash = async (pool: Pool, username: string): Promise<string> =>
  createHmac('sha256', await pool.secret())
    .update(username + pool.clientId)
    .digest('base64')
