import { Duration, Stack, type StackProps } from 'aws-cdk-lib'
import { Metric } from 'aws-cdk-lib/aws-cloudwatch'
import { CfnRule } from 'aws-cdk-lib/aws-events'
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda'
import type { Queue } from 'aws-cdk-lib/aws-sqs'
import { InvocationType, Trigger } from 'aws-cdk-lib/triggers'
import type { Construct } from 'constructs'
import { metricNamespace } from '../functions/kit/measure.ts'
import type { Failing } from '../functions/kit/worker.ts'
import { grantsOf, registry } from './definitions.ts'
import { alarm } from './parts/alarm.ts'
import { feedArrivals } from './parts/arrivals.ts'
import type { Ground } from './parts/grants.ts'
import type { CodeOf } from './parts/panel-function.ts'
import { GivenUpMessages, QueueWork } from './parts/queue-worker.ts'
import { ScheduledWork, UnplacedCalls } from './parts/scheduled-worker.ts'
import { StreamWork } from './parts/stream-worker.ts'

/** What runs without being called. */
export class Workers extends Stack {
  constructor(scope: Construct, id: string, { ground, codeOf, ...props }: StackProps & { ground: Ground; codeOf: CodeOf }) {
    super(scope, id, props)
    const { alarms } = ground.store
    const unplaced = new UnplacedCalls(this, { ground, alarms }).queue
    const dead = new GivenUpMessages(this, { ground, alarms }).queue
    for (const worker of registry.workers) {
      const { on } = worker
      switch (on.kind) {
        case 'queue': {
          const { lambda, queue } = new QueueWork(this, { worker: { ...worker, on }, ground, codeOf, alarms, dead })
          if (on.queue === 'access-log') tellOfFiles(this, { queue, dead }, ground)
          if (on.fedBy) feedArrivals(queue, ground.store.files, on.fedBy)
          // Not waited for: what keeps the catalogue from being published must not keep its remedy from being deployed.
          if (on.onDeploy) new Trigger(this, 'Republish', { handler: lambda, invocationType: InvocationType.EVENT })
          break
        }
        case 'stream':
          new StreamWork(this, { worker: { ...worker, on }, ground, codeOf, alarms })
          break
        case 'schedule': {
          const { lambda } = new ScheduledWork(this, { worker: { ...worker, on }, ground, codeOf, alarms, unplaced })
          if (grantsOf(worker).some((grant) => grant.on === 'edge-secret')) runOnDeploy(this, lambda)
          break
        }
      }
    }
    alarmOfUnsentOrders(this, ground)
    alarmOfLateRuns(this, ground)
    alarmOfLowBalances(this, ground)
    alarmOfFailingProviders(this, ground)
    if (ground.settings.ratesUrl !== undefined) alarmOfStaleRates(this, ground)
    alarmOfLateRequests(this, ground)
  }
}

/** "Order placed", and nothing was ever sent: whatever the reason, this is heard. The sweeper measures it each minute. */
function alarmOfUnsentOrders(scope: Construct, ground: Ground): void {
  alarmOf(scope, ground, 'OldestUnsentOrder', {
    name: 'oldest-unsent-order',
    failing: { hurts: 'customers have paid for orders that have not been sent for five minutes', runbook: 'orders-not-sent' },
    rings: { from: 300 },
  })
}

/** What a schedule does a minute late is no harm; what it does a quarter of an hour late has more to do than it can. */
function alarmOfLateRuns(scope: Construct, ground: Ground): void {
  alarmOf(scope, ground, 'LatestRun', {
    name: 'runs-late',
    failing: { hurts: 'drip-feed orders fall behind: paid runs start a quarter of an hour late', runbook: 'runs-late' },
    rings: { from: 900 },
  })
}

/** Rings once, and again only after the balance has recovered: an alarm speaks when its state changes. */
function alarmOfLowBalances(scope: Construct, ground: Ground): void {
  alarmOf(scope, ground, 'ProvidersLowOnFunds', {
    name: 'providers-low-on-funds',
    failing: {
      hurts: 'nobody yet, or customers whose orders wait: a provider’s balance is low or empty',
      runbook: 'provider-low-on-funds',
    },
    rings: { from: 1 },
  })
}

/** Rings once for as long as one is failing: the panel sends it nothing meanwhile, probes it, and goes on by itself. */
function alarmOfFailingProviders(scope: Construct, ground: Ground): void {
  alarmOf(scope, ground, 'ProvidersFailing', {
    name: 'providers-failing',
    failing: {
      hurts: 'customers whose orders go to a provider that is down: they wait, and are sent when it is well again',
      runbook: 'provider-failing',
    },
    rings: { from: 1 },
  })
}

/** Measured each hour; of a panel that asks for rates. */
function alarmOfStaleRates(scope: Construct, ground: Ground): void {
  alarmOf(
    scope,
    ground,
    'StaleRates',
    {
      name: 'rates-stale',
      failing: {
        hurts: 'nobody yet: services of another currency are sold at costs reckoned with a rate that is older than six days',
        runbook: 'rates-stale',
      },
      rings: { from: 1 },
    },
    { period: Duration.hours(1), periods: 2 },
  )
}

/** Whoever asked for what is held about him, or for it to be erased, was promised when. The sweep counts each hour. */
function alarmOfLateRequests(scope: Construct, ground: Ground): void {
  alarmOf(
    scope,
    ground,
    'PrivacyRequestsLate',
    {
      name: 'privacy-requests-late',
      failing: {
        hurts: 'customers whose archive, erasure or privacy ticket is later than was promised',
        runbook: 'privacy-requests-late',
      },
      rings: { from: 1 },
    },
    { period: Duration.hours(1), periods: 1 },
  )
}

interface Rings {
  readonly name: string
  readonly failing: Failing
  readonly rings: { readonly from: number }
}

/** Of what the panel measures of itself, each minute as a rule, while there is anything to tell. */
function alarmOf(
  scope: Construct,
  { settings: { stage }, store }: Ground,
  metricName: string,
  { name, ...rest }: Rings,
  { period, periods } = { period: Duration.minutes(1), periods: 2 },
): void {
  alarm(scope, metricName, {
    ...rest,
    name: `${stage}-${name}`,
    metric: new Metric({
      namespace: metricNamespace,
      metricName,
      dimensionsMap: { service: stage },
      statistic: 'Maximum',
      period,
    }),
    periods,
    topic: store.alarms,
  })
}

/** Each log file that is delivered is told to the queue: by the account's event bus, so that the bucket need not know it. */
function tellOfFiles(scope: Construct, { queue, dead }: Readonly<Record<'queue' | 'dead', Queue>>, { store }: Ground): void {
  const rule = new CfnRule(scope, 'AccessLogFiles', {
    description: 'A log file of the edge was delivered',
    eventPattern: {
      source: ['aws.s3'],
      'detail-type': ['Object Created'],
      detail: { bucket: { name: [store.accessLogFiles.bucketName] } },
    },
    // What the bus cannot place lies where what nobody could read lies.
    targets: [{ id: 'queue', arn: queue.queueArn, deadLetterConfig: { arn: dead.queueArn } }],
  })
  for (const to of [queue, dead])
    to.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('events.amazonaws.com')],
        actions: ['sqs:SendMessage'],
        resources: [to.queueArn],
        conditions: { ArnEquals: { 'aws:SourceArn': rule.attrArn } },
      }),
    )
}

/**
 * Before its first run the edge has no secret to show, and every API turns everybody away. It runs again whenever its
 * code, the table or the edge's store is another one; in between, its schedule does.
 */
function runOnDeploy(scope: Construct, handler: LambdaFunction): void {
  new Trigger(scope, 'FirstEdgeSecret', { handler, timeout: Duration.minutes(2) })
}
