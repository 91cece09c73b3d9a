import * as z from 'zod/mini'
import { formatExchange } from '../../core/catalogue/exchange.ts'
import { providerId } from '../../core/ids.ts'
import { movedBy } from '../../core/rates/daily-rate.ts'
import { Refusal } from '../../core/refusals.ts'
import { readHeldRates, settleHeldRates } from '../../data/daily-rates.ts'
import { staff } from '../../data/door.ts'
import { readProviders } from '../../data/providers.ts'
import { newTaskId } from '../../data/tasks.ts'
import { endpoint } from '../kit/endpoint.ts'
import { memo } from '../kit/fields.ts'
import { serve } from '../kit/serve.ts'

export const settleRate = endpoint({
  name: 'admin.settle-rate',
  route: 'POST /api/admin/providers/{providerId}/rate/verdict',
  summary: 'Decide about a daily rate that moved too far to be taken by itself: take it, or leave the one in use until the next',
  who: staff('admin.settle-rate'),
  body: z.object({
    /** The day of the rate that was looked at, and what it was. */
    day: z.string().check(z.maxLength(10)),
    exchange: z.string().check(z.maxLength(20)),
    verdict: z.enum(['take', 'leave']),
    memo,
  }),
  returns: z.object({ taskId: z.optional(z.string()) }),
  refuses: ['provider-not-found', 'provider-changed', 'provider-busy', 'rate-settled'],
  uses: { providers: readProviders, held: readHeldRates, settle: settleHeldRates },

  async run({ caller, path, body, uses, now }) {
    const seen = await uses.providers.get(providerId(path.providerId))
    if (seen.status === 'closing') throw new Refusal('provider-changed')
    const held = await uses.held.get(seen.providerId)
    if (!held || held.isLeft || held.day !== body.day || formatExchange(held.exchange) !== body.exchange)
      throw new Refusal('rate-settled')
    const isTaken = body.verdict === 'take'
    const audit = {
      by: caller.staffId,
      action: 'admin.settle-rate',
      on: `provider ${seen.providerId}`,
      why: body.memo,
      before: { exchange: formatExchange(seen.exchange), day: seen.rateDay ?? '' },
      after: {
        verdict: body.verdict,
        moved: movedBy(seen.exchange, held.exchange),
        ...(held.since ? { since: held.since.day, movedSince: movedBy(held.since.exchange, held.exchange) } : {}),
        offered: formatExchange(held.exchange),
        ofDay: held.day,
        exchange: formatExchange(isTaken ? held.exchange : seen.exchange),
      },
    }
    if (!isTaken) {
      await uses.settle.leave(held, audit, now)
      return {}
    }
    const task = { taskId: newTaskId(now), providerId: seen.providerId, kind: 'recost' as const, by: caller.staffId }
    await uses.settle.take(seen, held, task, audit, now)
    return { taskId: task.taskId }
  },
})

export const handler = serve(settleRate)
