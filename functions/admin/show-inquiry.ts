import * as z from 'zod/mini'
import { lookMinutes, lookReasons } from '../../core/privacy/looks.ts'
import { iso, later } from '../../core/time.ts'
import { staff } from '../../data/door.ts'
import { openInquiryLooks } from '../../data/looks.ts'
import { endpoint } from '../kit/endpoint.ts'
import { memo, moment } from '../kit/fields.ts'
import { serve } from '../kit/serve.ts'

export const showInquiry = endpoint({
  name: 'admin.show-inquiry',
  route: 'POST /api/admin/inquiries/{inquiryId}/look',
  summary: `See who wrote without an account for ${lookMinutes} minutes: who asked, what for and why is on record`,
  who: staff('admin.show-inquiry'),
  body: z.object({ for: z.enum(lookReasons), memo }),
  returns: z.object({ until: moment }),
  refuses: ['inquiry-not-found'],
  uses: { looks: openInquiryLooks },

  // P-SEC-2: answering takes no name and no address.
  async run({ caller, path: { inquiryId }, body, uses, now }) {
    const until = later(now, lookMinutes * 60)
    const audit = {
      by: caller.staffId,
      action: 'admin.show-inquiry',
      on: `inquiry ${inquiryId}`,
      why: body.memo,
      after: { for: body.for, until: iso(until) },
    }
    await uses.looks.open(caller.staffId, inquiryId, until, audit, now)
    return { until: iso(until) }
  },
})

export const handler = serve(showInquiry)
