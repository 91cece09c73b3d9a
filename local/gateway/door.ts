import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { gzipSync } from 'node:zlib'
import type { RawLine } from '../../core/access-log/line.ts'
import { apiRequestFunction, type Door, pageRequestFunction } from '../../lib/edge/render.ts'
import { securityHeaders } from '../../lib/edge/security-headers.ts'
import { listen, readBody } from '../http.ts'
import { type EdgeAnswer, type EdgeRequest, edgeFunction } from './edge.ts'
import { gatewaySays, type Incoming, newRequestId, type Outgoing } from './incoming.ts'

interface Options {
  readonly door: Door
  readonly port: number
  /** The edge's key-value store. */
  readonly lookUp: (key: string) => string | undefined
  /** What is written of each request into the log. */
  readonly note: (door: Door, line: RawLine) => void
  /** By the beginning of a path, longest first. */
  readonly apis: readonly { readonly prefix: string; readonly handle: (request: Incoming) => Promise<Outgoing> }[]
  readonly files: (path: string) => Promise<Outgoing>
  /** Files under /api/ that are not functions: the published OpenAPI document. */
  readonly published: Readonly<Record<string, string>>
  /** Where its pages may post files to. */
  readonly uploads: string
}

/** One CloudFront distribution: its edge functions, its origins by path, its headers on every answer. */
export function openDoor({ door, port, lookUp, note, apis, files, published, uploads }: Options): Promise<Server> {
  const onApi = edgeFunction(apiRequestFunction(door, 'http'), lookUp)
  const onPage = edgeFunction(pageRequestFunction(), lookUp)
  const answer = answerWith(securityHeaders(uploads))

  return listen(port, async (message, response) => {
    const requestId = newRequestId()
    const url = new URL(message.url ?? '/', 'http://localhost')
    const document = published[url.pathname]
    const isApi = document === undefined && (url.pathname.startsWith('/api/') || url.pathname.startsWith('/webhooks/'))
    const request = edgeRequest(message, url)
    const viewer = { ip: message.socket.remoteAddress?.replace(/^::ffff:/, '') ?? '' }
    const asked = rawLine(message, url, viewer.ip)
    response.once('close', () => note(door, { ...asked, 'sc-status': String(response.statusCode) }))
    const passed = await (isApi ? onApi : onPage)({ request, viewer, context: { requestId } })
    if ('statusCode' in passed) return answer(message, response, edgeAnswer(passed))
    if (document !== undefined)
      return answer(message, response, { status: 200, headers: { 'content-type': 'application/json' }, body: document })
    if (!isApi) return answer(message, response, await files(passed.uri))
    const body = await readBody(message)
    if (!body) return answer(message, response, gatewaySays(413, 'Request Entity Too Large', requestId))
    const api = apis.find(({ prefix }) => passed.uri.startsWith(prefix))
    if (!api) return answer(message, response, gatewaySays(404, 'Not Found', requestId))
    return answer(message, response, await api.handle(incoming(passed, url, body, requestId)))
  })
}

/** As CloudFront writes it: what a browser sent is encoded, and what it did not send is a dash. */
function rawLine({ headers }: IncomingMessage, { pathname }: URL, ip: string): Omit<RawLine, 'sc-status'> {
  const [date = '', time = ''] = new Date().toISOString().split(/[T.]/)
  return {
    date,
    time,
    'c-ip': ip,
    'cs(User-Agent)': encodeURI(headers['user-agent'] ?? '-'),
    'cs(Referer)': headers.referer ?? '-',
    'cs-uri-stem': pathname,
  }
}

function edgeRequest(message: IncomingMessage, url: URL): EdgeRequest {
  const { cookie = '', ...headers } = message.headers
  const cookies = cookie.split(';').flatMap((pair): [string, { value: string }][] => {
    const at = pair.indexOf('=')
    return at < 1 ? [] : [[pair.slice(0, at).trim(), { value: pair.slice(at + 1).trim() }]]
  })
  return {
    method: message.method ?? 'GET',
    uri: url.pathname,
    querystring: {},
    headers: Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name, { value: Array.isArray(value) ? value.join(', ') : (value ?? '') }]),
    ),
    cookies: Object.fromEntries(cookies),
  }
}

const incoming = (request: EdgeRequest, url: URL, body: Buffer, requestId: string): Incoming => ({
  method: request.method,
  path: request.uri,
  query: url.search.slice(1),
  headers: Object.fromEntries(Object.entries(request.headers).map(([name, { value }]) => [name, value])),
  cookies: Object.entries(request.cookies).map(([name, { value }]) => `${name}=${value}`),
  body,
  requestId,
})

const edgeAnswer = ({ statusCode, headers = {}, body }: EdgeAnswer): Outgoing => ({
  status: statusCode,
  headers: Object.fromEntries(Object.entries(headers).map(([name, { value }]) => [name, value])),
  body: body?.data ?? '',
})

const answerWith =
  (always: Readonly<Record<string, string>>) =>
  (message: IncomingMessage, response: ServerResponse, outgoing: Outgoing): void => {
    // The edge compresses what it may cache, and only that.
    const cached = /public|no-cache/.test(outgoing.headers['cache-control'] ?? '')
    const packed = outgoing.headers['content-encoding'] !== undefined
    const zip =
      cached && !packed && outgoing.body.length > 1_000 && /\bgzip\b/.test(String(message.headers['accept-encoding'] ?? ''))
    response.writeHead(outgoing.status, {
      ...outgoing.headers,
      ...always,
      ...(zip ? { 'content-encoding': 'gzip', vary: 'accept-encoding' } : {}),
      ...(outgoing.cookies?.length ? { 'set-cookie': [...outgoing.cookies] } : {}),
    })
    response.end(message.method === 'HEAD' ? undefined : zip ? zipped(outgoing.body) : outgoing.body)
  }

/** A file that is served again is the same object, and was compressed. */
const zippedBefore = new WeakMap<Buffer, Buffer>()

function zipped(body: string | Buffer): Buffer {
  if (typeof body === 'string') return gzipSync(body)
  const before = zippedBefore.get(body)
  if (before) return before
  const made = gzipSync(body)
  zippedBefore.set(body, made)
  return made
}
