import { dayOf, later } from '../time.ts'

/** What one euro is in other currencies, as a central bank says it once a day: plain decimals, as they were written. */
export interface ReferenceRates {
  /** The day they are of, UTC. */
  readonly day: string
  readonly perEuro: ReadonlyMap<string, string>
}

export const euro = 'EUR'

/** The tags of eurofxref-daily.xml and nothing else: no entity, no comment, no document type, no tag that is not named here. */
const text = '[^<>&]{1,200}'
const opening = new RegExp(
  [
    '(?:<\\?xml version=(["\'])1\\.0\\1(?: encoding=(["\'])[Uu][Tt][Ff]-8\\2)?\\s?\\?>)?',
    '<gesmes:Envelope(?: xmlns(?::gesmes)?="[^"<>&]{1,200}"){0,2}>',
    `<gesmes:subject>${text}</gesmes:subject>`,
    `<gesmes:Sender><gesmes:name>${text}</gesmes:name></gesmes:Sender>`,
    '<Cube><Cube time=(["\'])(\\d{4}-\\d{2}-\\d{2})\\3>',
  ].join(''),
  'y',
)
const row = /<Cube currency=(["'])([A-Z]{3})\1 rate=(["'])(\d{1,7}(?:\.\d{1,9})?)\3 ?\/>/y
const closing = /<\/Cube><\/Cube><\/gesmes:Envelope>$/y

/** More than there are currencies. */
const mostRows = 200

/**
 * Reads an answer in the form of the ECB's eurofxref-daily.xml. Undefined for whatever else it is: read by halves it could
 * be another's page, or another day's prices.
 */
export function readReferenceRates(body: string, now: Date): ReferenceRates | undefined {
  const plain = tagsAlone(body)
  opening.lastIndex = 0
  const day = opening.exec(plain)?.[4]
  if (day === undefined || !isDay(day) || day > dayOf(later(now, 86_400))) return undefined
  const perEuro = new Map<string, string>()
  let at = opening.lastIndex
  for (;;) {
    row.lastIndex = at
    const [, , currency, , rate] = row.exec(plain) ?? []
    if (currency === undefined || rate === undefined) break
    if (currency === euro || perEuro.has(currency) || !/[1-9]/.test(rate) || perEuro.size === mostRows) return undefined
    perEuro.set(currency, rate)
    at = row.lastIndex
  }
  closing.lastIndex = at
  return perEuro.size > 0 && closing.test(plain) ? { day, perEuro } : undefined
}

/** Without the space between tags and with one space within them: how the bank breaks its lines says nothing. */
const tagsAlone = (body: string): string => body.trim().replace(/>\s+</g, '><').replace(/\s+/g, ' ')

const isDay = (text: string): boolean => {
  const time = new Date(`${text}T00:00:00.000Z`)
  return !Number.isNaN(time.getTime()) && dayOf(time) === text
}
