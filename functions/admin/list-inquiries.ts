import * as z from 'zod/mini'
import { inquiryKinds } from '../../core/inquiries/inquiry.ts'
import { keepAudit } from '../../data/audit.ts'
import { staff } from '../../data/door.ts'
import { listInquiries as listing } from '../../data/inquiries/read-inquiries.ts'
import { endpoint } from '../kit/endpoint.ts'
import { cursor } from '../kit/fields.ts'
import { inquiryView, veiledInquiry, viewInquiry } from '../kit/inquiry-views.ts'
import { serve } from '../kit/serve.ts'
import { page } from '../kit/views.ts'

/** Rows of one answer. */
const most = 50

export const listInquiries = endpoint({
  name: 'admin.list-inquiries',
  route: 'GET /api/admin/inquiries',
  summary: 'What people without an account wrote and nobody closed, oldest first. The look is on record',
  who: staff('admin.list-inquiries'),
  query: z.object({ kind: z.enum(inquiryKinds), cursor }),
  returns: page(inquiryView),
  refuses: [],
  uses: { inquiries: listing, audit: keepAudit },

  async run({ caller, query: { kind, cursor }, uses, now }) {
    await uses.audit.record({ by: caller.staffId, action: 'admin.list-inquiries', on: `inquiries of the kind ${kind}` }, now)
    const found = await uses.inquiries.page(kind, cursor, most, now)
    return { rows: found.inquiries.map((inquiry) => viewInquiry(veiledInquiry(inquiry))), cursor: found.cursor }
  },
})

export const handler = serve(listInquiries)
