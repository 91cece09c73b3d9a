import * as z from 'zod/mini'
import { inquiryKinds } from '../../core/inquiries/inquiry.ts'
import { keepAudit } from '../../data/audit.ts'
import { staff } from '../../data/door.ts'
import { listInquiries as listing } from '../../data/inquiries/read-inquiries.ts'
import { endpoint } from '../kit/endpoint.ts'
import { inquiryView, viewInquiry } from '../kit/inquiry-views.ts'
import { serve } from '../kit/serve.ts'

/** Those closed make room for the next. */
const most = 200

export const listInquiries = endpoint({
  name: 'admin.list-inquiries',
  route: 'GET /api/admin/inquiries',
  summary: 'What people without an account wrote and nobody closed, oldest first, 200 at most. The look is on record',
  who: staff('admin.list-inquiries'),
  query: z.object({ kind: z.enum(inquiryKinds) }),
  returns: z.object({ rows: z.array(inquiryView), more: z.boolean() }),
  refuses: [],
  uses: { inquiries: listing, audit: keepAudit },

  async run({ caller, query: { kind }, uses, now }) {
    await uses.audit.record({ by: caller.staffId, action: 'admin.list-inquiries', on: `inquiries of the kind ${kind}` }, now)
    const rows: z.input<typeof inquiryView>[] = []
    for await (const inquiry of uses.inquiries.open(kind, now)) {
      if (rows.length === most) return { rows, more: true }
      rows.push(viewInquiry(inquiry))
    }
    return { rows, more: false }
  },
})

export const handler = serve(listInquiries)
