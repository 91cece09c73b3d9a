import middy from '@middy/core'
import type { Context } from 'aws-lambda'
import * as z from 'zod/mini'
import { Refusal } from '../../core/refusals.ts'
import { type Answer, jsonText } from './answer.ts'
import { cookieJar } from './cookies.ts'
import type { AnyEndpoint } from './endpoint.ts'
import { FileAnswer, fileAnswer } from './file-answer.ts'
import { opened } from './opened.ts'
import { packedAnswer } from './packed-answer.ts'
import { Prepared } from './prepared.ts'
import { hold, type Incoming, readEvent, readJson } from './request.ts'
import { telling } from './telling.ts'

export type Handler = (event: unknown, context: Context) => Promise<Answer>

/** Turns an endpoint into a Lambda handler. Inert until the first event. */
export function serve(endpoint: AnyEndpoint): Handler {
  const uses = opened(endpoint.uses)
  const door = opened({ who: endpoint.who })
  const handler = middy()
    .use(telling(endpoint.name, endpoint.refuses))
    .handler(async (event: unknown) => {
      const incoming = readEvent(event)
      const now = new Date()
      sameOrigin(endpoint, incoming)
      if (Object.values(incoming.path).some((name) => name.length > longestName)) throw new Refusal('not-found')
      const { edgeSecret, claims } = incoming
      const caller = await door().who.admit({ edgeSecret, claims, now })
      const cookies = cookieJar(incoming.cookies)
      const result = await endpoint.run({
        caller,
        path: incoming.path,
        query: endpoint.query && hold(endpoint.query, Object.fromEntries(incoming.query)),
        body: endpoint.body && hold(endpoint.body, readJson(incoming)),
        uses: uses(),
        now,
        reference: incoming.reference,
        viewer: incoming.viewer,
        cookies,
      })
      if (result instanceof Prepared) return packedAnswer(result.packed, incoming, caching(endpoint))
      if (result instanceof FileAnswer) return fileAnswer(result)
      // Parsed on the way out: a field that is not declared is a field that does not leak.
      const text = JSON.stringify(z.parse(endpoint.returns, result))
      const answer = jsonText(endpoint.status ?? 200, text, caching(endpoint))
      return cookies.toSet.length > 0 ? { ...answer, cookies: cookies.toSet } : answer
    })
  return (event, context) => handler(event, context)
}

/** No name of anything is longer. */
const longestName = 128

const caching = ({ cacheSeconds }: AnyEndpoint): Record<string, string> =>
  cacheSeconds === undefined ? {} : { 'cache-control': `public, max-age=${cacheSeconds}` }

/** A change that rides on a cookie must come from the panel's own pages. The edge says which origin those have. */
function sameOrigin({ who }: AnyEndpoint, { method, headers }: Incoming): void {
  if (method === 'GET' || who.kind === 'reseller') return
  const origin = headers.get('origin')
  if (origin === undefined || origin !== headers.get('x-viewer-origin')) throw new Refusal('foreign-origin')
}
