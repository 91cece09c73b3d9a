import * as z from 'zod/mini'
import { providerId } from '../../core/ids.ts'
import { Refusal } from '../../core/refusals.ts'
import { staff } from '../../data/door.ts'
import { readProviders } from '../../data/providers.ts'
import { readSyncs, settleSyncs } from '../../data/syncs.ts'
import { newTaskId } from '../../data/tasks.ts'
import { endpoint } from '../kit/endpoint.ts'
import { memo } from '../kit/fields.ts'
import { serve } from '../kit/serve.ts'

export const settleSync = endpoint({
  name: 'admin.settle-sync',
  route: 'POST /api/admin/providers/{providerId}/sync/verdict',
  summary: 'Decide about an answer that was not taken for the truth: take what vanished out of sale, or leave everything as it is',
  who: staff('admin.settle-sync'),
  body: z.object({
    /** The task whose answer was looked at. */
    heldId: z.string().check(z.maxLength(40)),
    /** `take` asks the provider again: no more is taken out of sale than was looked at. */
    verdict: z.enum(['take', 'ignore']),
    memo,
  }),
  returns: z.object({ taskId: z.optional(z.string()) }),
  refuses: ['provider-not-found', 'provider-changed', 'provider-busy', 'sync-settled'],
  uses: { providers: readProviders, syncs: readSyncs, settle: settleSyncs },

  async run({ caller, path, body, uses, now }) {
    const { providerId: id, status } = await uses.providers.get(providerId(path.providerId))
    if (status === 'closing') throw new Refusal('provider-changed')
    const { held } = await uses.syncs.get(id)
    if (held?.taskId !== body.heldId) throw new Refusal('sync-settled')
    const audit = {
      by: caller.staffId,
      action: 'admin.settle-sync',
      on: `provider ${id}`,
      why: body.memo,
      before: { because: held.because, vanished: held.vanished, known: held.known },
      after: { verdict: body.verdict },
    }
    if (body.verdict === 'ignore') {
      await uses.settle.ignore(id, held, audit, now)
      return {}
    }
    const task = { taskId: newTaskId(now), providerId: id, kind: 'sync' as const, by: caller.staffId }
    await uses.settle.take(task, held, audit, now)
    return { taskId: task.taskId }
  },
})

export const handler = serve(settleSync)
