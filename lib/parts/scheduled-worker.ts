import { Duration, Stack } from 'aws-cdk-lib'
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import { EventInvokeConfig, type Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda'
import { CfnSchedule } from 'aws-cdk-lib/aws-scheduler'
import { type IQueue, Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs'
import { Construct } from 'constructs'
import { plainName } from '../definitions.ts'
import { acceptDeadLetters, acceptUnplacedRuns } from '../nag.ts'
import { alarm } from './alarm.ts'
import { PanelFunction } from './panel-function.ts'
import { type WorkerProps, workerMemoryMegabytes } from './worker.ts'

/** What becomes of calls that a schedule could not place: one queue for all of them. */
export class UnplacedCalls extends Construct {
  readonly queue: IQueue

  constructor(scope: Construct, { ground, alarms }: Pick<WorkerProps<'schedule'>, 'ground' | 'alarms'>) {
    super(scope, 'UnplacedCalls')
    const queueName = `${ground.settings.stage}-schedules-dead`
    const queue = new Queue(this, 'Queue', {
      queueName,
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    })
    acceptDeadLetters(queue)
    this.queue = queue
    alarm(this, 'Unplaced', {
      name: queueName,
      failing: {
        hurts: 'what runs by the clock did not run: polling, sweeping or the edge secret',
        runbook: 'schedules-not-running',
      },
      metric: queue.metricApproximateNumberOfMessagesVisible({ statistic: 'Maximum', period: Duration.minutes(5) }),
      rings: { from: 1 },
      topic: alarms,
    })
  }
}

interface ScheduledWorkProps extends WorkerProps<'schedule'> {
  readonly unplaced: IQueue
}

/** A worker that runs by the clock, its schedule and its alarm. */
export class ScheduledWork extends Construct {
  readonly lambda: LambdaFunction

  constructor(scope: Construct, { worker, ground, codeOf, alarms, unplaced }: ScheduledWorkProps) {
    super(scope, `${plainName(worker)}-schedule`)
    const name = `${Stack.of(this).stackName}-${plainName(worker)}`
    const often = worker.on.every === 'minute'
    const { lambda } = new PanelFunction(scope, {
      definition: worker,
      setGoingBy: 'schedule',
      ground,
      codeOf,
      timeoutSeconds: worker.timeoutSeconds,
      memoryMegabytes: workerMemoryMegabytes,
    })
    this.lambda = lambda
    // A minute's run is not tried again: the next minute's does the same work.
    const calls = new EventInvokeConfig(this, 'Calls', {
      function: lambda,
      retryAttempts: often ? 0 : 2,
      maxEventAge: often ? Duration.minutes(1) : Duration.hours(1),
    })
    acceptUnplacedRuns(calls)
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
      inlinePolicies: {
        call: new PolicyDocument({
          statements: [
            new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [lambda.functionArn] }),
            new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [unplaced.queueArn] }),
          ],
        }),
      },
    })
    new CfnSchedule(this, 'Schedule', {
      name,
      description: worker.summary,
      scheduleExpression: `rate(1 ${worker.on.every})`,
      flexibleTimeWindow: { mode: 'OFF' },
      target: {
        arn: lambda.functionArn,
        roleArn: role.roleArn,
        input: '{}',
        deadLetterConfig: { arn: unplaced.queueArn },
        retryPolicy: often
          ? { maximumRetryAttempts: 0, maximumEventAgeInSeconds: 60 }
          : { maximumRetryAttempts: 10, maximumEventAgeInSeconds: 3600 },
      },
    })

    alarm(this, 'Failing', {
      name,
      failing: worker.failing,
      topic: alarms,
      ...(often
        ? {
            // Four of five runs, twice. Each run tells whether it failed, so that none at all, throttled or not called, is heard too.
            metric: lambda.metricErrors({ statistic: 'Sum', period: Duration.minutes(5) }),
            rings: { from: 4, unheard: 'rings' },
            periods: 2,
          }
        : { metric: lambda.metricErrors({ statistic: 'Sum', period: Duration.days(1) }), rings: { from: 1 } }),
    })
  }
}
