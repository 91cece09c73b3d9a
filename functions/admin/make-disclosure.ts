import { createHash } from 'node:crypto'
import * as z from 'zod/mini'
import { asJson, type Section } from '../../core/archive/pages.ts'
import { customerId } from '../../core/ids.ts'
import { disclosables, kindsOf, largestDisclosure } from '../../core/privacy/disclosures.ts'
import { Refusal } from '../../core/refusals.ts'
import { disclosingAction } from '../../core/staff/audit.ts'
import { iso } from '../../core/time.ts'
import { staff } from '../../data/door.ts'
import { readDisclosures, recordDisclosures } from '../../data/privacy/disclosures.ts'
import { readEverything } from '../../data/privacy/read-everything.ts'
import { settings } from '../../data/settings.ts'
import { keepDisclosures } from '../../outside/archives/keep-disclosures.ts'
import { disclosureView, viewDisclosure } from '../kit/disclosure-view.ts'
import { endpoint } from '../kit/endpoint.ts'
import { memo, requestId } from '../kit/fields.ts'
import { serve } from '../kit/serve.ts'

const line = z.string().check(z.trim(), z.minLength(3), z.maxLength(200))

export const makeDisclosure = endpoint({
  name: 'admin.make-disclosure',
  route: 'POST /api/admin/customers/{customerId}/disclosures',
  summary:
    'Put together what an authority lawfully asked for: who asked, by what law and exactly what was handed over is kept, its digest in the trail. The same requestId again makes none',
  who: staff('admin.make-disclosure'),
  body: z.object({
    authority: line,
    legalBasis: line,
    reference: line,
    parts: z.array(z.enum(disclosables)).check(z.minLength(1), z.maxLength(disclosables.length)),
    memo,
    requestId,
  }),
  returns: disclosureView,
  status: 201,
  refuses: ['customer-not-found', 'disclosure-too-large'],
  uses: {
    everything: readEverything,
    texts: keepDisclosures,
    disclosures: readDisclosures,
    record: recordDisclosures,
    settings,
  },

  // P-USE-4.
  async run({ caller, path, body, uses, now }) {
    const id = customerId(path.customerId)
    const { authority, legalBasis, reference, requestId: disclosureId } = body
    const before = await uses.disclosures.get(id, disclosureId)
    if (before) return viewDisclosure(before)
    const parts = disclosables.filter((part) => body.parts.includes(part))
    const sections = uses.everything.of(id, now, kindsOf(parts))
    const text = await textOf({ panel: uses.settings.panelName, madeAt: iso(now) }, sections)
    const sha256 = createHash('sha256').update(text).digest('hex')
    // Kept before it is on record: a record without what it speaks of would be none.
    await uses.texts.keep(id, { disclosureId, sha256 }, text)
    const terms = { authority, legalBasis, reference, parts }
    const disclosure = { disclosureId, at: now, by: caller.staffId, ...terms, sha256, bytes: text.length }
    const recorded = await uses.record.record(id, disclosure, {
      by: caller.staffId,
      action: disclosingAction,
      on: `customer ${id}`,
      why: body.memo,
      after: { disclosure: disclosureId, ...terms, parts: parts.join(', '), sha256, bytes: text.length },
    })
    return viewDisclosure(recorded)
  },
})

async function textOf(about: { panel: string; madeAt: string }, sections: AsyncIterable<Section>): Promise<Buffer> {
  const pieces: Buffer[] = []
  let bytes = 0
  for await (const piece of asJson(about, sections)) {
    const buffer = Buffer.from(piece)
    bytes += buffer.length
    if (bytes > largestDisclosure) throw new Refusal('disclosure-too-large')
    pieces.push(buffer)
  }
  return Buffer.concat(pieces)
}

export const handler = serve(makeDisclosure)
