import { describe, expect, test } from 'vitest'
import * as z from 'zod/mini'
import { refusals } from '../../core/refusals.ts'
import { commonRefusals } from '../../functions/kit/endpoint.ts'
import { registry } from '../../lib/definitions.ts'
import { adminOpenApi, publishedOpenApi } from '../../lib/openapi.ts'
import { routes } from '../../lib/routes.ts'

const operation = z.looseObject({
  operationId: z.string(),
  summary: z.string(),
  description: z.optional(z.string()),
  security: z.optional(z.array(z.record(z.string(), z.array(z.string())))),
  parameters: z._default(z.array(z.looseObject({ name: z.string(), in: z.string(), required: z.boolean() })), []),
  requestBody: z.optional(z.unknown()),
  responses: z.record(z.string(), z.looseObject({ description: z.string() })),
})
const document = z.looseObject({
  openapi: z.literal('3.1.0'),
  paths: z.record(z.string(), z.record(z.string(), operation)),
  components: z.looseObject({ securitySchemes: z.record(z.string(), z.unknown()) }),
})

const documents = { published: publishedOpenApi(), admin: adminOpenApi() }
const parsed = Object.values(documents).map((one) => document.parse(one))
const operations = parsed.flatMap(({ paths }) =>
  Object.entries(paths).flatMap(([path, verbs]) => Object.entries(verbs).map(([verb, one]) => ({ path, verb, ...one }))),
)
const operationOf = (name: string) => operations.find(({ operationId }) => operationId === name)!

/** Every value in a document, with the way to it. */
function* walk(value: unknown, path: string[] = []): Generator<[string[], unknown]> {
  yield [path, value]
  if (typeof value === 'object' && value !== null)
    for (const [key, inner] of Object.entries(value)) yield* walk(inner, [...path, key])
}

describe('the OpenAPI documents', () => {
  test('have every route of the registry, once', () => {
    expect(operations.map(({ verb, path }) => `${verb.toUpperCase()} ${path}`).sort()).toEqual(
      routes.map(({ route }) => route).sort(),
    )
  })

  test('name every operation as its function, and none twice', () => {
    const ids = operations.map(({ operationId }) => operationId)
    expect(new Set(ids).size).toBe(ids.length)
    for (const { name } of [...registry.endpoints, ...registry.rawEndpoints]) expect(ids).toContain(name)
  })

  test.each(Object.entries(documents))('%s refers to nothing that it does not have', (_, whole) => {
    let seen = 0
    for (const [path, value] of walk(whole))
      if (path.at(-1) === '$ref' && typeof value === 'string') {
        seen++
        const found = value
          .slice(2)
          .split('/')
          .reduce<unknown>((inside, key) => Object(inside)[key], whole)
        expect(found, value).toBeDefined()
      }
    expect(seen).toBeGreaterThan(10)
  })

  test.each(Object.entries(documents))('%s is plain JSON, without a dialect of its own in its schemas', (_, whole) => {
    expect(JSON.parse(JSON.stringify(whole))).toEqual(whole)
    expect([...walk(whole)].filter(([path]) => path.at(-1) === '$schema')).toEqual([])
  })

  test('publish nothing of the console', () => {
    expect(JSON.stringify(documents.published)).not.toMatch(/\/api\/admin\/|admin\./)
    expect(Object.keys(parsed[1]!.paths).filter((path) => !path.startsWith('/api/admin/'))).toEqual([])
  })

  test('say of each path parameter that it is one, and of no other', () => {
    for (const { path, parameters, operationId } of operations) {
      const named = parameters.filter((one) => one.in === 'path')
      expect(
        named.map(({ name }) => `{${name}}`),
        operationId,
      ).toEqual(path.match(/\{\w+\}/g) ?? [])
      expect(
        named.every(({ required }) => required),
        operationId,
      ).toBe(true)
    }
  })

  test.each(registry.endpoints.map((endpoint) => [endpoint.name, endpoint] as const))(
    'say of %s what it takes, gives and refuses, and who may call it',
    (name, { body, query, status = 200, refuses, who }) => {
      const said = operationOf(name)
      expect(said.requestBody !== undefined).toBe(body !== undefined)
      expect(said.parameters.some((one) => one.in === 'query')).toBe(query !== undefined)
      expect(said.responses[String(status)]).toBeDefined()
      expect(said.security).toEqual(who.kind === 'anyone' ? undefined : [{ [who.kind]: [] }])
      for (const { components } of parsed.filter(({ paths }) => paths[said.path]))
        for (const scheme of said.security ?? [])
          expect(Object.keys(components.securitySchemes)).toEqual(expect.arrayContaining(Object.keys(scheme)))
      for (const code of [...refuses, ...commonRefusals]) {
        const { description } = said.responses[String(refusals[code].status)]!
        expect(description).toContain(`\`${code}\`: ${refusals[code].says}`)
      }
    },
  )

  test('describe in words what is in somebody else’s wire format', () => {
    for (const { name, description } of registry.rawEndpoints) expect(operationOf(name).description).toBe(description)
  })

  test('give the schema of an order as it is sent', () => {
    const body = z.parse(
      z.object({
        content: z.object({
          'application/json': z.object({ schema: z.looseObject({ type: z.string(), required: z.array(z.string()) }) }),
        }),
      }),
      operationOf('customer.place-order').requestBody,
    )
    expect(body.content['application/json'].schema).toMatchObject({
      type: 'object',
      required: expect.arrayContaining(['serviceId']),
    })
  })
})
