import middy from '@middy/core'
import type { Context } from 'aws-lambda'
import * as z from 'zod/mini'
import type { Uses } from './endpoint.ts'
import { logFault, logOutcome } from './log.ts'
import { opened } from './opened.ts'
import type { QueueWorker, ScheduleWorker, StreamWorker } from './worker.ts'

const queueEvent = z.object({
  Records: z.array(
    z.object({
      messageId: z.string(),
      body: z.string(),
      attributes: z.optional(z.object({ ApproximateReceiveCount: z.coerce.number() })),
    }),
  ),
})
const streamEvent = z.object({ Records: z.array(z.object({ dynamodb: z.object({ SequenceNumber: z.string() }) })) })
const rawRecords = z.object({ Records: z.array(z.unknown()) })

/** What is to come again; the gateway takes the rest as done. */
interface Failures {
  readonly batchItemFailures: readonly { readonly itemIdentifier: string }[]
}
export type WorkHandler<Result> = (event: unknown, context: Context) => Promise<Result>

/** Turns a worker on a queue into a Lambda handler: all messages of a batch at once, each failing for itself alone. */
export function workQueue<Message, U extends Uses>(worker: QueueWorker<Message, U>): WorkHandler<Failures> {
  const uses = opened(worker.uses)
  const handler = middy().handler(async (event: unknown): Promise<Failures> => {
    const now = new Date()
    const { onDeploy } = worker.on
    if (onDeploy && !z.safeParse(rawRecords, event).success) {
      const run = () => worker.run({ message: worker.read(onDeploy), uses: uses(), now, clock: () => new Date(), attempt: 1 })
      if (!(await told(worker.name, 'deployment', run))) throw new Error(`${worker.name} failed; its cause is in the line before`)
      return { batchItemFailures: [] }
    }
    const { Records } = queueEvent.parse(event)
    const once = ({ messageId, body, attributes }: (typeof Records)[number]): Promise<boolean> =>
      told(worker.name, messageId, () =>
        worker.run({
          message: worker.read(JSON.parse(body)),
          uses: uses(),
          now,
          clock: () => new Date(),
          attempt: attributes?.ApproximateReceiveCount ?? 1,
        }),
      )
    const [first] = Records
    const done = worker.on.alike && first ? Array(Records.length).fill(await once(first)) : await Promise.all(Records.map(once))
    return { batchItemFailures: Records.filter((_, index) => !done[index]).map(({ messageId }) => ({ itemIdentifier: messageId })) }
  })
  return (event, context) => handler(event, context)
}

/**
 * Turns a worker on the table's stream into a Lambda handler. A batch that fails is thrown, so that the event source cuts it
 * in two until the bad record is alone: named as a failed item, the batch would come again whole.
 */
export function workStream<Change, U extends Uses>(worker: StreamWorker<Change, U>): WorkHandler<Failures> {
  const uses = opened(worker.uses)
  const handler = middy().handler(async (event: unknown): Promise<Failures> => {
    const first = streamEvent.parse(event).Records[0]?.dynamodb.SequenceNumber ?? ''
    const { Records } = rawRecords.parse(event)
    const done = await told(
      worker.name,
      first,
      () => worker.run({ changes: Records.map((record) => worker.read(record)), uses: uses(), now: new Date() }),
      Records.length,
    )
    if (!done) throw new Error(`${worker.name} failed; its cause is in the line before this one`)
    return { batchItemFailures: [] }
  })
  return (event, context) => handler(event, context)
}

/** Turns a scheduled worker into a Lambda handler. A failure is thrown on, so that the scheduler counts it. */
export function workSchedule<U extends Uses>(worker: ScheduleWorker<U>): WorkHandler<void> {
  const uses = opened(worker.uses)
  const handler = middy().handler(async (_: unknown): Promise<void> => {
    const now = new Date()
    const done = await told(worker.name, now.toISOString(), () => worker.run({ uses: uses(), now, clock: () => new Date() }))
    if (!done) throw new Error(`${worker.name} failed; its cause is in the line before this one`)
  })
  return (event, context) => handler(event, context)
}

/** Runs, and tells the log how it ended. False for a fault. */
async function told(operation: string, reference: string, run: () => Promise<void>, count?: number): Promise<boolean> {
  const began = performance.now()
  const line = () => ({
    operation,
    reference,
    milliseconds: Math.round(performance.now() - began),
    ...(count === undefined ? {} : { count }),
  })
  try {
    await run()
    logOutcome({ ...line(), outcome: 'done' })
    return true
  } catch (error) {
    logFault({ ...line(), outcome: 'fault' }, error)
    return false
  }
}
