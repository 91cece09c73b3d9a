import type { Opened, Who } from '../../core/need.ts'
import { type Answer, json } from './answer.ts'
import type { Uses } from './endpoint.ts'
import { type RawEndpoint, rawEndpoint } from './raw.ts'

/**
 * News that somebody outside sends on their own account. What comes in is believed only for its signature over the raw
 * bytes; it may come twice, late and out of order, so `run` must not mind hearing again.
 */
export interface Webhook<News, U extends Uses> {
  readonly name: `webhooks.${string}`
  readonly route: `POST /webhooks/${string}`
  readonly summary: string
  readonly who: Who<unknown>
  readonly uses: U
  /** What the bytes say, when the signature holds; undefined when it does not. Compared in constant time. */
  readonly verify: (given: {
    readonly body: Buffer
    readonly headers: ReadonlyMap<string, string>
    readonly uses: Opened<U>
    readonly now: Date
  }) => Promise<News | undefined>
  readonly run: (call: { readonly news: News; readonly uses: Opened<U>; readonly now: Date }) => Promise<void>
}

/** A webhook as a raw endpoint: 200 when it was heard, 400 for a bad signature, 500 so that it is sent again. */
export const webhook = <News, U extends Uses>(definition: Webhook<News, U>): RawEndpoint<U> =>
  rawEndpoint({
    name: definition.name,
    routes: [definition.route],
    summary: definition.summary,
    description: 'Signed over its raw bytes. 200: heard. 400: the signature does not hold. 5xx: send it again.',
    who: definition.who,
    uses: definition.uses,
    refuses: [],
    async run({ request, uses, now }): Promise<Answer> {
      const news = await definition.verify({ body: request.body, headers: request.headers, uses, now })
      if (news === undefined) return json(400, { error: 'the signature does not hold' })
      await definition.run({ news, uses, now })
      return json(200, { heard: true })
    },
    failed: (_, reference) => json(500, { error: 'try again', reference }),
  })
