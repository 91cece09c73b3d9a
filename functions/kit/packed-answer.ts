import { type Answer, jsonText } from './answer.ts'
import type { Packed } from './prepared.ts'
import type { Incoming } from './request.ts'

/** In bytes. A function answers 6 MB at most, as a string inside JSON: there a catalogue grows by a fifth. */
export const largestPlain = 4_500_000

/** Hands on what was packed beforehand: not at all to whoever has it, as it lies there to whoever takes gzip, else unpacked. */
export function packedAnswer(
  packed: Packed,
  { method, headers }: Pick<Incoming, 'method' | 'headers'>,
  more: Readonly<Record<string, string>> = {},
): Answer {
  // Weak: the same content has the same name, packed or not.
  const etag = `W/"${packed.tag}"`
  const about = { etag, vary: 'accept-encoding', ...more }
  if (method === 'GET' && names(headers.get('if-none-match') ?? '', packed.tag)) return jsonText(304, '', about)
  if (!takesGzip(headers.get('accept-encoding') ?? '')) {
    const text = packed.text()
    // Whoever says nothing of gzip mostly knows it all the same; an error knows nobody.
    if (Buffer.byteLength(text) <= largestPlain) return jsonText(200, text, about)
  }
  return { ...jsonText(200, packed.zipped, { ...about, 'content-encoding': 'gzip' }), isBase64Encoded: true }
}

/** Whether one of the names in `If-None-Match` is this one. */
const names = (given: string, tag: string): boolean =>
  given.split(',').some((one) => ['*', `"${tag}"`].includes(one.trim().replace(/^W\//, '')))

/** Whether an `Accept-Encoding` allows gzip: by its name, or by a star where it is not named. */
export function takesGzip(accepted: string): boolean {
  const weights = new Map(
    accepted.split(',').map((one) => {
      const [coding = '', ...parameters] = one.split(';').map((part) => part.trim().toLowerCase())
      const weight = parameters.find((parameter) => parameter.startsWith('q='))
      return [coding === 'x-gzip' ? 'gzip' : coding, weight === undefined ? 1 : Number(weight.slice(2))]
    }),
  )
  return (weights.get('gzip') ?? weights.get('*') ?? 0) > 0
}
