import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readServices } from '../../core/protocol/provider-services.ts'
import { readAdd, readBalance, readStatuses } from '../../core/protocol/replies.ts'

interface Case {
  readonly name: string
  readonly action: 'add' | 'status' | 'balance' | 'services' | 'refill' | 'refill_status' | 'cancel'
  readonly status: number
  readonly body: string
  readonly asked?: readonly string[]
  readonly means: Readonly<Record<string, unknown>> & { readonly class: string }
}
const { replies }: { replies: readonly Case[] } = JSON.parse(
  readFileSync(new URL('../fixtures/provider-replies.json', import.meta.url), 'utf8'),
)
const of = (action: Case['action']): readonly (readonly [string, Case])[] =>
  replies.filter((reply) => reply.action === action).map((reply) => [reply.name, reply])

describe('what an answer to add means', () => {
  test.each(of('add'))('%s', (_, { status, body, means }) => {
    const reply = readAdd({ status, body })
    expect(reply.kind).toBe(means.class)
    if (reply.kind === 'ok') expect(reply.order).toBe(means['order'])
  })
})

/** The panel's own words for what the vectors call by the protocol's. */
const state = (word: unknown): unknown => (typeof word === 'string' ? word.replace(' ', '-') : undefined)

describe('what an answer to status means', () => {
  test.each(of('status'))('%s', (_, { status, body, means, asked }) => {
    const many = means['many'] as Readonly<Record<string, string>> | undefined
    const ids = asked ?? (many ? Object.keys(many) : ['77'])
    const reply = readStatuses({ status, body }, ids)
    expect(reply.kind).toBe(means.class)
    if (reply.kind !== 'ok') return
    if (many) {
      const heard = [...reply.orders].map(([id, report]) => [id, report === 'not-found' ? report : report.status])
      expect(Object.fromEntries(heard)).toEqual(Object.fromEntries(Object.entries(many).map(([id, word]) => [id, state(word)])))
      return
    }
    const number = (value: unknown): unknown => value ?? undefined
    expect(reply.orders.get('77')).toEqual({
      status: state(means['status']),
      said: state(means['status']) === undefined ? expect.any(String) : undefined,
      startCount: number(means['startCount']),
      remains: number(means['remains']),
    })
  })
})

describe('what an answer to balance means', () => {
  test.each(of('balance'))('%s', (_, { status, body, means }) => {
    const reply = readBalance({ status, body })
    expect(reply.kind).toBe(means.class)
    if (reply.kind === 'ok')
      expect({ balance: reply.balance, currency: reply.currency ?? null }).toEqual({
        balance: means['balance'],
        currency: means['currency'],
      })
  })
})

describe('what an answer to services means', () => {
  test.each(of('services'))('%s', (_, { status, body, means }) => {
    const reply = readServices({ status, body })
    expect(reply.kind).toBe(means.class)
    if (reply.kind !== 'ok') return
    expect(reply.services.length).toBe(means['services'])
    if (means['broken'] !== undefined) expect(reply.broken.length).toBe(means['broken'])
  })
})

test('names of a provider’s services arrive as text, without markup', () => {
  const row = {
    service: 5,
    name: '<script>alert(1)</script> Views\n<b>fast</b>',
    type: 'custom_comments',
    category: '<i></i>',
    rate: '0.0000001',
    min: '1',
    max: '10',
  }
  const reply = readServices({ status: 200, body: JSON.stringify([row]) })
  expect(reply).toMatchObject({
    kind: 'ok',
    services: [{ name: 'alert(1) Views fast', category: 'Other', type: 'Custom Comments', rate: 1n }],
  })
})

test('one bad row stops none of the others, and a second row of the same id is left', () => {
  const row = { service: 5, name: 'N', type: 'Default', category: 'C', rate: '1', min: '1', max: '10' }
  const body = JSON.stringify([
    row,
    null,
    7,
    'text',
    { ...row, service: 6, min: 11 },
    { ...row, name: 'again' },
    { ...row, service: 8, type: 'Subscriptions' },
    { ...row, service: 9 },
  ])
  const reply = readServices({ status: 200, body })
  expect(
    reply.kind === 'ok' && {
      ids: reply.services.map((service) => service.providerServiceId),
      broken: reply.broken.map(({ why }) => why),
    },
  ).toEqual({
    ids: ['5', '9'],
    broken: [
      'it has no usable id',
      'it has no usable id',
      'it has no usable id',
      'its bounds make no sense',
      'its id came twice',
      'the type Subscriptions is not sold here yet',
    ],
  })
})

describe('nonsense of any kind', () => {
  const bytes = fc.uint8Array({ maxLength: 300 }).map((chunk) => Buffer.from(chunk).toString('utf8'))
  const known = fc.constantFrom(...replies.map(({ body }) => body))
  const mangled = fc.tuple(known, fc.nat(), fc.nat(), bytes).map(([body, from, length, noise]) => {
    const at = from % (body.length + 1)
    return body.slice(0, at) + noise.slice(0, 8) + body.slice(at + (length % 8))
  })
  const anything = fc.oneof(
    bytes,
    mangled,
    fc.json(),
    known.map((body) => body.slice(0, -1)),
  )
  const status = fc.constantFrom(200, 201, 204, 301, 302, 400, 401, 402, 403, 404, 429, 500, 502, 503, 504, 0, 999)

  test('never crashes, and an order number is always one that stands in the answer', () => {
    fc.assert(
      fc.property(status, anything, (code, body) => {
        const reply = readAdd({ status: code, body })
        if (reply.kind !== 'ok') return
        expect(code).toBeLessThan(300)
        expect(reply.order).toMatch(/^[A-Za-z0-9_][A-Za-z0-9_-]{0,63}$/)
        expect(body).toContain(reply.order)
      }),
      { numRuns: 5_000 },
    )
  })

  test('never becomes a wrong amount: what is heard of an order is a known word with whole numbers, or nothing', () => {
    fc.assert(
      fc.property(status, anything, (code, body) => {
        const reply = readStatuses({ status: code, body }, ['1', '10'])
        if (reply.kind !== 'ok') return
        for (const [id, report] of reply.orders) {
          expect(['1', '10']).toContain(id)
          if (report !== 'not-found' && report.remains !== undefined)
            expect(Number.isSafeInteger(report.remains) && report.remains >= 0).toBe(true)
        }
        readBalance({ status: code, body })
        readServices({ status: code, body })
      }),
      { numRuns: 3_000 },
    )
  })

  test('a deep or huge answer is turned down, not choked on', () => {
    expect(readAdd({ status: 200, body: '['.repeat(200_000) }).kind).toBe('unknown')
    expect(readAdd({ status: 200, body: `{"order":"${'9'.repeat(1_000_000)}"}` }).kind).toBe('unknown')
    expect(readAdd({ status: 200, body: `{"a":"${'\\"'.repeat(300_000)}","order":5}` })).toEqual({ kind: 'ok', order: '5' })
  })
})

test('an error with a whole order behind it, or a broken error ahead of it, is no order', () => {
  for (const body of [
    '{"error":"Timeout" {"order":5}',
    '{"error":"x"}{"order":5}',
    '[{"error":"x"},{"order":5}]',
    '{"order":5}{"order":6}',
    '{"status":"fail","order":5}',
    '{"order":5} trailing',
  ])
    expect(readAdd({ status: 200, body }).kind, body).toBe('unknown')
  expect(readAdd({ status: 429, body: '{"order":5}' }).kind).toBe('unknown')
  expect(readAdd({ status: 400, body: '{"order":5}' }).kind).toBe('unknown')
})

test('consequences are drawn only from reports that were read', () => {
  const reply = readStatuses({ status: 200, body: '{"77":{"status":"Partial","remains":"<b>5</b>"}}' }, ['77'])
  expect(reply).toEqual({ kind: 'ok', orders: new Map([['77', { status: 'partial', startCount: undefined, remains: undefined }]]) })
})

describe('an answer that contradicts itself is not believed', () => {
  test.each([
    ['an order beside success: false', '{"order":5,"success":false}'],
    ['an order beside named errors', '{"order":5,"errors":{"link":"bad link"}}'],
    ['an order beside a message that says there is none', '{"order":5,"message":"Not enough funds"}'],
    ['an order behind a text that says there is none', 'Not enough funds {"order":5}'],
    ['a word in place of a number', '{"order":"error"}'],
    ['a word of some language for nothing', '{"order":"undefined"}'],
  ])('%s', (_, body) => {
    expect(readAdd({ status: 200, body })).toEqual({ kind: 'unknown' })
  })
  test('a message that says nothing of an error does no harm', () => {
    expect(readAdd({ status: 200, body: '{"order":5,"message":"Thank you"}' })).toMatchObject({ kind: 'ok', order: '5' })
  })
})

describe('one status alone', () => {
  const heard = (body: string, asked: readonly string[]) => {
    const reply = readStatuses({ status: 200, body }, asked)
    return reply.kind === 'ok' ? [...reply.orders.keys()] : reply.kind
  }
  test('speaks of the one order that was asked for', () => {
    expect(heard('{"status":"Canceled","remains":"100"}', ['11'])).toEqual(['11'])
    expect(heard('{"order":11,"status":"Canceled"}', ['11'])).toEqual(['11'])
  })
  test('speaks of none when it names another, or when several were asked for', () => {
    expect(heard('{"order":999,"status":"Canceled"}', ['11'])).toEqual([])
    expect(heard('{"status":"Canceled","remains":"100"}', ['11', '12', '13'])).toEqual([])
  })
  test('beside rows is not one of them', () => {
    expect(heard('{"status":"success","11":{"status":"Pending"},"12":{"status":"Pending"}}', ['11', '12'])).toEqual(['11', '12'])
  })
})
