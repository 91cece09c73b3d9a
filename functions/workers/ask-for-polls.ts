import { pollShards } from '../../core/orders/polling.ts'
import { iso } from '../../core/time.ts'
import { readProviders } from '../../data/providers.ts'
import { pollQueue } from '../../outside/queues/send.ts'
import { workSchedule } from '../kit/work.ts'
import { scheduleWorker } from '../kit/worker.ts'

export const askForPolls = scheduleWorker({
  name: 'workers.ask-for-polls',
  summary: 'Every minute, asks for each list of open orders to be polled',
  on: { kind: 'schedule', every: 'minute' },
  failing: { hurts: 'customers do not see their orders move, and refunds are late', runbook: 'orders-not-polled' },
  timeoutSeconds: 30,
  uses: { providers: readProviders, polls: pollQueue },

  async run({ uses, now }) {
    const providers = await uses.providers.all()
    const shards = Array.from({ length: pollShards }, (_, shard) => shard)
    await uses.polls.send(
      providers.flatMap(({ providerId }) => shards.map((shard) => ({ providerId, shard, askedAt: iso(now) }))),
      ({ providerId }) => providerId,
    )
  },
})

export const handler = workSchedule(askForPolls)
