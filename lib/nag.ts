import { type App, CfnResource, type Stack, Validations } from 'aws-cdk-lib'
import { AwsSolutionsChecks, rules, ServerlessChecks } from 'cdk-nag'
import type { IConstruct } from 'constructs'
import type { Settings } from './settings.ts'

/**
 * Where the panel departs from what cdk-nag's packs ask for: each departure on the one thing it concerns, with its
 * reason. What is not here is found, and stops a synth.
 */

/** Has both packs look at everything, at the end of every synth. */
export const checkEverything = (app: App): void =>
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app))

type Reasons = Readonly<Record<string, string>>

const accept = (construct: IConstruct, reasons: Reasons): void =>
  Validations.of(construct).acknowledge(...Object.entries(reasons).map(([id, reason]) => ({ id, reason })))

const untraced = 'X-Ray bills by the trace; the one log line of each call carries its duration and its reference.'

const functions = {
  api: 'A gateway waits for the answer and hears of a failure at once: nothing is left that could be kept for later.',
  pool: 'A user pool waits for the answer and hears of a failure at once: nothing is left that could be kept for later.',
  queue: 'Its messages are given up through the dead-letter queue of the queue they come from.',
  stream: 'What it gives up is noted in the queue that its event source names.',
  schedule: 'The next run does the same work, and the alarm on this one’s failures is what somebody hears.',
} as const

export const acceptFunction = (lambda: IConstruct, setGoingBy: keyof typeof functions): void =>
  accept(lambda, { 'Serverless-LambdaTracing': untraced, 'Serverless-LambdaDLQ': functions[setGoingBy] })

export const acceptRole = (role: IConstruct): void =>
  acceptWildcards(role, {
    '/\\*(\\.json)?$':
      'Objects of one bucket: what is published, the providers’ catalogues, the edge’s log files, or what customers uploaded, by the place where it lies',
    '/stream/\\*$': 'Lambda asks for the list of the one table’s streams, and a list has no narrower name.',
    '/apikeys/\\*$': 'A gateway key is deleted by an id that is made when the key is.',
  })

export const acceptQueueSource = (source: IConstruct): void =>
  accept(source, { 'Serverless-LambdaEventSourceMappingDestination': functions.queue })

export const acceptArrivals = (rule: IConstruct): void =>
  accept(rule, {
    'Serverless-EventBusDLQ':
      'The event bus tries for a day. A file of which no word came is swept then, and its owner sees all along that it is not ready.',
  })

export const acceptUnplacedRuns = (config: IConstruct): void =>
  accept(config, { 'Serverless-LambdaAsyncFailureDestination': functions.schedule })

export const acceptDeadLetters = (queue: IConstruct): void =>
  accept(queue, {
    'AwsSolutions-SQS3': 'It is where dead letters go.',
    'Serverless-SQSRedrivePolicy': 'It is where dead letters go.',
  })

export const acceptMailedAlarms = (subscription: IConstruct): void =>
  accept(subscription, {
    'Serverless-SNSRedrivePolicy': 'A mail that AWS could not deliver says what the alarm still shows: nothing is lost with it.',
  })

export const acceptGatewayRole = (role: IConstruct): void =>
  acceptWildcards(role, { ':function:[a-z0-9-]+\\*$': 'The functions of its own stack, whose names all begin so.' })

export const acceptRestApi = (api: IConstruct): void => {
  accept(api, {
    'AwsSolutions-APIG2': 'Each function holds its request to a schema, with the panel’s own words for what is wrong.',
    'AwsSolutions-APIG3': 'Nothing gets past the authorizer but what came through the edge, and the firewall, when on, is there.',
    'AwsSolutions-APIG6': 'Execution logs hold headers, and with them API keys; the access log is on.',
    'Serverless-APIGWXrayEnabled': untraced,
    'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs]':
      'API Gateway takes no other policy for the role by which an account’s REST APIs write logs.',
  })
}

export const acceptPool = (pool: IConstruct, whose: 'customers' | 'staff'): void =>
  accept(pool, {
    'AwsSolutions-COG1':
      'Ten characters with a letter and a digit, and none of the common ones (core/identity/password.ts): length protects better than symbols that people append.',
    'AwsSolutions-COG8': 'The plus plan bills for every active customer; sign-ins are throttled and watched by the panel itself.',
    ...(whose === 'customers'
      ? { 'AwsSolutions-COG2': 'A second factor is the customer’s choice; staff cannot be without one.' }
      : {}),
  })

export const acceptLogTable = (table: IConstruct): void =>
  accept(table, { 'AwsSolutions-DDB3': 'A recovery copy would keep addresses for weeks after they expired (P-RET-3).' })

export const acceptBucket = (bucket: IConstruct, reason: string): void => accept(bucket, { 'AwsSolutions-S1': reason })

export const acceptDistribution = (distribution: IConstruct, { waf, domain }: Settings): void =>
  accept(distribution, {
    'AwsSolutions-CFR1': 'The panel sells to everywhere.',
    'AwsSolutions-CFR3': 'It is logged by version 2 of standard logging, which the rule does not know: see parts/log-delivery.ts.',
    ...(waf
      ? {}
      : { 'AwsSolutions-CFR2': 'A firewall costs more than all the rest of an idle panel: it is a switch in cdk.json.' }),
    ...(domain ? {} : { 'AwsSolutions-CFR4': 'At CloudFront’s own address the certificate and its policy are CloudFront’s.' }),
  })

/** CDK's own functions that upload the pages and take them out of the cache, during a deployment and at no other time. */
export const acceptUploads = (stack: Stack): void => {
  for (const child of stack.node.children.filter(({ node }) => node.id.startsWith('Custom::CDKBucketDeployment'))) {
    accept(child, {
      'AwsSolutions-L1': 'CDK chooses the runtime of its own function.',
      'Serverless-LambdaLatestVersion': 'CDK chooses the runtime of its own function.',
      'Serverless-LambdaDLQ': 'CloudFormation waits for it and hears of a failure at once.',
      'Serverless-LambdaTracing': untraced,
      'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole]':
        'CDK’s own function writes its log by AWS’s own policy.',
    })
    acceptWildcards(child, {
      '^Action::s3:(GetObject|GetBucket|List|DeleteObject|Abort)\\*$':
        'CDK grants reading its assets and writing the pages by families of operations.',
      ':s3:::cdk-.*-assets-.*/\\*$': 'The pages lie among CDK’s assets under names made of their content.',
      'Pages.*\\.Arn>/\\*$': 'It uploads pages of any name to the two buckets of pages.',
      '^Resource::\\*$': 'CDK lets it invalidate CloudFront’s cache by an operation that it does not narrow to a distribution.',
    })
  }
}

/**
 * Findings about wildcards have the resource in their name, which is known only when references between stacks are
 * settled: just before the packs look. Those that match are accepted, each for itself.
 */
function acceptWildcards(construct: IConstruct, reasons: Reasons): void {
  construct.node.addValidation({
    validate: () => {
      for (const resource of construct.node.findAll().filter((node) => CfnResource.isCfnResource(node)))
        for (const finding of findingsIn(resource))
          for (const [pattern, reason] of Object.entries(reasons))
            if (new RegExp(pattern).test(finding)) accept(resource, { [`AwsSolutions-IAM5[${finding}]`]: reason })
      return []
    },
  })
}

function findingsIn(resource: CfnResource): string[] {
  const found = rules.iam.IAMNoWildcardPermissions(resource)
  return Array.isArray(found) ? found : []
}
