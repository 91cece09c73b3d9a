import { Duration, Stack } from 'aws-cdk-lib'
import { PolicyStatement } from 'aws-cdk-lib/aws-iam'
import { EventSourceMapping, type Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda'
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs'
import { Construct } from 'constructs'
import { plainName } from '../definitions.ts'
import { acceptDeadLetters, acceptQueueSource } from '../nag.ts'
import { alarm } from './alarm.ts'
import { queueNameOf } from './names.ts'
import { PanelFunction } from './panel-function.ts'
import { type WorkerProps, workerMemoryMegabytes } from './worker.ts'

/** How often a message is handed out before it is given up for dead. */
const tries = 5

/**
 * Where every queue's messages go when they are given up: one queue, because it is the worker's own alarm that says who is
 * hurt, and rings before a message comes here. Each names the queue it came from, and is moved back to it.
 */
export class GivenUpMessages extends Construct {
  readonly queue: Queue

  constructor(scope: Construct, { ground, alarms }: Pick<WorkerProps<'queue'>, 'ground' | 'alarms'>) {
    super(scope, 'GivenUpMessages')
    const queueName = `${ground.settings.stage}-given-up-dead`
    this.queue = new Queue(this, 'Queue', {
      queueName,
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    })
    acceptDeadLetters(this.queue)
    alarm(this, 'GivenUp', {
      name: queueName,
      failing: {
        hurts: `whoever the alarm of the worker named: work of a queue was given up after ${tries} tries`,
        runbook: 'work-given-up',
      },
      metric: this.queue.metricApproximateNumberOfMessagesVisible({ statistic: 'Maximum', period: Duration.minutes(5) }),
      rings: { from: 1 },
      topic: alarms,
    })
  }
}

interface QueueWorkProps extends WorkerProps<'queue'> {
  readonly dead: Queue
}

/** A queue, the worker that reads it, and its alarm: one noun. */
export class QueueWork extends Construct {
  readonly lambda: LambdaFunction
  readonly queue: Queue

  constructor(scope: Construct, { worker, ground, codeOf, alarms, dead }: QueueWorkProps) {
    super(scope, `${plainName(worker)}-queue`)
    const { queue: name, batchSize, batchSeconds, atOnce } = worker.on
    const { stackName } = Stack.of(this)
    const queueName = queueNameOf(ground.settings.stage, name)
    // Long enough for a whole batch to be tried, throttled and tried again before anybody else may see it.
    const visibilitySeconds = worker.timeoutSeconds * 6

    const queue = new Queue(this, 'Queue', {
      queueName,
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      visibilityTimeout: Duration.seconds(visibilitySeconds),
      deadLetterQueue: { queue: dead, maxReceiveCount: tries },
    })
    this.queue = queue
    this.lambda = new PanelFunction(scope, {
      definition: worker,
      setGoingBy: 'queue',
      ground,
      codeOf,
      timeoutSeconds: worker.timeoutSeconds,
      memoryMegabytes: workerMemoryMegabytes,
      receives: [
        new PolicyStatement({
          actions: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:ChangeMessageVisibility', 'sqs:GetQueueAttributes'],
          resources: [queue.queueArn],
        }),
      ],
    }).lambda
    const source = new EventSourceMapping(this, 'Source', {
      target: this.lambda,
      eventSourceArn: queue.queueArn,
      batchSize,
      reportBatchItemFailures: true,
      ...(batchSeconds === undefined ? {} : { maxBatchingWindow: Duration.seconds(batchSeconds) }),
      ...(atOnce === undefined ? {} : { maxConcurrency: atOnce }),
    })
    acceptQueueSource(source)

    alarm(this, 'Failing', {
      name: `${stackName}-${plainName(worker)}`,
      failing: worker.failing,
      // A message that fails does not fail the call it came with, so the function's errors do not show it; its age does.
      metric: queue.metricApproximateAgeOfOldestMessage({ statistic: 'Maximum', period: Duration.minutes(5) }),
      // One try may fail and nobody is woken. The second one that fails is heard: a message that was handed out three times
      // counts in no age any more, and its third time is when it is twice as old as it may be unseen.
      rings: { from: 1.5 * visibilitySeconds },
      topic: alarms,
    })
  }
}
