import { existsSync, readFileSync } from 'node:fs'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { providerOrderId, providerServiceId } from '../../core/ids.ts'
import type { Outcome } from '../../core/protocol/outcome.ts'
import type { Outgoing } from '../../core/protocol/outgoing.ts'
import { readServices } from '../../core/protocol/provider-services.ts'
import { readAdd, readBalance, readReply, readStatuses } from '../../core/protocol/replies.ts'
import { healthOf } from '../../core/providers/health.ts'
import { callProviders } from '../../outside/providers/call-providers.ts'
import { post } from '../../outside/providers/exchange.ts'

interface Recorded {
  readonly name: string
  readonly action: string
  readonly status: number
  readonly contentType: string
  readonly body: string
  readonly asked?: readonly string[]
  readonly means: Readonly<Record<string, unknown>> & { readonly class: string }
}
const fixture = new URL('../fixtures/provider-replies.json', import.meta.url)
const { replies }: { replies: readonly Recorded[] } = JSON.parse(readFileSync(fixture, 'utf8'))

/** Where the answers are kept that all who build on the protocol share. */
const shared = new URL('../../../shared/vectors/provider-replies.json', import.meta.url)
test.skipIf(!existsSync(shared))('the recorded answers are the shared ones, to the byte', () => {
  expect(readFileSync(fixture).equals(readFileSync(shared))).toBe(true)
})

/** A server that does with each connection, once the request is there, as it is told. */
let server: Server
let behave: (socket: Socket) => void = () => undefined
let requests: string[] = []
let url = ''
beforeAll(async () => {
  server = createServer((socket) => {
    let heard = ''
    socket.on('error', () => undefined)
    socket.on('data', (chunk) => {
      heard += chunk.toString('latin1')
      const [head = '', body = ''] = heard.split('\r\n\r\n')
      if (!heard.includes('\r\n\r\n') || body.length < Number(/content-length: (\d+)/i.exec(head)?.[1])) return
      requests.push(heard)
      heard = ''
      behave(socket)
    })
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v2`
  process.env['SANDBOX_PROVIDER_URL'] = url
})
afterAll(() => {
  delete process.env['SANDBOX_PROVIDER_URL']
  server.close()
})

const ids = ['1', '10', '77', '9000000001']
const add: Outgoing = { action: 'add', service: providerServiceId('1'), link: 'https://social.example.com/x', quantity: 100 }
const outgoing = {
  add,
  status: { action: 'status', orders: ids.map(providerOrderId) },
  services: { action: 'services' },
  balance: { action: 'balance' },
} as const satisfies Record<string, Outgoing>
type Action = keyof typeof outgoing
const actions = ['add', 'status', 'services', 'balance'] as const

const call = (action: Action): Promise<Outcome> => callProviders.open().call({ url, apiKey: 'k' }, outgoing[action])
const quick = (action: Action): Promise<Outcome> =>
  post(new URL(url), `key=k&action=${action}`, { totalMilliseconds: 150, answerBytes: 100_000 })

const answering = (status: number, type: string, body: Buffer) => (socket: Socket) =>
  void socket.end(
    Buffer.concat([
      Buffer.from(
        `HTTP/1.1 ${status} Said\r\ncontent-type: ${type}\r\ncontent-length: ${body.length}\r\n${status === 301 ? 'location: /elsewhere\r\n' : ''}\r\n`,
      ),
      body,
    ]),
  )

describe('every recorded answer arrives as it was sent, and means what it means', () => {
  test.each(replies.map((reply) => [`${reply.action}: ${reply.name}`, reply] as const))('%s', async (_, reply) => {
    requests = []
    behave = answering(reply.status, reply.contentType, Buffer.from(reply.body))
    const action = actions.find((one) => one === reply.action) ?? 'add'
    const outcome = await call(action)
    expect(outcome).toEqual({ kind: 'answer', status: reply.status, body: Buffer.from(reply.body).toString('utf8') })
    // Whatever it says, it is asked once.
    expect(requests).toHaveLength(1)
    if (outcome.kind !== 'answer') return
    const { means } = reply
    const many = means['many'] as Readonly<Record<string, string>> | undefined
    const asked = reply.asked ?? (many ? Object.keys(many) : ['77'])
    switch (reply.action) {
      case 'add':
        expect(readAdd(outcome)).toMatchObject({ kind: means.class, ...(means['order'] ? { order: means['order'] } : {}) })
        break
      case 'status': {
        const heard = readStatuses(outcome, asked)
        expect(heard.kind).toBe(means.class)
        if (heard.kind !== 'ok' || many) break
        const report = heard.orders.get('77')
        expect(typeof report === 'object' ? (report.remains ?? null) : report).toBe(means['remains'] ?? null)
        break
      }
      case 'balance':
        expect(readBalance(outcome)).toMatchObject({
          kind: means.class,
          ...(means['balance'] ? { balance: means['balance'] } : {}),
        })
        break
      case 'services': {
        const offer = readServices(outcome)
        expect(offer.kind).toBe(means.class)
        if (offer.kind === 'ok') expect(offer.services.length).toBe(means['services'])
      }
    }
  })
})

// --- Bytes that nobody recorded ----------------------------------------------------------------------------------------

/** Digits that stand in the bytes, so that what is read can be held against them. */
const holds = (bytes: Buffer, text: string): boolean => bytes.includes(text, 0, 'latin1')

/** Nothing that is read of an answer may be anything that does not stand in it, or too large to be kept. */
function soundly(action: Action, outcome: Outcome, body: Buffer): void {
  healthOf(outcome)
  if (outcome.kind !== 'answer') return
  readReply(outcome)
  switch (action) {
    case 'add': {
      const reply = readAdd(outcome)
      if (reply.kind !== 'ok') return
      expect(outcome.status).toBeLessThan(300)
      expect(reply.order).toMatch(/^[A-Za-z0-9_][A-Za-z0-9_-]{0,63}$/)
      expect(holds(body, `"order"`) && holds(body, reply.order)).toBe(true)
      return
    }
    case 'status': {
      const reply = readStatuses(outcome, ids)
      if (reply.kind !== 'ok') return
      for (const [id, report] of reply.orders) {
        expect(ids).toContain(id)
        if (report === 'not-found') continue
        for (const count of [report.remains, report.startCount]) {
          if (count === undefined) continue
          expect(Number.isSafeInteger(count) && count >= 0).toBe(true)
          expect(count === 0 || holds(body, String(count))).toBe(true)
        }
        expect(Buffer.byteLength(report.said ?? '')).toBeLessThanOrEqual(30)
      }
      return
    }
    case 'services': {
      const reply = readServices(outcome)
      if (reply.kind !== 'ok') return
      for (const { providerServiceId: id, rate, min, max, name } of reply.services) {
        expect(holds(body, id)).toBe(true)
        expect(rate > 0n && min >= 1 && max >= min && name.length > 0 && name.length <= 200).toBe(true)
        expect(holds(body, String(min)) && holds(body, String(max))).toBe(true)
      }
      return
    }
    case 'balance': {
      const reply = readBalance(outcome)
      if (reply.kind !== 'ok') return
      expect(reply.balance).toMatch(/^-?\d{1,15}(\.\d{1,20})?$/)
      expect((reply.currency ?? 'USD').length).toBeLessThanOrEqual(5)
    }
  }
}

const noise = fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes))
const digits = fc.constantFrom(
  '0',
  '-1',
  '1e5',
  '1E400',
  '9'.repeat(15),
  '9'.repeat(16),
  '9'.repeat(5_000),
  '0x1F',
  '٣',
  '１２',
  '00',
  '1.0',
  '1,5',
  'NaN',
)
/** A good answer with numbers that are none, or larger than anything. */
const numbered = fc.tuple(digits, digits, fc.boolean()).map(([one, other, quoted]) => {
  const [a, b] = quoted ? [`"${one}"`, `"${other}"`] : [one, other]
  const row = `{"service":${a},"name":"N","type":"Default","category":"C","rate":${b},"min":${a},"max":${b}}`
  return `{"order":${a},"balance":${b},"currency":"USD","77":{"status":"Partial","remains":${b},"start_count":${a}},"services":[${row}]}`
})
const nested = fc
  .tuple(
    fc.integer({ min: 1, max: 200 }),
    fc.constantFrom('[', '{"a":', '{"order":', '[{"order":5},'),
    fc.constantFrom('', '1', '{"order":5}'),
  )
  .map(([deep, open, inner]) => open.repeat(deep) + inner + (open === '[' ? ']' : open.startsWith('[') ? ']' : '}').repeat(deep))
const known = fc.constantFrom(...replies.map(({ body }) => body))
const mutated = fc
  .tuple(
    known,
    fc.array(fc.tuple(fc.nat(), fc.constantFrom('cut', 'put', 'swap', 'twice'), fc.nat(255)), { minLength: 1, maxLength: 4 }),
  )
  .map(([body, edits]) => {
    let bytes = Buffer.from(body)
    for (const [where, how, byte] of edits) {
      const at = where % (bytes.length + 1)
      const [ahead, after] = [bytes.subarray(0, at), bytes.subarray(at)]
      if (how === 'cut') bytes = Buffer.concat([ahead, after.subarray(1 + (byte % 8))])
      if (how === 'put') bytes = Buffer.concat([ahead, Buffer.from([byte]), after])
      if (how === 'swap') bytes = Buffer.concat([after, ahead])
      if (how === 'twice') bytes = Buffer.concat([bytes, bytes])
    }
    return bytes
  })
const encoded = fc
  .tuple(known, fc.constantFrom('utf16le' as const, 'latin1' as const, 'base64' as const, 'hex' as const))
  .map(([body, encoding]) =>
    encoding === 'base64' || encoding === 'hex' ? Buffer.from(Buffer.from(body).toString(encoding)) : Buffer.from(body, encoding),
  )
const bodies = fc.oneof(
  noise,
  numbered.map((text) => Buffer.from(text)),
  nested.map((text) => Buffer.from(text)),
  known.map((text) => Buffer.from(text)),
  mutated,
  encoded,
  known.map((text) => gzipSync(text)),
  // A bomb: a megabyte of zeros in a kilobyte.
  fc.constant(gzipSync(Buffer.alloc(1_000_000))),
  known.map((text) => Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(text)])),
)
const statuses = fc.constantFrom(200, 200, 200, 200, 201, 204, 206, 302, 400, 403, 404, 500, 503, 999)

/** Ways in which bytes come over a connection. `whole`: the caller must see all of them, if it sees an answer. */
type Way =
  | 'length'
  | 'closed'
  | 'chunked'
  | 'gzip named'
  | 'too short'
  | 'too long'
  | 'chunks broken'
  | 'both lengths'
  | 'reset'
  | 'no http'
const ways = fc.constantFrom<Way>(
  'length',
  'closed',
  'chunked',
  'gzip named',
  'too short',
  'too long',
  'chunks broken',
  'both lengths',
  'reset',
  'no http',
)

function send(socket: Socket, way: Way, status: number, body: Buffer, odd: number): void {
  const head = (...lines: string[]): Buffer =>
    Buffer.from([`HTTP/1.1 ${status} Said`, 'content-type: application/json', ...lines, '', ''].join('\r\n'))
  const chunks = (size: number): Buffer[] => {
    const all: Buffer[] = []
    for (let at = 0; at < body.length; at += size) {
      const piece = body.subarray(at, at + size)
      all.push(Buffer.from(`${piece.length.toString(16)}\r\n`), piece, Buffer.from('\r\n'))
    }
    return all
  }
  const say = (...parts: Buffer[]): void => void socket.end(Buffer.concat(parts))
  switch (way) {
    case 'length':
      say(head(`content-length: ${body.length}`), body)
      return
    case 'closed':
      say(head('connection: close'), body)
      return
    case 'chunked':
      say(head('transfer-encoding: chunked'), ...chunks(1 + (odd % 40)), Buffer.from('0\r\n\r\n'))
      return
    case 'gzip named':
      say(head(`content-length: ${body.length}`, 'content-encoding: gzip'), body)
      return
    case 'too short':
      say(head(`content-length: ${body.length + 1 + (odd % 50)}`), body)
      return
    case 'too long':
      say(head(`content-length: ${Math.max(body.length - 1 - (odd % 5), 0)}`), body)
      return
    case 'chunks broken':
      say(head('transfer-encoding: chunked'), ...chunks(1 + (odd % 40)))
      return
    case 'both lengths':
      say(head(`content-length: ${body.length}`, 'transfer-encoding: chunked'), body)
      return
    case 'reset':
      socket.write(Buffer.concat([head(`content-length: ${body.length + 1}`), body]), () => socket.resetAndDestroy())
      return
    case 'no http':
      say(body)
      return
  }
}

describe('bytes of any kind, over a real connection', () => {
  test('end as an answer that was seen whole and says no more than stands in it, or as none', async () => {
    const ends = new Map<string, number>()
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...actions),
        statuses,
        ways,
        bodies,
        fc.nat(1_000),
        async (action, status, way, body, odd) => {
          behave = (socket) => send(socket, way, status, body, odd)
          const outcome = await call(action)
          ends.set(`${way}: ${outcome.kind}`, (ends.get(`${way}: ${outcome.kind}`) ?? 0) + 1)
          expect(outcome.kind).not.toBe('not-sent')
          if (['too short', 'chunks broken', 'both lengths', 'reset'].includes(way) && status !== 204)
            expect(outcome.kind).toBe('no-answer')
          if (outcome.kind === 'answer' && ['length', 'closed', 'chunked'].includes(way) && status !== 204)
            expect(outcome.body).toBe(body.toString('utf8'))
          soundly(action, outcome, body)
        },
      ),
      { numRuns: 2_500 },
    )
    for (const way of ['length: answer', 'closed: answer', 'chunked: answer', 'too short: no-answer', 'reset: no-answer'])
      expect(ends.get(way) ?? 0, way).toBeGreaterThan(50)
  }, 60_000)

  test('that come slowly, a few at a time, end in time; so do those that never end', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...actions), bodies, fc.boolean(), async (action, body, ends) => {
        behave = (socket) => {
          socket.write('HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n')
          let at = 0
          const step = Math.max(1, Math.ceil(body.length / 5))
          const drip = setInterval(() => {
            if (socket.destroyed) clearInterval(drip)
            else if (at < body.length) {
              socket.write(body.subarray(at, at + step))
              at += step
            } else if (ends) socket.end()
          }, 2)
        }
        const outcome = await quick(action)
        expect(outcome.kind).toBe(ends ? 'answer' : 'no-answer')
        soundly(action, outcome, body)
      }),
      { numRuns: 40 },
    )
  }, 30_000)

  test.each([
    ['switches to another protocol', 'HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n{"order":5}'],
    ['says to go on, and nothing more', 'HTTP/1.1 100 Continue\r\n\r\n'],
    ['hints, and nothing more', 'HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n'],
    ['has two lengths', 'HTTP/1.1 200 OK\r\ncontent-length: 11\r\ncontent-length: 12\r\n\r\n{"order":5} '],
    ['has a length that is none', 'HTTP/1.1 200 OK\r\ncontent-length: -11\r\n\r\n{"order":5}'],
    ['has a chunk of an endless size', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nffffffffffffffffffff\r\n{"order":5}'],
  ])('an answer that %s is none', async (_, raw) => {
    behave = (socket) => void socket.end(raw)
    expect(await quick('add')).toMatchObject({ kind: 'no-answer' })
  })

  test('an answer behind others that only announce it is the answer', async () => {
    behave = (socket) =>
      void socket.end('HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 11\r\n\r\n{"order":5}')
    const outcome = await quick('add')
    expect(outcome.kind === 'answer' && readAdd(outcome)).toEqual({ kind: 'ok', order: '5' })
  })
})

test('what was made to be hard to read is read, or given up: it takes no worker’s time', () => {
  const hard = [
    `${'['.repeat(30)}${'{"a":1},'.repeat(40_000)}`,
    `"${' '.repeat(1_000_000)}{"order":5}`,
    `${'{"'.repeat(500_000)}`,
    `{"error":"${'<'.repeat(500_000)}"}`,
    `{"balance":"${'1,'.repeat(400_000)}"}`,
    `{"status":"${'a '.repeat(400_000)}"}`,
  ]
  for (const body of hard) {
    const answer = { status: 200, body }
    readAdd(answer)
    readStatuses(answer, ids)
    readServices(answer)
    readBalance(answer)
  }
})
