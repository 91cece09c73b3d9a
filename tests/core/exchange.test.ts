import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { type AddressInfo, createServer as createTcpServer, type Socket } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Outcome } from '../../core/protocol/outcome.ts'
import { readAdd } from '../../core/protocol/replies.ts'
import { post } from '../../outside/providers/exchange.ts'

const bounds = { totalMilliseconds: 1_000, answerBytes: 10_000 }
const { replies } = JSON.parse(readFileSync(new URL('../fixtures/provider-replies.json', import.meta.url), 'utf8')) as {
  replies: {
    name: string
    action: string
    status: number
    contentType: string
    body: string
    means: { class: string; order?: string }
  }[]
}

/** A server that answers with what is asked of it in the path: the index of a recorded reply. */
let recorded: Server
let seen: { headers: Record<string, unknown>; body: string }[] = []
beforeAll(async () => {
  recorded = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk) => {
      body += chunk
    })
    request.on('end', () => {
      seen.push({ headers: request.headers, body })
      const reply = replies[Number(request.url?.slice(1))]
      response.writeHead(reply?.status ?? 404, {
        'content-type': reply?.contentType ?? 'text/plain',
        ...(reply?.status === 301 ? { location: '/0' } : {}),
      })
      response.end(reply?.body)
    })
  })
  await new Promise<void>((ready) => recorded.listen(0, '127.0.0.1', ready))
})
afterAll(() => recorded.close())
const portOf = (server: { address(): unknown }): number => (server.address() as AddressInfo).port

describe('every recorded answer to add, over a real connection', () => {
  test.each(replies.flatMap((reply, index) => (reply.action === 'add' ? [[reply.name, reply, index] as const] : [])))(
    '%s',
    async (_, reply, index) => {
      const outcome = await post(new URL(`http://127.0.0.1:${portOf(recorded)}/${index}`), 'key=k&action=add', bounds)
      expect(outcome.kind).toBe('answer')
      if (outcome.kind === 'answer')
        expect(readAdd(outcome)).toMatchObject({
          kind: reply.means.class,
          ...(reply.means.order ? { order: reply.means.order } : {}),
        })
    },
  )
})

test('a redirect is not followed', async () => {
  seen = []
  const index = replies.findIndex(({ name }) => name === 'redirect')
  await post(new URL(`http://127.0.0.1:${portOf(recorded)}/${index}`), 'key=k', bounds)
  expect(seen).toHaveLength(1)
})

/** A bare server that does as it is told with each connection. */
async function withServer(
  behave: (socket: Socket) => void,
  run: (url: URL, connections: () => number) => Promise<void>,
): Promise<void> {
  let connections = 0
  const server = createTcpServer((socket) => {
    connections++
    socket.on('error', () => undefined)
    behave(socket)
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  await run(new URL(`http://127.0.0.1:${portOf(server)}/`), () => connections)
  server.close()
}
const ask = (url: URL): Promise<Outcome> => post(url, 'key=k&action=add', bounds)

describe('what came of a call is known for what it is', () => {
  test('nobody there: nothing was sent', async () => {
    expect(await ask(new URL('http://127.0.0.1:1/'))).toMatchObject({ kind: 'not-sent' })
    expect(await post(new URL('http://name-that-does-not-exist.invalid/'), 'x', bounds)).toMatchObject({ kind: 'not-sent' })
  })
  test.each([
    ['the connection closes as soon as the request is there', (socket: Socket) => void socket.once('data', () => socket.destroy())],
    ['the connection is reset', (socket: Socket) => void socket.once('data', () => socket.resetAndDestroy())],
    ['no answer comes in time', () => undefined],
    [
      'an answer breaks off',
      (socket: Socket) => void socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{"order":')),
    ],
    [
      'an answer in pieces breaks off',
      (socket: Socket) =>
        void socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\n{"ord')),
    ],
    ['an answer is no HTTP', (socket: Socket) => void socket.once('data', () => socket.end('hello'))],
    [
      'an answer never ends',
      (socket: Socket) =>
        void socket.once('data', () => setInterval(() => socket.writable && socket.write('HTTP/1.1 200 OK\r\n\r\nx'), 20).unref()),
    ],
    [
      'an answer is larger than any answer is',
      (socket: Socket) => void socket.once('data', () => socket.end(`HTTP/1.1 200 OK\r\n\r\n${'x'.repeat(50_000)}`)),
    ],
    [
      'headers never end',
      (socket: Socket) => void socket.once('data', () => socket.write(`HTTP/1.1 200 OK\r\nx: ${'x'.repeat(100_000)}`)),
    ],
  ])('%s: it may have arrived', async (_, behave) => {
    await withServer(behave, async (url, connections) => {
      expect(await ask(url)).toMatchObject({ kind: 'no-answer' })
      expect(connections()).toBe(1)
    })
  })
  test('the connection closes before the request could be written: it may have arrived, for all this side can know', async () => {
    await withServer(
      (socket) => socket.destroy(),
      async (url) => {
        expect(['no-answer', 'not-sent']).toContain((await ask(url)).kind)
      },
    )
  })
})
