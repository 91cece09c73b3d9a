import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import * as z from 'zod/mini'
import { dayOf } from '../../core/time.ts'
import { listen, readBody, send } from '../http.ts'
import { type Published, published, usualRates } from './published.ts'

const wish = z.object({
  day: z.optional(z.string()),
  /** In place of those with the same code, or besides: plain decimals, per euro. An empty one is left out. */
  rates: z.optional(z.record(z.string(), z.string())),
  /** Answered as it is, in place of all that. */
  body: z.optional(z.string()),
  status: z.optional(z.int()),
})

/** A bank to play with: it publishes the rates of today, and `POST /` says what it publishes instead. */
export async function startRates(port: number): Promise<Server> {
  let wished: z.output<typeof wish> = {}
  return listen(port, async (request: IncomingMessage, response: ServerResponse) => {
    if (request.method === 'POST') {
      const asked = z.safeParse(wish, JSON.parse(String(await readBody(request)) || '{}'))
      if (!asked.success) return send(response, 400, { error: 'not rates', issues: asked.error.issues })
      wished = asked.data
      return send(response, 200, wished)
    }
    const { day = dayOf(new Date()), rates = {}, body, status = 200 } = wished
    const told: Published = { day, rates: { ...usualRates, ...rates } }
    send(response, status, body ?? published(told), { 'content-type': 'text/xml' })
  })
}
