import { plainWords } from './plain-words.ts'
import { type Answer, readReply } from './replies.ts'

/** As long as what a provider said may be, in bytes: it lies in the order's own item. */
const longestWords = 120
/**
 * What a provider answered, in its own words, for staff alone: plain text without tags, cut short, and without the key
 * that some providers put into their errors.
 */
export function wordsOf(answer: Answer, apiKey: string, longest = longestWords): string | undefined {
  const reply = readReply(answer)
  const error = 'kind' in reply ? undefined : reply.error
  const status = answer.status >= 200 && answer.status < 300 ? '' : `HTTP ${answer.status}: `
  const text = `${status}${error || answer.body.slice(0, 4_000)}`
  return plainWords(apiKey === '' ? text : text.replaceAll(apiKey, '…'), longest)
}
