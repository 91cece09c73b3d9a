import type * as z from 'zod/mini'

/** An answer in the form in which it was packed beforehand. */
export interface Packed {
  /** Names this very content: other content has another name. */
  readonly tag: string
  /** Gzip, in base64. */
  readonly zipped: string
  text(): string
}

/**
 * An answer that was written, checked and packed beforehand, as it goes over the wire: what everybody asks for is not
 * parsed, printed and compressed anew for each.
 */
export class Prepared<Returns extends z.core.$ZodType> {
  readonly packed: Packed
  /** Only for the type: a prepared answer of one endpoint is not another's. */
  declare readonly of: Returns

  constructor(packed: Packed) {
    this.packed = packed
  }
}
