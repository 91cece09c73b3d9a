import * as z from 'zod/mini'
import { providerId } from '../../core/ids.ts'
import { formatMoney, plus, zero } from '../../core/money.ts'
import { textMeanings } from '../../core/protocol/error-texts.ts'
import { iso } from '../../core/time.ts'
import { keepAudit } from '../../data/audit.ts'
import { staff } from '../../data/door.ts'
import { readErrorTexts } from '../../data/error-texts.ts'
import { hangingOrders } from '../../data/orders/hanging-orders.ts'
import { endpoint } from '../kit/endpoint.ts'
import { amount, moment } from '../kit/fields.ts'
import { serve } from '../kit/serve.ts'

/** More are not shown, and not settled in one go. */
const mostShown = 100

export const previewErrorText = endpoint({
  name: 'admin.preview-error-text',
  route: 'GET /api/admin/providers/{providerId}/error-texts/{textId}/orders',
  summary:
    'Orders whose outcome is unknown for nothing but this error, oldest first, with the money in them; changes nothing, and the look is on record',
  who: staff('admin.preview-error-text'),
  returns: z.object({
    meaning: z.optional(z.enum(textMeanings)),
    rows: z.array(z.object({ orderId: z.int(), charge: amount, acceptedAt: moment, changedAt: moment })),
    /** The charges of those that are listed. */
    sum: amount,
    /** There are more than are listed. */
    more: z.boolean(),
  }),
  refuses: ['error-text-not-found'],
  uses: { texts: readErrorTexts, hanging: hangingOrders, audit: keepAudit },

  async run({ caller, path, uses, now }) {
    const provider = providerId(path.providerId)
    const { text, meaning } = await uses.texts.get(provider, path.textId)
    // P-SEC-2: before orders are shown.
    const after = { text: path.textId }
    await uses.audit.record({ by: caller.staffId, action: 'admin.preview-error-text', on: `provider ${provider}`, after }, now)
    const orders = []
    for await (const order of uses.hanging.on(provider, text)) if (orders.push(order) > mostShown) break
    const shown = orders.slice(0, mostShown).sort((one, other) => one.acceptedAt.getTime() - other.acceptedAt.getTime())
    return {
      meaning,
      rows: shown.map(({ orderId, charge, acceptedAt, changedAt }) => ({
        orderId,
        charge: formatMoney(charge),
        acceptedAt: iso(acceptedAt),
        changedAt: iso(changedAt),
      })),
      sum: formatMoney(shown.reduce((sum, { charge }) => plus(sum, charge), zero)),
      more: orders.length > mostShown,
    }
  },
})

export const handler = serve(previewErrorText)
