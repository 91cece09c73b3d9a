import { setTimeout as sleep } from 'node:timers/promises'
import { DeleteMessageBatchCommand, type Message, ReceiveMessageCommand, type SQSClient } from '@aws-sdk/client-sqs'
import type { QueueWorker } from '../../functions/kit/worker.ts'
import type { Functions } from '../functions/pool.ts'

// biome-ignore lint/suspicious/noExplicitAny: any worker on a queue
type AnyQueueWorker = QueueWorker<any, any>

/** Calls at once of a worker that names no bound of its own. */
const usualAtOnce = 5

/** A queue as the event source of its worker: batches go in, what did not fail is deleted, the rest comes again. */
export function pollQueue(
  worker: AnyQueueWorker,
  queueUrl: string,
  sqs: SQSClient,
  functions: Functions,
  stopped: AbortSignal,
): Promise<void> {
  const atOnce = worker.on.atOnce ?? usualAtOnce
  const underWay = new Set<Promise<void>>()
  const loop = async (): Promise<void> => {
    while (!stopped.aborted) {
      const messages = await receive(worker, queueUrl, sqs, stopped)
      if (messages.length === 0) continue
      const work = hand(worker, messages, queueUrl, sqs, functions).finally(() => underWay.delete(work))
      underWay.add(work)
      if (underWay.size >= atOnce) await Promise.race(underWay)
    }
    await Promise.all(underWay)
  }
  return loop()
}

async function receive({ on }: AnyQueueWorker, QueueUrl: string, sqs: SQSClient, stopped: AbortSignal): Promise<Message[]> {
  const ask = async (most: number, WaitTimeSeconds: number): Promise<Message[]> => {
    try {
      const { Messages = [] } = await sqs.send(
        new ReceiveMessageCommand({
          QueueUrl,
          MaxNumberOfMessages: Math.min(10, most),
          WaitTimeSeconds,
          MessageSystemAttributeNames: ['ApproximateReceiveCount'],
        }),
        { abortSignal: stopped },
      )
      return Messages
    } catch {
      if (!stopped.aborted) await sleep(200)
      return []
    }
  }
  const messages = await ask(on.batchSize, 10)
  if (messages.length === 0 || on.batchSeconds === undefined) return messages
  await sleep(on.batchSeconds * 1000)
  for (let more = messages; more.length > 0 && messages.length < on.batchSize; messages.push(...more))
    more = await ask(on.batchSize - messages.length, 0)
  return messages
}

async function hand(
  worker: AnyQueueWorker,
  messages: readonly Message[],
  QueueUrl: string,
  sqs: SQSClient,
  functions: Functions,
): Promise<void> {
  const Records = messages.map(({ MessageId, Body, Attributes }) => ({ messageId: MessageId, body: Body, attributes: Attributes }))
  const result = await functions.invoke(worker.name, { Records }).catch(() => undefined)
  if (!result) return
  const failed = new Set(
    (result as { batchItemFailures: { itemIdentifier: string }[] }).batchItemFailures.map(({ itemIdentifier }) => itemIdentifier),
  )
  const done = messages.filter(({ MessageId }) => !failed.has(MessageId ?? ''))
  for (let from = 0; from < done.length; from += 10)
    await sqs
      .send(
        new DeleteMessageBatchCommand({
          QueueUrl,
          Entries: done.slice(from, from + 10).map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle })),
        }),
      )
      // What could not be deleted comes again, and does no harm.
      .catch(() => undefined)
}
