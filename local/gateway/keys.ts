import { randomBytes } from 'node:crypto'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { listen, readBody, send } from '../http.ts'
import { openJournal } from '../journal.ts'

/** A metered key of the gateway: it holds the hash of a key of ours as its value, never the key. */
interface GatewayKey {
  readonly id: string
  readonly name: string
  readonly value: string
  readonly plans: readonly string[]
}

export interface GatewayControl {
  readonly server: Server
  /** Whether a key with this value is on a usage plan. */
  metered(value: string): boolean
  /** The edge's key-value store. */
  lookUp(key: string): string | undefined
}

type Line = { readonly key: GatewayKey } | { readonly gone: string } | { readonly pair: readonly [string, string] }

/** API Gateway's own control calls for keys and usage plans, and those of the edge's key-value store. */
export async function startGatewayControl(port: number, file: string | undefined): Promise<GatewayControl> {
  const journal = openJournal<Line>(file)
  const keys = new Map<string, GatewayKey>()
  const pairs = new Map<string, string>()
  const apply = (line: Line): void => {
    if ('key' in line) keys.set(line.key.id, line.key)
    else if ('gone' in line) keys.delete(line.gone)
    else pairs.set(...line.pair)
  }
  for (const line of journal.lines) apply(line)
  const write = (line: Line): void => {
    journal.append(line)
    apply(line)
  }
  const shown = ({ id, name }: GatewayKey) => ({ id, name, enabled: true })

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? '/', 'http://localhost')
    const input = request.method === 'POST' || request.method === 'PUT' ? JSON.parse(String(await readBody(request)) || '{}') : {}
    const [kind = '', id = '', , name = ''] = url.pathname
      .split('/')
      .filter((part) => part !== '')
      .map(decodeURIComponent)
    switch (`${request.method} ${kind}`) {
      case 'POST apikeys': {
        const key = { id: randomBytes(5).toString('hex'), name: String(input.name), value: String(input.value), plans: [] }
        if ([...keys.values()].some((other) => other.value === key.value))
          return send(response, 409, { message: 'API Key already exists' }, { 'x-amzn-errortype': 'ConflictException' })
        write({ key })
        return send(response, 201, shown(key))
      }
      case 'GET apikeys':
        return send(response, 200, {
          item: [...keys.values()].filter((key) => key.name.startsWith(url.searchParams.get('name') ?? '')).map(shown),
        })
      case 'DELETE apikeys':
        write({ gone: id })
        return send(response, 202, '')
      case 'POST usageplans': {
        const key = keys.get(String(input.keyId))
        if (!key)
          return send(
            response,
            404,
            { message: 'Invalid API Key identifier specified' },
            { 'x-amzn-errortype': 'NotFoundException' },
          )
        if (key.plans.includes(id))
          return send(response, 409, { message: 'already on this plan' }, { 'x-amzn-errortype': 'ConflictException' })
        write({ key: { ...key, plans: [...key.plans, id] } })
        return send(response, 201, shown(key))
      }
      case 'GET key-value-stores':
        return send(
          response,
          200,
          { ItemCount: pairs.size, TotalSizeInBytes: 0, KvsARN: id, Created: 0, Status: 'READY' },
          { etag: String(pairs.size) },
        )
      case 'PUT key-value-stores':
        write({ pair: [name, String(input.Value)] })
        return send(response, 200, { ItemCount: pairs.size, TotalSizeInBytes: 0 }, { etag: String(pairs.size) })
      default:
        return send(response, 404, { message: 'not emulated' })
    }
  }
  return {
    server: await listen(port, handle),
    metered: (value) => [...keys.values()].some((key) => key.value === value && key.plans.length > 0),
    lookUp: (key) => pairs.get(key),
  }
}
