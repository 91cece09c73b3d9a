import * as z from 'zod/mini'
import { type DisclosureTerms, disclosables } from '../../core/privacy/disclosures.ts'
import { iso } from '../../core/time.ts'
import { moment } from './fields.ts'

export const disclosureView = z.object({
  disclosureId: z.string(),
  at: moment,
  by: z.string(),
  authority: z.string(),
  legalBasis: z.string(),
  reference: z.string(),
  parts: z.array(z.enum(disclosables)),
  /** Of what was handed over, in hex. */
  sha256: z.string(),
  bytes: z.int(),
})

interface Disclosure extends DisclosureTerms {
  readonly disclosureId: string
  readonly at: Date
  readonly by: string
  readonly sha256: string
  readonly bytes: number
}

export const viewDisclosure = (disclosure: Disclosure): z.input<typeof disclosureView> => ({
  ...disclosure,
  at: iso(disclosure.at),
  parts: [...disclosure.parts],
})
