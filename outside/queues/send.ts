import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs'
import { type Need, type QueueName, queueVariable } from '../../core/need.ts'
import type { MessageOf } from './messages.ts'

let client: SQSClient | undefined
const sqs = (): SQSClient => {
  // Queue addresses come from the environment, and where they point to is the endpoint's business, not theirs.
  client ??= new SQSClient({ useQueueUrlAsEndpoint: false })
  return client
}

interface SendTo<Name extends QueueName> {
  /**
   * Sends all, ten at a time. `group` is the fair-queue group: one busy provider does not hold up the others. Throws
   * unless every message was taken, so that whoever called tries again: receivers must not mind hearing twice.
   */
  send(messages: readonly MessageOf<Name>[], group?: (message: MessageOf<Name>) => string): Promise<void>
}

const sendTo = <Name extends QueueName>(queue: Name): Need<SendTo<Name>> => ({
  allow: [{ on: 'queue', queue }],
  open: () => ({
    async send(messages, group) {
      for (let from = 0; from < messages.length; from += 10) await sendBatch(queue, messages.slice(from, from + 10), { group })
    },
  }),
})

interface SendLater<Name extends QueueName> {
  /** Sends one that nobody receives before so many seconds are over. */
  sendLater(message: MessageOf<Name>, seconds: number, group?: string): Promise<void>
}

const sendLaterTo = <Name extends QueueName>(queue: Name): Need<SendLater<Name>> => ({
  allow: [{ on: 'queue', queue }],
  open: () => ({
    sendLater: (message, seconds, group) =>
      sendBatch(queue, [message], { seconds, group: group === undefined ? undefined : () => group }),
  }),
})

async function sendBatch<Name extends QueueName>(
  queue: Name,
  messages: readonly MessageOf<Name>[],
  { group, seconds }: { readonly group?: ((message: MessageOf<Name>) => string) | undefined; readonly seconds?: number },
): Promise<void> {
  const { Failed = [] } = await sqs().send(
    new SendMessageBatchCommand({
      QueueUrl: process.env[queueVariable(queue)],
      Entries: messages.map((message, index) => ({
        Id: String(index),
        MessageBody: JSON.stringify(message),
        ...(group ? { MessageGroupId: group(message) } : {}),
        ...(seconds === undefined ? {} : { DelaySeconds: seconds }),
      })),
    }),
  )
  if (Failed.length > 0)
    throw new Error(`the ${queue} queue did not take ${Failed.length} of ${messages.length} messages: ${Failed[0]?.Code}`)
}

export const submitQueue = sendTo('submit')
export const submitLater = sendLaterTo('submit')
export const pollQueue = sendTo('poll')
export const tasksQueue = sendTo('tasks')
export const publishQueue = sendTo('publish')
export const publishLater = sendLaterTo('publish')
export const keysQueue = sendTo('keys')
export const archivesQueue = sendTo('archives')
export const erasuresQueue = sendTo('erasures')
export const mailQueue = sendTo('mail')
export const accessLogQueue = sendTo('access-log')
