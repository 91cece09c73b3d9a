import middy from '@middy/core'
import type { Context } from 'aws-lambda'
import * as z from 'zod/mini'
import type { Opened, Who } from '../../core/need.ts'
import { Refusal } from '../../core/refusals.ts'
import type { Uses } from './endpoint.ts'
import { logFault, logOutcome } from './log.ts'
import { opened } from './opened.ts'

/** Decides for a gateway whether a presented key may pass, and which metered key it counts against. */
export interface Authorizer<U extends Uses = Uses> {
  readonly name: `reseller.${string}`
  readonly summary: string
  readonly who: Who<unknown>
  readonly uses: U
  /** Undefined to turn the request away. */
  readonly run: (call: {
    presented: string
    /** Where it came from, as the edge saw it. */
    address: string
    uses: Opened<U>
    now: Date
  }) => Promise<Passed | undefined>
}

interface Passed {
  readonly principal: string
  /** What the gateway meters by. */
  readonly usageKey: string
  /** Handed on to the endpoint. */
  readonly context: Readonly<Record<string, string>>
}

export const authorizer = <U extends Uses>(definition: Authorizer<U>): Authorizer<U> => definition

const requestEvent = z.object({
  methodArn: z.string(),
  headers: z._default(z.nullable(z.record(z.string(), z.string())), {}),
  requestContext: z._default(z.object({ requestId: z._default(z.string(), 'unnamed') }), { requestId: 'unnamed' }),
})

export type AuthorizeHandler = (event: unknown, context: Context) => Promise<unknown>

/** Turns an authorizer into a Lambda handler of API Gateway's REST form. Whatever goes wrong, nobody passes by it. */
export function authorize<U extends Uses>(definition: Authorizer<U>): AuthorizeHandler {
  const uses = opened(definition.uses)
  const door = opened({ who: definition.who })
  const handler = middy().handler(async (event: unknown) => {
    const began = performance.now()
    const { methodArn, headers, requestContext } = requestEvent.parse(event)
    const given = new Map(Object.entries(headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]))
    const now = new Date()
    const line = () => ({
      operation: definition.name,
      reference: requestContext.requestId,
      milliseconds: Math.round(performance.now() - began),
    })
    try {
      await door().who.admit({ edgeSecret: given.get('x-panel-edge'), claims: undefined, now })
      const [presented, address] = [given.get('x-api-key') ?? '', given.get('x-viewer-address') ?? '']
      const passed = await definition.run({ presented, address, uses: uses(), now })
      logOutcome({ ...line(), outcome: passed ? 'done' : 'refused' })
      return policy(methodArn, passed)
    } catch (error) {
      if (error instanceof Refusal) logOutcome({ ...line(), outcome: 'refused', code: error.code })
      else logFault({ ...line(), outcome: 'fault' }, error)
      return policy(methodArn, undefined)
    }
  })
  return (event, context) => handler(event, context)
}

const policy = (methodArn: string, passed: Passed | undefined) => ({
  principalId: passed?.principal ?? 'nobody',
  policyDocument: {
    Version: '2012-10-17',
    Statement: [{ Action: 'execute-api:Invoke', Effect: passed ? 'Allow' : 'Deny', Resource: methodArn }],
  },
  ...(passed ? { usageIdentifierKey: passed.usageKey, context: passed.context } : {}),
})
