import { lookup } from 'node:dns'
import type { LookupFunction } from 'node:net'
import type { Outcome } from '../../core/protocol/outcome.ts'
import { pinned } from './address.ts'

/** Bounds of one call. Bytes are counted as they arrive. */
export interface Bounds {
  readonly totalMilliseconds: number
  readonly answerBytes: number
}

/**
 * Posts a form and answers what came of it; never throws. Each call has a connection of its own: on a used one, a reset
 * could not be told from a lost answer. Redirects are not followed. `find` is how a name is looked up.
 */
export async function post(url: URL, form: string, bounds: Bounds, find: LookupFunction = pinned(lookup)): Promise<Outcome> {
  const plain = url.protocol === 'http:'
  // At the first call, as the SDK does it: loading them is most of what a function takes to start.
  const { request: open } = await (plain ? import('node:http') : import('node:https'))
  return new Promise((settle) => {
    const request = open(url, {
      method: 'POST',
      agent: false,
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'content-length': Buffer.byteLength(form),
        accept: 'application/json',
        'user-agent': 'panel',
        connection: 'close',
      },
      ...(plain ? {} : { lookup: find, minVersion: 'TLSv1.2' as const }),
    })
    let handedOver = false
    const timer = setTimeout(() => fail('it took too long'), bounds.totalMilliseconds)
    const finish = (outcome: Outcome): void => {
      clearTimeout(timer)
      settle(outcome)
      request.destroy()
    }
    const fail = (why: string): void => finish({ kind: handedOver ? 'no-answer' : 'not-sent', why })

    request.on('error', (error) => fail(error.message))
    request.on('response', (response) => {
      const chunks: Buffer[] = []
      let bytes = 0
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length
        chunks.push(chunk)
        if (bytes > bounds.answerBytes) finish({ kind: 'no-answer', why: 'the answer is too large', tooLarge: true })
      })
      response.on('error', (error) => fail(error.message))
      response.on('aborted', () => fail('the answer broke off'))
      response.on('end', () => {
        if (response.complete)
          finish({ kind: 'answer', status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString('utf8') })
        else fail('the answer broke off')
      })
    })
    // The body is written only when the connection stands, TLS included: before that, nothing can have arrived.
    request.once('socket', (socket) => {
      socket.once(plain ? 'connect' : 'secureConnect', () => {
        handedOver = true
        request.end(form)
      })
    })
  })
}
