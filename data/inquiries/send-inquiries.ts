import { randomBytes } from 'node:crypto'
import type { Inquiry } from '../../core/inquiries/inquiry.ts'
import type { Need } from '../../core/need.ts'
import { masked } from '../../core/privacy/slips.ts'
import { append, transact } from '../transact.ts'
import { inquiryAsItem, inquiryMessageAsItem } from './item.ts'

type Wish = Pick<Inquiry, 'kind' | 'name' | 'email' | 'language' | 'subject' | 'target' | 'at'> & { readonly text: string }

interface SendInquiries {
  /** What nobody should keep is masked before it is written, in whichever field it stands (P-COL-3). */
  send(wish: Wish): Promise<Inquiry>
}

export const sendInquiries = {
  allow: [{ on: 'table', actions: ['PutItem'], keys: ['INQUIRY#*', 'INQUIRY-MESSAGE#*'], onlyIn: 'TransactWriteItems' }],
  open: () => ({
    async send({ text, ...wish }) {
      const inquiry: Inquiry = {
        ...wish,
        inquiryId: randomBytes(9).toString('base64url'),
        subject: masked(wish.subject),
        name: wish.name && masked(wish.name),
        target: wish.target && masked(wish.target),
        ...(wish.kind === 'abuse' ? { code: `owner-${randomBytes(4).toString('hex')}` } : {}),
        changedAt: wish.at,
        status: 'open',
        answered: false,
      }
      const refused = await transact({
        inquiry: append(inquiryAsItem(inquiry)),
        message: append(inquiryMessageAsItem(inquiry, 'first', { at: wish.at, author: 'sender', text: masked(text) })),
      })
      if (refused) throw new Error('two inquiries of one name')
      return inquiry
    },
  }),
} satisfies Need<SendInquiries>
