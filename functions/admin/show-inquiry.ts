import { lookMinutes } from '../../core/privacy/looks.ts'
import { iso } from '../../core/time.ts'
import { staff } from '../../data/door.ts'
import { openInquiryLooks } from '../../data/looks.ts'
import { endpoint } from '../kit/endpoint.ts'
import { lookAt, lookBody, lookReturns } from '../kit/look.ts'
import { serve } from '../kit/serve.ts'

export const showInquiry = endpoint({
  name: 'admin.show-inquiry',
  route: 'POST /api/admin/inquiries/{inquiryId}/look',
  summary: `See who wrote without an account for ${lookMinutes} minutes: who asked, what for and why is on record`,
  who: staff('admin.show-inquiry'),
  body: lookBody,
  returns: lookReturns,
  refuses: ['inquiry-not-found'],
  uses: { looks: openInquiryLooks },

  // P-SEC-2: answering takes no name and no address.
  async run(call) {
    const { caller, path, uses, now } = call
    const { until, audit } = lookAt(`inquiry ${path.inquiryId}`, 'admin.show-inquiry', call)
    await uses.looks.open(caller.staffId, path.inquiryId, until, audit, now)
    return { until: iso(until) }
  },
})

export const handler = serve(showInquiry)
