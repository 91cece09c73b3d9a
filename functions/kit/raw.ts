import middy from '@middy/core'
import type { Opened, Who } from '../../core/need.ts'
import type { RefusalCode } from '../../core/refusals.ts'
import type { Answer } from './answer.ts'
import type { Route, Uses } from './endpoint.ts'
import { opened } from './opened.ts'
import { type Incoming, readEvent } from './request.ts'
import type { Handler } from './serve.ts'
import { telling } from './telling.ts'

/**
 * An endpoint whose wire format is somebody else's: it reads the request itself and answers in that format. For the
 * reseller protocol, and for webhooks, whose signatures are over the raw bytes.
 */
export interface RawEndpoint<U extends Uses = Uses> {
  readonly name: `${'public' | 'reseller' | 'webhooks'}.${string}`
  readonly routes: readonly Route[]
  readonly summary: string
  readonly description: string
  readonly who: Who<unknown>
  readonly uses: U
  /** Codes beyond those every endpoint may answer with. */
  readonly refuses: readonly RefusalCode[]
  readonly run: (call: { request: Incoming; uses: Opened<U>; now: Date }) => Promise<Answer>
  /** How this format tells that something failed on our side. */
  readonly failed: (error: unknown, reference: string) => Answer
}

// biome-ignore lint/suspicious/noExplicitAny: the erased form, in which the registry holds every raw endpoint
export type AnyRawEndpoint = RawEndpoint<any>

export const rawEndpoint = <U extends Uses>(definition: RawEndpoint<U>): RawEndpoint<U> => definition

/** Turns a raw endpoint into a Lambda handler. Inert until the first event. */
export function serveRaw<U extends Uses>(endpoint: RawEndpoint<U>): Handler {
  const uses = opened(endpoint.uses)
  const door = opened({ who: endpoint.who })
  const handler = middy()
    .use(telling(endpoint.name, endpoint.refuses, endpoint.failed))
    .handler(async (event: unknown) => {
      const request = readEvent(event)
      const now = new Date()
      await door().who.admit({ edgeSecret: request.edgeSecret, claims: request.claims, now })
      return endpoint.run({ request, uses: uses(), now })
    })
  return (event, context) => handler(event, context)
}
