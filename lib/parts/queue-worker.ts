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

/** A queue, the worker that reads it, where its messages go when they are given up, and the two alarms: one noun. */
export class QueueWork extends Construct {
  readonly lambda: LambdaFunction
  readonly queue: Queue
  readonly dead: Queue

  constructor(scope: Construct, { worker, ground, codeOf, alarms }: WorkerProps<'queue'>) {
    super(scope, `${plainName(worker)}-queue`)
    const { queue: name, batchSize, batchSeconds, atOnce } = worker.on
    const { stackName } = Stack.of(this)
    const queueName = queueNameOf(ground.settings.stage, name)
    // Long enough for a whole batch to be tried, throttled and tried again before anybody else may see it.
    const visibilitySeconds = worker.timeoutSeconds * 6

    const dead = new Queue(this, 'Dead', {
      queueName: `${queueName}-dead`,
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    })
    acceptDeadLetters(dead)
    const queue = new Queue(this, 'Queue', {
      queueName,
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      visibilityTimeout: Duration.seconds(visibilitySeconds),
      deadLetterQueue: { queue: dead, maxReceiveCount: tries },
    })
    this.queue = queue
    this.dead = dead
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
      // One try may fail and nobody is woken.
      rings: { from: visibilitySeconds + 300 },
      topic: alarms,
    })
    alarm(this, 'GivenUp', {
      name: `${queueName}-dead`,
      failing: {
        hurts: `${worker.failing.hurts}; some messages were given up after ${tries} tries`,
        runbook: worker.failing.runbook,
      },
      metric: dead.metricApproximateNumberOfMessagesVisible({ statistic: 'Maximum', period: Duration.minutes(5) }),
      rings: { from: 1 },
      topic: alarms,
    })
  }
}
