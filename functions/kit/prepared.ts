import type * as z from 'zod/mini'

/**
 * An answer that was written and checked beforehand, as it goes over the wire: what everybody asks for is not parsed and
 * printed anew for each.
 */
export class Prepared<Returns extends z.core.$ZodType> {
  readonly text: string
  /** Only for the type: a prepared answer of one endpoint is not another's. */
  declare readonly of: Returns

  constructor(text: string) {
    this.text = text
  }
}
