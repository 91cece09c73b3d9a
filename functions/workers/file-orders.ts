import { fileOrders as filing } from '../../data/orders/file-orders.ts'
import { workSchedule } from '../kit/work.ts'
import { scheduleWorker } from '../kit/worker.ts'

export const fileOrders = scheduleWorker({
  name: 'workers.file-orders',
  summary: 'Each hour, files orders under their links and their providers’ numbers, many at a time, for staff to find them by',
  on: { kind: 'schedule', every: 'hour' },
  failing: { hurts: 'staff find orders by link or by a provider’s number more slowly; nobody else', runbook: 'orders-not-filed' },
  timeoutSeconds: 900,
  uses: { orders: filing },

  async run({ uses, now }) {
    await uses.orders.file(now)
  },
})

export const handler = workSchedule(fileOrders)
