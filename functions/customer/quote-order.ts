import * as z from 'zod/mini'
import { serviceId } from '../../core/ids.ts'
import { formatMoney } from '../../core/money.ts'
import { quote } from '../../core/orders/quote.ts'
import { quoteRefusals, Refusal } from '../../core/refusals.ts'
import { checkBlocks } from '../../data/blocked.ts'
import { customer } from '../../data/door.ts'
import { readServices } from '../../data/services.ts'
import { settings } from '../../data/settings.ts'
import { endpoint } from '../kit/endpoint.ts'
import { amount } from '../kit/fields.ts'
import { ask } from '../kit/order-fields.ts'
import { serve } from '../kit/serve.ts'

export const quoteOrder = endpoint({
  name: 'customer.quote-order',
  route: 'POST /api/quotes',
  summary: 'What an order would cost, or why it cannot be placed; charges nothing',
  who: customer,
  body: ask,
  /** The quantity is that of all runs together. */
  returns: z.object({ charge: amount, quantity: z.int(), runs: z.int(), rate: amount }),
  refuses: quoteRefusals,
  uses: { services: readServices, blocks: checkBlocks, settings },

  async run({ body, uses }) {
    const service = await uses.services.get(serviceId(body.serviceId))
    if (!service) throw new Refusal('service-not-found')
    const { charge, quantity, pace, link } = quote(service, body, uses.settings)
    await uses.blocks.refuse(link)
    return { charge: formatMoney(charge), quantity, runs: pace?.runs ?? 1, rate: formatMoney(service.rate) }
  },
})

export const handler = serve(quoteOrder)
