import * as z from 'zod/mini'
import { customerId } from '../../core/ids.ts'
import { Refusal } from '../../core/refusals.ts'
import { keepAudit } from '../../data/audit.ts'
import { staff } from '../../data/door.ts'
import { readDisclosures } from '../../data/privacy/disclosures.ts'
import { readDisclosureTexts } from '../../outside/archives/keep-disclosures.ts'
import { disclosureView, viewDisclosure } from '../kit/disclosure-view.ts'
import { endpoint } from '../kit/endpoint.ts'
import { serve } from '../kit/serve.ts'

export const readDisclosure = endpoint({
  name: 'admin.read-disclosure',
  route: 'GET /api/admin/customers/{customerId}/disclosures/{disclosureId}',
  summary: 'Exactly what was handed over to an authority; the look is on record',
  who: staff('admin.read-disclosure'),
  returns: z.extend(disclosureView, {
    /** JSON, as it was handed over. */
    text: z.string(),
  }),
  refuses: ['disclosure-not-found'],
  uses: { disclosures: readDisclosures, texts: readDisclosureTexts, audit: keepAudit },

  async run({ caller, path, uses, now }) {
    const id = customerId(path.customerId)
    const disclosure = await uses.disclosures.get(id, path.disclosureId)
    if (!disclosure) throw new Refusal('disclosure-not-found')
    const { disclosureId } = disclosure
    const record = {
      by: caller.staffId,
      action: 'admin.read-disclosure',
      on: `customer ${id}`,
      after: { disclosure: disclosureId },
    }
    await uses.audit.record(record, now)
    return { ...viewDisclosure(disclosure), text: await uses.texts.read(id, disclosure) }
  },
})

export const handler = serve(readDisclosure)
