import type { StaffId } from '../../core/ids.ts'
import type { Need } from '../../core/need.ts'
import { masked } from '../../core/privacy/slips.ts'
import { Refusal } from '../../core/refusals.ts'
import type { AuditRecord } from '../../core/staff/audit.ts'
import { iso } from '../../core/time.ts'
import { mayAudit, transactAudited } from '../audit.ts'
import { keys } from '../keys.ts'
import { append, type NamedLeg } from '../transact.ts'
import { inquiryMessageAsItem } from './item.ts'
import { getInquiry } from './read-inquiries.ts'

interface Doing {
  readonly inquiryId: string
  readonly by: StaffId
  readonly audit: AuditRecord
  readonly at: Date
}

interface AnswerInquiries {
  /** It goes out by mail. The same request again writes and mails nothing. */
  answer(doing: Doing, text: string, requestId: string): Promise<void>
  /** With a word for the record; closed before, it stays as it was. */
  close(doing: Doing, memo: string): Promise<void>
}

export const answerInquiries = {
  allow: [
    { on: 'table', actions: ['GetItem'], keys: ['INQUIRY#*'] },
    { on: 'table', actions: ['UpdateItem'], keys: ['INQUIRY#*'], onlyIn: 'TransactWriteItems' },
    { on: 'table', actions: ['PutItem'], keys: ['INQUIRY-MESSAGE#*'], onlyIn: 'TransactWriteItems' },
    ...mayAudit,
  ],
  open: (): AnswerInquiries => ({
    async answer({ inquiryId, by, audit, at }, text, requestId) {
      const inquiry = await getInquiry(inquiryId, at)
      await transactAudited(audit, at, {
        message: append(inquiryMessageAsItem(inquiry, requestId, { at, author: 'staff', by, text: masked(text) })),
        inquiry: changed(inquiryId, at, 'SET changedAt = :at, answered = :yes', { ':yes': true }),
      })
    },
    async close({ inquiryId, by, audit, at }, memo) {
      const inquiry = await getInquiry(inquiryId, at)
      if (inquiry.status === 'closed') return
      const how = 'SET changedAt = :at, #status = :closed, memo = :memo, closedBy = :by REMOVE openOn, acceptedAt'
      const refused = await transactAudited(audit, at, {
        inquiry: changed(inquiryId, at, how, { ':closed': 'closed', ':memo': memo, ':by': by }, { '#status': 'status' }),
      })
      if (refused) throw new Refusal('inquiry-not-found')
    },
  }),
} satisfies Need<AnswerInquiries>

const changed = (
  inquiryId: string,
  at: Date,
  UpdateExpression: string,
  values: Readonly<Record<string, unknown>>,
  names?: Record<string, string>,
): NamedLeg => ({
  Update: {
    Key: keys.inquiry(inquiryId),
    UpdateExpression,
    ConditionExpression: 'attribute_exists(pk)',
    ExpressionAttributeValues: { ':at': iso(at), ...values },
    ...(names ? { ExpressionAttributeNames: names } : {}),
  },
})
