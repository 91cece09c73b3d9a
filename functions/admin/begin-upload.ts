import { randomUUID } from 'node:crypto'
import * as z from 'zod/mini'
import { customerId, fileId } from '../../core/ids.ts'
import { keepAudit } from '../../data/audit.ts'
import { staff } from '../../data/door.ts'
import { beginUploads } from '../../data/files.ts'
import { limitAttempts, uploadsPerStaff } from '../../data/rates.ts'
import { findTickets } from '../../data/tickets/read-tickets.ts'
import { signUploads } from '../../outside/files/sign-uploads.ts'
import { endpoint } from '../kit/endpoint.ts'
import { serve } from '../kit/serve.ts'
import { ticketNumber } from '../kit/ticket-number.ts'
import { acceptedType, announcement, formView } from '../kit/uploads.ts'

export const beginUpload = endpoint({
  name: 'admin.begin-upload',
  route: 'POST /api/admin/tickets/{customerId}/{ticketId}/uploads',
  summary:
    'Announce a file that an answer will carry; answered with the form by which it is posted. It is the customer’s, as the ticket is',
  who: staff('admin.begin-upload'),
  body: z.object(announcement),
  returns: formView,
  status: 201,
  refuses: ['ticket-not-found', 'file-type-refused', 'file-too-large'],
  uses: { tickets: findTickets, limits: limitAttempts, files: beginUploads, forms: signUploads, audit: keepAudit },

  async run({ caller, path, body, uses, now }) {
    const { bytes } = body
    const type = acceptedType('reply', body)
    const [owner, number] = [customerId(path.customerId), ticketNumber(path.ticketId)]
    await uses.tickets.get(owner, number)
    await uses.limits.count('upload', [[caller.staffId, uploadsPerStaff]], now)
    const file = fileId(randomUUID())
    const record = { by: caller.staffId, action: 'admin.begin-upload', on: `customer ${owner}, ticket ${number}` }
    await uses.audit.record({ ...record, after: { file, type, bytes } }, now)
    await uses.files.begin(owner, { fileId: file, purpose: 'reply', type, bytes }, now)
    return { fileId: file, ...uses.forms.sign(owner, file, { type, bytes }, now) }
  },
})

export const handler = serve(beginUpload)
