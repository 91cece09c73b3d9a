import * as z from 'zod/mini'
import { customerId } from '../../core/ids.ts'
import { masked } from '../../core/privacy/slips.ts'
import { staff } from '../../data/door.ts'
import { addNotes } from '../../data/notes.ts'
import { endpoint } from '../kit/endpoint.ts'
import { done, requestId } from '../kit/fields.ts'
import { serve } from '../kit/serve.ts'

export const addCustomerNote = endpoint({
  name: 'admin.add-customer-note',
  route: 'POST /api/admin/customers/{customerId}/notes',
  summary: 'Write something down about a customer, for colleagues; it stays as it is. The same requestId again adds nothing',
  who: staff('admin.add-customer-note'),
  body: z.object({ text: z.string().check(z.trim(), z.overwrite(masked), z.minLength(3), z.maxLength(2_000)), requestId }),
  returns: done,
  status: 201,
  refuses: ['customer-not-found'],
  uses: { notes: addNotes },

  async run({ caller, path, body, uses, now }) {
    const id = customerId(path.customerId)
    const { text, requestId } = body
    // The trail says that something was noted, and not what: it outlives the customer's account.
    const audit = {
      by: caller.staffId,
      action: 'admin.add-customer-note',
      on: `customer ${id}`,
      after: { note: requestId, characters: text.length },
    }
    await uses.notes.add(id, { at: now, by: caller.staffId, text }, requestId, audit)
    return { done: true as const }
  },
})

export const handler = serve(addCustomerNote)
