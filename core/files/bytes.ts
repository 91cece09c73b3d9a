/** A file's bytes as its numbers; undefined where it has ended before. */
export interface Reader {
  readonly length: number
  u8(at: number): number
  u16(at: number): number
  u16le(at: number): number
  u24le(at: number): number
  u32(at: number): number
  u32le(at: number): number
  text(at: number, length: number): string
  part(from: number, to: number): Uint8Array
}

/** Thrown by a reader past the end of the file: whoever inspects it answers that it is damaged. */
export class Ended extends Error {}

export function reader(bytes: Uint8Array): Reader {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const within = <T>(at: number, length: number, read: () => T): T => {
    if (at < 0 || at + length > bytes.length) throw new Ended('the file ends before it is complete')
    return read()
  }
  return {
    length: bytes.length,
    u8: (at) => within(at, 1, () => view.getUint8(at)),
    u16: (at) => within(at, 2, () => view.getUint16(at)),
    u16le: (at) => within(at, 2, () => view.getUint16(at, true)),
    u24le: (at) => within(at, 3, () => view.getUint16(at, true) + view.getUint8(at + 2) * 65_536),
    u32: (at) => within(at, 4, () => view.getUint32(at)),
    u32le: (at) => within(at, 4, () => view.getUint32(at, true)),
    text: (at, length) => within(at, length, () => String.fromCharCode(...bytes.subarray(at, at + length))),
    part: (from, to) => within(from, to - from, () => bytes.subarray(from, to)),
  }
}

export function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

export const beginsWith = (bytes: Uint8Array, start: string): boolean =>
  bytes.length >= start.length && [...start].every((character, index) => bytes[index] === character.charCodeAt(0))

/** Runs an inspection; a file that ends in the middle of it is damaged. */
export function unlessEnded<T>(inspect: () => T, damaged: T): T {
  try {
    return inspect()
  } catch (error) {
    if (error instanceof Ended) return damaged
    throw error
  }
}
