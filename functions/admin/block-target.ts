import * as z from 'zod/mini'
import { blockedTarget } from '../../core/orders/blocking.ts'
import { longestLink } from '../../core/orders/link.ts'
import { Refusal } from '../../core/refusals.ts'
import { keepBlocks } from '../../data/blocks.ts'
import { staff } from '../../data/door.ts'
import { blockIdOf } from '../../data/keys.ts'
import { findOrdersUnder } from '../../data/orders/orders-under.ts'
import { findRefillsUnder } from '../../data/orders/refill-targets.ts'
import { callOffRefills } from '../../data/orders/refills.ts'
import { withdrawOrders } from '../../data/orders/withdraw-orders.ts'
import { readProviders } from '../../data/providers.ts'
import { blockView, viewBlock } from '../kit/block-view.ts'
import { endpoint } from '../kit/endpoint.ts'
import { memo } from '../kit/fields.ts'
import { serve } from '../kit/serve.ts'

export const blockTarget = endpoint({
  name: 'admin.block-target',
  route: 'POST /api/admin/blocked-targets',
  summary:
    'Take no orders for a target and what lies under it: what was not sent is called off and paid back, refills that wait are ended, what is under way is listed',
  who: staff('admin.block-target'),
  body: z.object({
    link: z.string().check(z.trim(), z.minLength(3), z.maxLength(longestLink)),
    memo,
    inquiryId: z.optional(z.string().check(z.maxLength(40))),
  }),
  /** Orders that were called off, and refills that were ended. */
  returns: z.extend(blockView, { withdrawn: z.int(), refills: z.int() }),
  status: 201,
  refuses: ['target-too-wide', 'already-exists'],
  uses: {
    blocks: keepBlocks,
    orders: findOrdersUnder,
    withdrawing: withdrawOrders,
    refills: findRefillsUnder,
    calling: callOffRefills,
    providers: readProviders,
  },

  async run({ caller, body: { link, memo, inquiryId }, uses, now }) {
    const target = blockedTarget(link)
    if (target === undefined) throw new Refusal('target-too-wide')
    const block = { blockId: blockIdOf(target), target, memo, inquiryId, by: caller.staffId, at: now }
    const audit = { by: caller.staffId, action: 'admin.block-target', on: `target ${target}`, why: memo }
    await uses.blocks.block(block, audit)
    // What is missed here, by an index that lags behind or a fault, is held back when it is to be sent.
    const { orders } = await uses.orders.find(
      target,
      (await uses.providers.all()).map(({ providerId }) => providerId),
      now,
    )
    let withdrawn = 0
    for (const { customerId, orderId, state } of orders) {
      if (state !== 'accepted' && state !== 'parked') continue
      if ((await uses.withdrawing.withdraw(customerId, orderId, now, 'target-blocked')).state === 'canceled') withdrawn++
    }
    let refills = 0
    for (const refill of await uses.refills.find(target)) if (await uses.calling.callOff(refill, now)) refills++
    return { ...viewBlock(block), withdrawn, refills }
  },
})

export const handler = serve(blockTarget)
