import * as z from 'zod/mini'
import { keyScopes } from '../../core/keys/scopes.ts'
import type { Claims } from '../../core/need.ts'
import { Refusal } from '../../core/refusals.ts'
import type { Viewer } from './endpoint.ts'

/** What of a gateway's event the panel uses: everything else is left unread. */
const httpEvent = z.object({
  rawQueryString: z._default(z.string(), ''),
  headers: z._default(z.record(z.string(), z.string()), {}),
  cookies: z._default(z.array(z.string()), []),
  pathParameters: z._default(z.record(z.string(), z.string()), {}),
  body: z.optional(z.string()),
  isBase64Encoded: z._default(z.boolean(), false),
  requestContext: z.object({
    requestId: z.string(),
    http: z.object({ method: z.string() }),
    authorizer: z.optional(z.object({ jwt: z.optional(z.object({ claims: z.record(z.string(), z.unknown()) })) })),
  }),
})

/** The same of the REST API's event, which is of an older form. */
const restEvent = z.object({
  httpMethod: z.string(),
  headers: z._default(z.nullable(z.record(z.string(), z.string())), {}),
  multiValueQueryStringParameters: z._default(z.nullable(z.record(z.string(), z.array(z.string()))), {}),
  pathParameters: z._default(z.nullable(z.record(z.string(), z.string())), {}),
  body: z.optional(z.nullable(z.string())),
  isBase64Encoded: z._default(z.boolean(), false),
  requestContext: z.object({
    requestId: z.string(),
    authorizer: z.optional(
      z.nullable(
        z.object({ customerId: z.optional(z.string()), keyId: z.optional(z.string()), scope: z.optional(z.enum(keyScopes)) }),
      ),
    ),
  }),
})

/** An incoming request, whichever gateway it came through. */
export interface Incoming {
  readonly method: string
  readonly headers: ReadonlyMap<string, string>
  readonly query: URLSearchParams
  readonly path: Readonly<Record<string, string>>
  readonly cookies: ReadonlyMap<string, string>
  readonly body: Buffer
  readonly reference: string
  readonly viewer: Viewer
  readonly edgeSecret: string | undefined
  /** What the gateway's own authorizer vouches for. */
  readonly claims: Claims | undefined
}

const tokenClaims = z.object({ sub: z.string(), origin_jti: z.string(), token_use: z.literal('access') })

export function readEvent(raw: unknown): Incoming {
  const isRest = z.safeParse(z.object({ httpMethod: z.string() }), raw).success
  return isRest ? readRest(raw) : readHttp(raw)
}

function readHttp(raw: unknown): Incoming {
  const event = httpEvent.parse(raw)
  const jwt = event.requestContext.authorizer?.jwt
  // An ID token passes the gateway's signature check too: what it is meant for is looked at here once more.
  const claims = jwt && z.safeParse(tokenClaims, jwt.claims)
  return {
    ...common(event.headers),
    method: event.requestContext.http.method,
    query: new URLSearchParams(event.rawQueryString),
    path: event.pathParameters,
    cookies: new Map(event.cookies.map(splitCookie)),
    body: Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8'),
    reference: event.requestContext.requestId,
    claims: claims?.success ? { subject: claims.data.sub, session: claims.data.origin_jti } : undefined,
  }
}

function readRest(raw: unknown): Incoming {
  const event = restEvent.parse(raw)
  const { customerId, keyId, scope } = event.requestContext.authorizer ?? {}
  const pairs = Object.entries(event.multiValueQueryStringParameters ?? {}).flatMap(([name, values]) =>
    values.map((value): [string, string] => [name, value]),
  )
  return {
    ...common(event.headers ?? {}),
    method: event.httpMethod,
    query: new URLSearchParams(pairs),
    path: event.pathParameters ?? {},
    cookies: new Map(),
    body: Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8'),
    reference: event.requestContext.requestId,
    claims: customerId && keyId ? { subject: customerId, session: keyId, scope } : undefined,
  }
}

function common(given: Readonly<Record<string, string>>): Pick<Incoming, 'headers' | 'viewer' | 'edgeSecret'> {
  const headers = new Map(Object.entries(given).map(([name, value]) => [name.toLowerCase(), value]))
  return {
    headers,
    viewer: { address: headers.get('x-viewer-address') ?? '', browser: (headers.get('user-agent') ?? '').slice(0, 200) },
    edgeSecret: headers.get('x-panel-edge'),
  }
}

function splitCookie(cookie: string): [string, string] {
  const [name = '', ...value] = cookie.split('=')
  return [name.trim(), value.join('=').trim()]
}

/** Largest body an endpoint reads, in bytes: comments of an order may be long, nothing else is. */
export const largestBody = 300_000

/** The JSON of a body; undefined for none. Refuses what is not JSON, or not said to be. */
export function readJson({ body, headers }: Incoming): unknown {
  if (body.length === 0) return undefined
  if (body.length > largestBody) throw new Refusal('body-too-large', { bytes: largestBody })
  if (!/^application\/json\b/i.test(headers.get('content-type') ?? ''))
    throw new Refusal('invalid-request', { expected: 'application/json' })
  try {
    return JSON.parse(body.toString('utf8'))
  } catch {
    throw new Refusal('invalid-request', { expected: 'well-formed JSON' })
  }
}

/** Holds a value to a schema. The refusal names the fields, and never repeats what stood in them. */
export function hold<S extends z.core.$ZodType>(schema: S, value: unknown): z.output<S> {
  const held = z.safeParse(schema, value)
  if (held.success) return held.data
  throw new Refusal('invalid-request', {
    fields: [...new Set(held.error.issues.map((issue) => issue.path.join('.') || 'body'))].slice(0, 20),
  })
}
