import { once } from 'node:events'
import { type IncomingMessage, Server, type ServerResponse } from 'node:http'

/**
 * The bucket replaces an object whatever `If-Match` and `If-None-Match` say of it. Here such writes stand in line before
 * it, and are refused as S3 refuses them.
 */
export function conditionalWrites(port: number): void {
  const { emit } = Server.prototype
  let line: Promise<unknown> = Promise.resolve()
  Server.prototype.emit = function (this: Server, event: string, ...given: unknown[]): boolean {
    const [request, response] = given as [IncomingMessage, ServerResponse]
    if (event !== 'request' || request.method !== 'PUT' || !conditions.some((name) => request.headers[name] !== undefined))
      return Reflect.apply(emit, this, [event, ...given])
    const write = async (): Promise<void> => {
      const refused = refusal(request, await versionOf(port, request.url ?? ''))
      if (refused) {
        request.resume()
        response.writeHead(refused.status, { 'content-type': 'application/xml' }).end(`<Error><Code>${refused.code}</Code></Error>`)
      } else {
        const done = once(response, 'close')
        Reflect.apply(emit, this, [event, ...given])
        await done
      }
    }
    // What goes wrong with one is not the next one's.
    line = line.then(write).catch(() => response.destroy())
    return true
  }
}

const conditions = ['if-match', 'if-none-match'] as const

async function versionOf(port: number, url: string): Promise<string | undefined> {
  const found = await fetch(new URL(url.split('?')[0] ?? '', `http://127.0.0.1:${port}`), { method: 'HEAD' })
  return found.ok ? (found.headers.get('etag') ?? undefined) : undefined
}

function refusal({ headers }: IncomingMessage, version: string | undefined): { status: number; code: string } | undefined {
  const wanted = headers['if-match']
  if (wanted !== undefined && version === undefined) return { status: 404, code: 'NoSuchKey' }
  const holds = wanted === undefined ? version === undefined : wanted === version
  return holds ? undefined : { status: 412, code: 'PreconditionFailed' }
}
