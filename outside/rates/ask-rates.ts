import { lookup } from 'node:dns'
import type { LookupFunction } from 'node:net'
import type { Need } from '../../core/need.ts'
import { Refusal } from '../../core/refusals.ts'
import { pinned, providerUrl } from '../providers/address.ts'

/** What came of asking for the day's rates. Whatever it answered, nothing of it is believed yet. */
export type RatesAnswer =
  | { readonly kind: 'answer'; readonly body: string; readonly source: string }
  | { readonly kind: 'no-answer'; readonly why: 'unreachable' | 'refused' | 'too-large' }

interface AskRates {
  /** Undefined where the operator set no source: then nobody is asked. Never throws for what the source does. */
  ask(): Promise<RatesAnswer | undefined>
}

/** The real one is 2 KB. */
const bounds = { totalMilliseconds: 15_000, answerBytes: 64 * 1024 }

/** P-SH-2: one address, that of the deployment's settings, and only where there is one. Nothing is told it: no body, no cookie. */
export const askRates = {
  allow: [{ on: 'rates' }],
  open: () => ({
    async ask() {
      const source = process.env['RATES_URL']
      if (source === undefined) return undefined
      const address = allowed(source)
      return address ? get(address, bounds) : { kind: 'no-answer', why: 'unreachable' }
    },
  }),
} satisfies Need<AskRates>

/** By the rules of providers' addresses: https, and a host out in the world. */
function allowed(source: string): URL | undefined {
  try {
    return providerUrl(source, process.env['SANDBOX_RATES_URL'])
  } catch (error) {
    if (error instanceof Refusal) return undefined
    throw error
  }
}

/** Redirects are not followed; bytes are counted as they arrive. */
export async function get(
  url: URL,
  { totalMilliseconds, answerBytes }: typeof bounds,
  find: LookupFunction = pinned(lookup),
): Promise<RatesAnswer> {
  const plain = url.protocol === 'http:'
  const { request: open } = await (plain ? import('node:http') : import('node:https'))
  return new Promise((settle) => {
    const request = open(url, {
      agent: false,
      headers: { accept: 'application/xml', 'user-agent': 'panel', connection: 'close' },
      ...(plain ? {} : { lookup: find, minVersion: 'TLSv1.2' as const }),
    })
    const finish = (answer: RatesAnswer): void => {
      clearTimeout(timer)
      settle(answer)
      request.destroy()
    }
    const fail = (): void => finish({ kind: 'no-answer', why: 'unreachable' })
    const timer = setTimeout(fail, totalMilliseconds)
    request.on('error', fail)
    request.on('response', (response) => {
      if (response.statusCode !== 200) return finish({ kind: 'no-answer', why: 'refused' })
      const chunks: Buffer[] = []
      let bytes = 0
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length
        chunks.push(chunk)
        if (bytes > answerBytes) finish({ kind: 'no-answer', why: 'too-large' })
      })
      response.on('error', fail)
      response.on('aborted', fail)
      response.on('end', () => {
        if (response.complete) finish({ kind: 'answer', body: Buffer.concat(chunks).toString('utf8'), source: url.host })
        else fail()
      })
    })
    request.end()
  })
}
