import { setTimeout as sleep } from 'node:timers/promises'
import type { ScheduleWorker } from '../../functions/kit/worker.ts'
import type { Functions } from '../functions/pool.ts'

// biome-ignore lint/suspicious/noExplicitAny: any scheduled worker
type AnyScheduleWorker = ScheduleWorker<any>

/** What stands for a minute on one machine, where nobody wants to wait for one to see an order move. */
const minuteMilliseconds = 2_000
/** The sweep looks at everything of the last minutes, so it comes more rarely. */
const sweepMilliseconds = 20_000
/** As many minutes as an hour has. */
const hourMilliseconds = 60 * minuteMilliseconds
const dayMilliseconds = 86_400_000
const everyMilliseconds = { minute: minuteMilliseconds, hour: hourMilliseconds, day: dayMilliseconds } as const

/** Runs a worker on its schedule, one run at a time, the first at once. */
export async function keepSchedule(worker: AnyScheduleWorker, functions: Functions, stopped: AbortSignal): Promise<void> {
  const every = worker.name === 'workers.sweep-orders' ? sweepMilliseconds : everyMilliseconds[worker.on.every]
  while (!stopped.aborted) {
    await functions.invoke(worker.name, {}).catch(() => undefined)
    await sleep(every, undefined, { signal: stopped }).catch(() => undefined)
  }
}
