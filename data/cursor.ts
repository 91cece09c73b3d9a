import * as z from 'zod/mini'
import { Refusal } from '../core/refusals.ts'

/**
 * Where the next page begins, in a form to hand out and take back. It holds no owner: the owner comes from the session,
 * so a forged cursor reaches nothing but the forger's own items.
 */
export const writeCursor = (place: Readonly<Record<string, string>>): string =>
  Buffer.from(JSON.stringify(place)).toString('base64url')

export function readCursor<Place extends z.core.$ZodType>(schema: Place, cursor: string): z.output<Place> {
  const place = z.safeParse(schema, parsed(Buffer.from(cursor, 'base64url').toString()))
  if (!place.success) throw new Refusal('invalid-request', { field: 'cursor' })
  return place.data
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
