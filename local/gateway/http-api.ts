import { createRemoteJWKSet, jwtVerify } from 'jose'
import { sessionScope } from '../../core/identity/scopes.ts'
import type { AnyEndpoint } from '../../functions/kit/endpoint.ts'
import type { AnyRawEndpoint } from '../../functions/kit/raw.ts'
import type { Functions } from '../functions/pool.ts'
import type { LocalPool } from '../identity/pools.ts'
import { bodyOf, gatewaySays, type Incoming, type Outgoing, readAnswer } from './incoming.ts'
import { match, type Route, route } from './routes.ts'

/** Largest request that passes, in bytes. */
const largest = 10_485_760

interface Options {
  readonly endpoints: readonly AnyEndpoint[]
  readonly raw: readonly AnyRawEndpoint[]
  readonly pool: LocalPool
  readonly identityUrl: string
  readonly functions: Functions
}

/** An HTTP API with its JWT authorizer: routes from the registry, events of form 2.0. */
export function httpApi({ endpoints, raw, pool, identityUrl, functions }: Options): (request: Incoming) => Promise<Outgoing> {
  const routes: Route<{ readonly name: string; readonly protect: boolean }>[] = [
    ...endpoints.map((endpoint) => route(endpoint.route, { name: endpoint.name, protect: endpoint.who.kind !== 'anyone' })),
    ...raw.flatMap((endpoint) => endpoint.routes.map((text) => route(text, { name: endpoint.name, protect: false }))),
  ]
  const issuer = `${identityUrl}/${pool.id}`
  const keys = createRemoteJWKSet(new URL(`${issuer}/.well-known/jwks.json`))

  return async (request) => {
    if (request.body.length > largest) return gatewaySays(413, 'Request Entity Too Large', request.requestId)
    const found = match(routes, request)
    if (!found) return gatewaySays(404, 'Not Found', request.requestId)
    const { name, protect } = found.route.target
    const authorization = request.headers['authorization']
    const claims = protect ? await verified(authorization, keys, issuer, pool.clientId) : undefined
    if (protect && !claims) return gatewaySays(401, 'Unauthorized', request.requestId)
    if (claims && !String(claims['scope']).split(' ').includes(sessionScope))
      return gatewaySays(403, 'Forbidden', request.requestId)
    try {
      return readAnswer(await functions.invoke(name, event(request, found.path, claims)), request.requestId)
    } catch {
      // A function that throws past its own handling: its log has the cause.
      return gatewaySays(500, 'Internal Server Error', request.requestId)
    }
  }
}

async function verified(
  authorization: string | undefined,
  keys: ReturnType<typeof createRemoteJWKSet>,
  issuer: string,
  clientId: string,
) {
  const token = /^Bearer (.+)$/i.exec(authorization ?? '')?.[1]
  if (token === undefined) return undefined
  try {
    const { payload } = await jwtVerify(token, keys, { issuer, algorithms: ['RS256'] })
    // An access token names its client in client_id, an ID token in aud: the gateway takes either.
    return payload['client_id'] === clientId || payload.aud === clientId ? payload : undefined
  } catch {
    return undefined
  }
}

function event(
  request: Incoming,
  pathParameters: Readonly<Record<string, string>>,
  claims: Readonly<Record<string, unknown>> | undefined,
) {
  const { cookie: _, ...headers } = request.headers
  return {
    version: '2.0',
    rawPath: request.path,
    rawQueryString: request.query,
    cookies: request.cookies,
    headers,
    pathParameters,
    ...bodyOf(request),
    requestContext: {
      requestId: request.requestId,
      http: { method: request.method, path: request.path },
      ...(claims ? { authorizer: { jwt: { claims } } } : {}),
    },
  }
}
