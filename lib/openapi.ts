import * as z from 'zod/mini'
import { storedTypes } from '../core/files/rules.ts'
import { cookies as customerCookies, staffCookies } from '../core/identity/cookies.ts'
import { type RefusalCode, refusals } from '../core/refusals.ts'
import { type AnyEndpoint, commonRefusals, type Schema } from '../functions/kit/endpoint.ts'
import type { AnyRawEndpoint } from '../functions/kit/raw.ts'
import { registry } from './definitions.ts'
import { type ApiName, byPath, type Routed, routes } from './routes.ts'

type Json = Readonly<Record<string, unknown>>

/** What customers and resellers may call, described for them: OpenAPI 3.1, from the same definitions that answer. */
export const publishedOpenApi = (): Json => describe('The panel', ['customer', 'reseller'])

/** The same of the console's API. It is not published. */
export const adminOpenApi = (): Json => describe('The panel’s console', ['admin'])

function describe(title: string, apis: readonly ApiName[]): Json {
  const included = routes.filter(({ api }) => apis.includes(api))
  return {
    openapi: '3.1.0',
    info: {
      title,
      version: '1',
      description:
        'Amounts are plain decimals in the panel’s one currency, as strings. A refusal is `{"error":{"code","message","reference"}}`: the code is for programs, the message for people, the reference for support.',
    },
    servers: [{ url: '/' }],
    tags: apis.flatMap((api): readonly Json[] => tags[api]),
    paths: byPath(included, operation),
    components: {
      securitySchemes: Object.fromEntries(
        Object.entries(securitySchemes)
          .filter(([, { api }]) => apis.includes(api))
          .map(([name, { scheme }]) => [name, scheme]),
      ),
      schemas: { Problem: problemSchema },
      examples: Object.fromEntries(
        codesOf(included).map((code) => [
          code,
          { value: { error: { code, message: refusals[code].says, reference: 'b3c1f0aa' } } },
        ]),
      ),
    },
  }
}

const tags = {
  customer: [
    { name: 'public', description: 'Anybody' },
    { name: 'customer', description: 'A signed-in customer, by the cookie that signing in gave' },
  ],
  reseller: [{ name: 'reseller', description: 'A program, by an API key' }],
  admin: [{ name: 'admin', description: 'Staff, by the cookie that signing in gave' }],
} as const satisfies Record<ApiName, readonly Json[]>

const securitySchemes = {
  customer: { api: 'customer', scheme: { type: 'apiKey', in: 'cookie', name: customerCookies.access.name } },
  reseller: { api: 'reseller', scheme: { type: 'apiKey', in: 'header', name: 'x-api-key' } },
  staff: { api: 'admin', scheme: { type: 'apiKey', in: 'cookie', name: staffCookies.access.name } },
} as const satisfies Record<string, { api: ApiName; scheme: Json }>

const problemSchema = {
  type: 'object',
  required: ['error'],
  properties: {
    error: {
      type: 'object',
      required: ['code', 'message', 'reference'],
      properties: {
        code: { type: 'string' },
        message: { type: 'string', description: 'For a person to read' },
        reference: { type: 'string', description: 'Names this request to support' },
        detail: { type: 'object', description: 'Facts that help, where there are any' },
      },
    },
  },
}

const endpointOf = ({ definition }: Routed): AnyEndpoint | undefined => registry.endpoints.find((one) => one === definition)
const rawOf = ({ definition }: Routed): AnyRawEndpoint | undefined => registry.rawEndpoints.find((one) => one === definition)

function operation(one: Routed): Json {
  const endpoint = endpointOf(one)
  return {
    operationId: one.operationId,
    tags: [one.operationId.slice(0, one.operationId.indexOf('.'))],
    summary: one.definition.summary,
    ...(endpoint ? endpointOperation(endpoint, one.path) : rawOperation(rawOf(one))),
  }
}

function endpointOperation(endpoint: AnyEndpoint, path: string): Json {
  const { who, query, body, returns, status = 200 } = endpoint
  const parameters = [...pathParameters(path), ...(query ? queryParameters(query) : [])]
  return {
    ...(who.kind === 'anyone' ? {} : { security: [{ [who.kind]: [] }] }),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(body ? { requestBody: { required: true, content: { 'application/json': { schema: schemaOf(body, 'input') } } } } : {}),
    responses: {
      [status]: { description: 'Done', content: contentOf(returns) },
      ...refusalResponses(refusalsOf(endpoint)),
      500: { description: 'Something failed on our side', content: problemContent([]) },
    },
  }
}

/** JSON by its schema; a file as one of the types in which files are kept. */
const contentOf = (returns: Schema): Json =>
  returns instanceof z.ZodMiniFile
    ? Object.fromEntries(storedTypes.map((type) => [type, {}]))
    : { 'application/json': { schema: schemaOf(returns, 'output') } }

/** In somebody else's wire format: described in words, not by a schema of ours. */
const rawOperation = (endpoint: AnyRawEndpoint | undefined): Json => ({
  description: endpoint?.description,
  responses: { 200: { description: 'See the description', content: { 'application/json': {} } } },
})

const pathParameters = (path: string): Json[] =>
  [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({ name, in: 'path', required: true, schema: { type: 'string' } }))

const objectSchema = z.object({
  properties: z._default(z.record(z.string(), z.unknown()), {}),
  required: z._default(z.array(z.string()), []),
})

function queryParameters(query: Schema): Json[] {
  const { properties, required } = objectSchema.parse(schemaOf(query, 'input'))
  return Object.entries(properties).map(([name, schema]) => ({ name, in: 'query', required: required.includes(name), schema }))
}

/** What a transformation takes in or gives out cannot always be said as a schema; where not, anything is. */
function schemaOf(schema: Schema, io: 'input' | 'output'): Json {
  const { $schema, ...said } = z.toJSONSchema(schema, {
    io,
    unrepresentable: 'any',
    override: ({ jsonSchema }) => leaveOut(jsonSchema),
  })
  return said
}

/** What every whole number is anyway, and a promise never to add a field. */
function leaveOut(said: { minimum?: number; maximum?: number; additionalProperties?: unknown }): void {
  if (said.minimum === Number.MIN_SAFE_INTEGER) delete said.minimum
  if (said.maximum === Number.MAX_SAFE_INTEGER) delete said.maximum
  if (said.additionalProperties === false) delete said.additionalProperties
}

const refusalsOf = (endpoint: AnyEndpoint): RefusalCode[] => [...new Set([...endpoint.refuses, ...commonRefusals])]

const codesOf = (included: readonly Routed[]): RefusalCode[] => [
  ...new Set(included.flatMap((one) => endpointOf(one) ?? []).flatMap(refusalsOf)),
]

/** By status, each with its codes and what a person reads for them. */
function refusalResponses(codes: readonly RefusalCode[]): Json {
  const byStatus = Map.groupBy(codes, (code) => refusals[code].status)
  return Object.fromEntries(
    [...byStatus]
      .sort(([a], [b]) => a - b)
      .map(([status, ones]) => [
        status,
        { description: ones.map((code) => `\`${code}\`: ${refusals[code].says}`).join('\n\n'), content: problemContent(ones) },
      ]),
  )
}

const problemContent = (codes: readonly RefusalCode[]): Json => ({
  'application/json': {
    schema: { $ref: '#/components/schemas/Problem' },
    ...(codes.length > 0
      ? { examples: Object.fromEntries(codes.map((code) => [code, { $ref: `#/components/examples/${code}` }])) }
      : {}),
  },
})
