import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readCancel, readRefill, readRefillStatuses } from '../../core/protocol/request-replies.ts'

interface Case {
  readonly name: string
  readonly action: string
  readonly status: number
  readonly body: string
  readonly means: { readonly class: string; readonly refill?: string; readonly status?: string }
}
const { replies }: { replies: readonly Case[] } = JSON.parse(
  readFileSync(new URL('../fixtures/provider-replies.json', import.meta.url), 'utf8'),
)
const of = (action: string): readonly (readonly [string, Case])[] =>
  replies.filter((reply) => reply.action === action).map((reply) => [reply.name, reply])
const orderIn = (body: string): string => /"order":(\d+)/.exec(body)?.[1] ?? '7'

describe('what an answer to refill means', () => {
  test.each(of('refill'))('%s', (_, { status, body, means }) => {
    const reply = readRefill({ status, body }, orderIn(body))
    expect(reply).toEqual(means.refill ? { kind: 'ok', refill: means.refill } : { kind: means.class })
  })
  test.each([
    ['a list of one', '[{"order":7,"refill":12}]', { kind: 'ok', refill: '12' }],
    ['a list of one that names no order', '[{"refill":12}]', { kind: 'ok', refill: '12' }],
    ['a list that speaks of another order', '[{"order":8,"refill":12}]', { kind: 'unknown' }],
    ['an answer that speaks of another order', '{"order":8,"refill":12}', { kind: 'unknown' }],
    ['under the order’s number', '{"7":{"refill":"12"}}', { kind: 'ok', refill: '12' }],
    ['a number beside an error', '{"refill":"12","error":"Order not eligible for refill"}', { kind: 'unknown' }],
    ['no number', '{"refill":0}', { kind: 'unknown' }],
    ['an error in place of the number', '{"refill":{"error":"Too early, my friend"}}', { kind: 'refused' }],
    ['a text nobody has classified', '{"error":"Come back tomorrow"}', { kind: 'unknown' }],
    ['a bad key', '{"error":"Invalid API key"}', { kind: 'key-refused' }],
    ['a page', '<html>', { kind: 'unknown' }],
  ])('%s', (_, body, means) => {
    expect(readRefill({ status: 200, body }, '7')).toEqual(means)
  })
  test('after a fault on their side nobody knows', () => {
    expect(readRefill({ status: 500, body: '{"refill":"1"}' }, '7')).toEqual({ kind: 'unknown' })
    expect(readRefill({ status: 429, body: '' }, '7')).toEqual({ kind: 'retry' })
    expect(readRefill({ status: 429, body: '{"refill":"1"}' }, '7')).toEqual({ kind: 'unknown' })
  })
})

describe('what an answer to cancel means', () => {
  test.each(of('cancel'))('%s', (_, { status, body, means }) => {
    expect(readCancel({ status, body }, orderIn(body))).toEqual({ kind: means.class })
  })
  test.each([
    ['alone', '{"order":7,"cancel":1}', 'ok'],
    ['true', '[{"order":"7","cancel":true}]', 'ok'],
    ['nothing', '[{"order":7,"cancel":0}]', 'unknown'],
    ['false', '[{"order":7,"cancel":false}]', 'unknown'],
    ['of another order', '[{"order":8,"cancel":1}]', 'unknown'],
    ['a known error', '{"error":"Incorrect order ID"}', 'refused'],
    ['an error in the row', '[{"order":7,"error":"Already started"}]', 'refused'],
    ['an error nobody has classified', '{"error":"Hm"}', 'unknown'],
    ['twice', '[{"order":7,"cancel":1},{"order":7,"cancel":{"error":"no"}}]', 'unknown'],
  ])('%s', (_, body, kind) => {
    expect(readCancel({ status: 200, body }, '7')).toEqual({ kind })
  })
})

describe('what an answer to refill_status means', () => {
  test.each(of('refill_status'))('%s', (_, { status, body, means }) => {
    const reply = readRefillStatuses({ status, body }, ['1'])
    expect(reply).toEqual({ kind: 'ok', refills: new Map([['1', { status: means.status }]]) })
  })
  const heard = (body: string, asked: readonly string[]) => {
    const reply = readRefillStatuses({ status: 200, body }, asked)
    return reply.kind === 'ok' ? Object.fromEntries(reply.refills) : reply.kind
  }
  test('of several, each is heard for itself', () => {
    const body =
      '[{"refill":1,"status":"Completed"},{"refill":2,"status":"In progress"},{"refill":3,"status":{"error":"Refill not found"}},{"refill":4,"status":"Reticulating"},{"refill":9,"status":"Rejected"},null,5]'
    expect(heard(body, ['1', '2', '3', '4', '5'])).toEqual({
      1: { status: 'completed' },
      2: { status: 'in-progress' },
      3: 'not-found',
      4: { status: undefined, said: 'Reticulating' },
    })
    expect(heard('{"1":{"status":"Rejected"},"2":"Pending"}', ['1', '2'])).toEqual({
      1: { status: 'rejected' },
      2: { status: 'pending' },
    })
  })
  test('“Error” alone is a status, and with a message a failure', () => {
    expect(heard('{"status":"Error"}', ['1'])).toEqual({ 1: { status: 'error' } })
    expect(heard('[{"refill":1,"status":"Error"}]', ['1'])).toEqual({ 1: { status: 'error' } })
    expect(heard('{"status":"error","message":"Maintenance"}', ['1'])).toBe('unknown')
    expect(heard('{"error":"Incorrect refill ID"}', ['1'])).toEqual({ 1: 'not-found' })
    expect(heard('{"error":"Incorrect refill ID"}', ['1', '2'])).toBe('refused')
  })
  test('one status alone speaks of none when several were asked for', () => {
    expect(heard('{"status":"Completed"}', ['1', '2'])).toEqual({})
    expect(heard('{"refill":2,"status":"Completed"}', ['1'])).toEqual({})
  })
})

test('nonsense of any kind never crashes, and a refill’s number is always one that stands in the answer', () => {
  const bytes = fc.uint8Array({ maxLength: 200 }).map((chunk) => Buffer.from(chunk).toString('utf8'))
  const known = fc.constantFrom(...replies.map(({ body }) => body))
  const mangled = fc.tuple(known, fc.nat(), bytes).map(([body, from, noise]) => {
    const at = from % (body.length + 1)
    return body.slice(0, at) + noise.slice(0, 8) + body.slice(at)
  })
  const status = fc.constantFrom(200, 201, 204, 301, 302, 400, 404, 429, 500, 503, 0)
  fc.assert(
    fc.property(status, fc.oneof(bytes, mangled, fc.json(), known), (code, body) => {
      const refill = readRefill({ status: code, body }, '1')
      if (refill.kind === 'ok') {
        expect(code).toBeLessThan(300)
        expect(body).toContain(refill.refill)
        expect(refill.refill).toMatch(/^[A-Za-z0-9_][A-Za-z0-9_-]{0,63}$/)
      }
      readCancel({ status: code, body }, '1')
      const statuses = readRefillStatuses({ status: code, body }, ['1', '10'])
      if (statuses.kind === 'ok') for (const id of statuses.refills.keys()) expect(['1', '10']).toContain(id)
    }),
    { numRuns: 3_000 },
  )
})
