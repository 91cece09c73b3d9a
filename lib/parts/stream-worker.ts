import { Duration, Stack } from 'aws-cdk-lib'
import { Metric } from 'aws-cdk-lib/aws-cloudwatch'
import { PolicyStatement } from 'aws-cdk-lib/aws-iam'
import { CfnEventSourceMapping, FilterCriteria, FilterRule } from 'aws-cdk-lib/aws-lambda'
import { FilterPattern, MetricFilter } from 'aws-cdk-lib/aws-logs'
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs'
import { Construct } from 'constructs'
import { schema } from '../../data/schema.ts'
import type { logAlarm } from '../../functions/kit/log.ts'
import { plainName } from '../definitions.ts'
import { acceptDeadLetters } from '../nag.ts'
import { alarm } from './alarm.ts'
import { PanelFunction } from './panel-function.ts'
import { type WorkerProps, workerMemoryMegabytes } from './worker.ts'

/** What the relay says when it sees what must never happen; typed by what it can say. */
const rewritten: Parameters<typeof logAlarm>[0] = 'ledger rewritten'

/** The worker on the table's stream, where it notes what it could not hand on, and its alarms. */
export class StreamWork extends Construct {
  constructor(scope: Construct, { worker, ground, codeOf, alarms }: WorkerProps<'stream'>) {
    super(scope, `${plainName(worker)}-stream`)
    const { stackName } = Stack.of(this)
    const { table } = ground.store
    const stream = table.tableStreamArn
    const name = `${stackName}-${plainName(worker)}`

    // Holds where in the stream the batch is, not what was in it.
    const givenUp = new Queue(this, 'GivenUp', {
      queueName: `${ground.settings.stage}-stream-dead`,
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    })
    acceptDeadLetters(givenUp)
    const panelFunction = new PanelFunction(scope, {
      definition: worker,
      setGoingBy: 'stream',
      ground,
      codeOf,
      timeoutSeconds: worker.timeoutSeconds,
      memoryMegabytes: workerMemoryMegabytes,
      receives: [
        new PolicyStatement({
          actions: ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'],
          resources: [stream],
        }),
        new PolicyStatement({ actions: ['dynamodb:ListStreams'], resources: [`${table.tableArn}/stream/*`] }),
        new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [givenUp.queueArn] }),
      ],
    })
    const { lambda } = panelFunction
    const source = new CfnEventSourceMapping(this, 'Source', {
      functionName: lambda.functionArn,
      eventSourceArn: stream,
      startingPosition: 'TRIM_HORIZON',
      batchSize: worker.on.batchSize,
      // Items of one partition key stay in order whatever this is; two keep up with 500 orders a second.
      parallelizationFactor: 2,
      functionResponseTypes: ['ReportBatchItemFailures'],
      // A batch with one bad record in it is cut until the record is alone, and the others go through.
      bisectBatchOnFunctionError: true,
      maximumRetryAttempts: 10,
      maximumRecordAgeInSeconds: Duration.hours(6).toSeconds(),
      filterCriteria: {
        filters: [
          FilterCriteria.filter({ dynamodb: { Keys: keysLike(worker.on.prefixes) } }),
          FilterCriteria.filter({
            dynamodb: { Keys: keysLike(worker.on.expiring), OldImage: { [schema.timeToLive]: { N: FilterRule.exists() } } },
          }),
        ],
      },
      destinationConfig: { onFailure: { destination: givenUp.queueArn } },
    })
    source.node.addDependency(panelFunction)

    alarm(this, 'Failing', {
      name,
      failing: worker.failing,
      metric: lambda.metric('IteratorAge', { statistic: 'Maximum', period: Duration.minutes(5) }),
      rings: { from: Duration.minutes(5).toMilliseconds() },
      topic: alarms,
    })
    alarm(this, 'GaveUp', {
      name: `${name}-gave-up`,
      failing: { hurts: `${worker.failing.hurts}; what was given up is not handed on by itself`, runbook: worker.failing.runbook },
      metric: givenUp.metricApproximateNumberOfMessagesVisible({ statistic: 'Maximum', period: Duration.minutes(5) }),
      rings: { from: 1 },
      topic: alarms,
    })

    const metric = { namespace: 'Panel', name: `${name} ledger rewritten` }
    new MetricFilter(this, 'RewrittenFilter', {
      logGroup: lambda.logGroup,
      filterPattern: FilterPattern.literal(`"${rewritten}"`),
      metricNamespace: metric.namespace,
      metricName: metric.name,
      metricValue: '1',
    })
    alarm(this, 'Rewritten', {
      name: `${name}-ledger-rewritten`,
      failing: {
        hurts: 'everybody who trusts the ledger: an entry or an audit record was changed or removed',
        runbook: 'ledger-rewritten',
      },
      metric: new Metric({ namespace: metric.namespace, metricName: metric.name, statistic: 'Sum', period: Duration.minutes(5) }),
      rings: { from: 1 },
      topic: alarms,
    })
  }
}

const keysLike = (prefixes: readonly string[]) => ({ pk: { S: prefixes.flatMap(ruleFor) } })

/** A prefix that ends in the separator stands for many keys; any other is a whole key. */
const ruleFor = (prefix: string): unknown[] => (prefix.endsWith('#') ? FilterRule.beginsWith(prefix) : FilterRule.isEqual(prefix))
