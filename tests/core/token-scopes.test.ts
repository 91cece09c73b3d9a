import type { Context } from 'aws-lambda'
import { describe, expect, test } from 'vitest'
import { handler } from '../../functions/identity/narrow-tokens.ts'

/** As Cognito sends it: form 2.0. */
const event = (request: object) => ({
  version: '2',
  triggerSource: 'TokenGeneration_RefreshTokens',
  region: 'eu-west-1',
  userPoolId: 'eu-west-1_aBcDeFgHi',
  userName: 'b1f5…',
  callerContext: { awsSdkVersion: 'aws-sdk-unknown-unknown', clientId: 'client' },
  request: {
    userAttributes: { sub: 'b1f5…', email: 'casey@customer.test' },
    groupConfiguration: { groupsToOverride: [], iamRolesToOverride: [], preferredRole: null },
    scopes: ['aws.cognito.signin.user.admin'],
    ...request,
  },
  response: { claimsAndScopeOverrideDetails: null },
})
const answer = (asked: object) => handler(event(asked), {} as Context)
const narrow = { scopesToAdd: ['panel/session'], scopesToSuppress: ['aws.cognito.signin.user.admin'] }
const given = (scopes: object) => ({
  userName: 'b1f5…',
  response: { claimsAndScopeOverrideDetails: { accessTokenGeneration: scopes } },
})

describe('an access token', () => {
  test('may not change its account at the user pool, however it was asked for', async () => {
    for (const asked of [
      {},
      { clientMetadata: undefined },
      { clientMetadata: null },
      { clientMetadata: {} },
      { clientMetadata: { purpose: 'session' } },
      { clientMetadata: { Purpose: 'own-call' } },
    ])
      expect(await answer(asked)).toMatchObject(given(narrow))
  })

  test('that the panel asked for as its own keeps that leave, and opens no route', async () => {
    expect(await answer({ clientMetadata: { purpose: 'own-call' } })).toMatchObject(
      given({ scopesToAdd: [], scopesToSuppress: [] }),
    )
  })

  test('is not made by an event that nobody knows', async () => {
    await expect(handler({ version: '1' }, {} as Context)).rejects.toThrow()
  })
})
