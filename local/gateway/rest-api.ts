import { type RefusalCode, refusals } from '../../core/refusals.ts'
import type { AnyEndpoint } from '../../functions/kit/endpoint.ts'
import type { Functions } from '../functions/pool.ts'
import { bodyOf, type Incoming, type Outgoing, readAnswer } from './incoming.ts'
import { match, route } from './routes.ts'

interface Options {
  readonly endpoints: readonly AnyEndpoint[]
  readonly authorizer: string
  /** Whether the gateway holds a metered key with this value. */
  readonly metered: (value: string) => boolean
  readonly functions: Functions
}

/** What the usage plan allows a key: requests a second, and how many may come at once. */
const plan = { ratePerSecond: 20, burst: 40 }

/** The reseller REST API: a Lambda authorizer names the metered key, the usage plan throttles it; events of form 1.0. */
export function restApi({ endpoints, authorizer, metered, functions }: Options): (request: Incoming) => Promise<Outgoing> {
  const routes = endpoints.map((endpoint) => route(endpoint.route, endpoint.name))
  const buckets = new Map<string, { tokens: number; at: number }>()

  const takes = (key: string): boolean => {
    const now = Date.now()
    const bucket = buckets.get(key) ?? { tokens: plan.burst, at: now }
    const tokens = Math.min(plan.burst, bucket.tokens + ((now - bucket.at) / 1000) * plan.ratePerSecond)
    buckets.set(key, { tokens: tokens >= 1 ? tokens - 1 : tokens, at: now })
    return tokens >= 1
  }

  return async (request) => {
    const found = match(routes, request)
    if (!found) return says('not-found', request)
    if (!request.headers['x-api-key']) return says('key-invalid', request)
    const methodArn = `arn:aws:execute-api:us-east-1:000000000000:local/prod/${request.method}${request.path}`
    const verdict = (await functions.invoke(authorizer, {
      type: 'REQUEST',
      methodArn,
      headers: request.headers,
      requestContext: { requestId: request.requestId },
    })) as Verdict
    if (verdict.policyDocument.Statement[0]?.Effect !== 'Allow') return says('key-invalid', request)
    const usageKey = verdict.usageIdentifierKey ?? ''
    if (!metered(usageKey)) return says('key-invalid', request)
    if (!takes(usageKey)) return says('too-many-requests', request)
    return readAnswer(await functions.invoke(found.route.target, event(request, found.path, verdict)), request.requestId)
  }
}

interface Verdict {
  readonly policyDocument: { readonly Statement: readonly { readonly Effect: string }[] }
  readonly usageIdentifierKey?: string
  readonly context?: Readonly<Record<string, string>>
}

/** A REST API can shape what it says itself: the panel's own vocabulary. */
function says(code: RefusalCode, { requestId }: Incoming): Outgoing {
  const { status, says: message } = refusals[code]
  return {
    status,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ error: { code, message, reference: requestId } }),
  }
}

function event(request: Incoming, pathParameters: Readonly<Record<string, string>>, verdict: Verdict) {
  const query = new URLSearchParams(request.query)
  return {
    httpMethod: request.method,
    path: request.path,
    headers: request.headers,
    multiValueQueryStringParameters: Object.fromEntries([...query.keys()].map((name) => [name, query.getAll(name)])),
    pathParameters,
    ...bodyOf(request),
    requestContext: { requestId: request.requestId, authorizer: verdict.context ?? null },
  }
}
