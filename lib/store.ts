import { CfnOutput, Duration, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib'
import { AttributeType, BillingMode, ProjectionType, StreamViewType, Table } from 'aws-cdk-lib/aws-dynamodb'
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import { Key } from 'aws-cdk-lib/aws-kms'
import { CfnBucket, HttpMethods, type IBucket } from 'aws-cdk-lib/aws-s3'
import { EmailIdentity, Identity } from 'aws-cdk-lib/aws-ses'
import type { Topic } from 'aws-cdk-lib/aws-sns'
import type { Construct } from 'constructs'
import { archiveDays } from '../core/privacy/erasing.ts'
import { periods } from '../core/privacy/periods.ts'
import { logSchema, schema } from '../data/schema.ts'
import { acceptBucket, acceptLogTable } from './nag.ts'
import { alarmTopic } from './parts/alarm-topic.ts'
import { tellOfArrivals } from './parts/arrivals.ts'
import { accessLogBucketName, filesBucketName } from './parts/names.ts'
import type { CodeOf } from './parts/panel-function.ts'
import { customersPool, type Pool, staffPool } from './parts/pools.ts'
import { privateBucket } from './parts/private-bucket.ts'
import { addTokenTriggers } from './parts/token-trigger.ts'
import { edgeRegion, type Settings } from './settings.ts'

/** The table that the panel works on. */
export interface TableInUse {
  readonly tableArn: string
  readonly tableName: string
  readonly tableStreamArn: string
}

interface StoreProps extends StackProps {
  readonly settings: Settings
  /** Of what the pools ask before they make a token. */
  readonly codeOf: CodeOf
}

/** What must never be lost. Nothing here goes when the stack goes. */
export class Store extends Stack {
  readonly table: TableInUse
  readonly logTable: Table
  readonly pools: Readonly<Record<'customers' | 'staff', Pool>>
  readonly providerKeys: Key
  readonly snapshots: IBucket
  readonly files: IBucket
  readonly accessLogFiles: IBucket
  readonly mailIdentity: EmailIdentity | undefined
  readonly alarms: Topic

  constructor(scope: Construct, id: string, { settings, codeOf, ...props }: StoreProps) {
    super(scope, id, { ...props, terminationProtection: true })
    const own = inUse(theTable(this))
    // A stack that still imports these must not keep the panel from moving on to a restored table.
    for (const value of Object.values(own)) this.exportValue(value)
    this.table = settings.restoredTable ? restored(this, settings.restoredTable) : own
    this.logTable = logTable(this)
    this.mailIdentity = mailIdentity(this, settings.mail)
    this.pools = { customers: customersPool(this, settings), staff: staffPool(this, settings) }
    this.providerKeys = new Key(this, 'ProviderKeys', {
      alias: `${settings.stage}/provider-keys`,
      description: 'Seals the keys by which the panel orders from its providers',
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.RETAIN,
    })
    this.snapshots = privateBucket(this, 'Snapshots', { removalPolicy: RemovalPolicy.RETAIN })
    acceptBucket(this.snapshots, 'only functions read it; what it holds is public, or can be fetched again')
    this.files = filesBucket(this, settings)
    this.accessLogFiles = accessLogFiles(this, settings)
    this.alarms = alarmTopic(this, settings.alarmEmail)
    addTokenTriggers(this, {
      pools: Object.values(this.pools).map(({ pool }) => pool),
      ground: { settings, store: this },
      codeOf,
      alarms: this.alarms,
    })

    if (this.mailIdentity && settings.mail?.verified)
      for (const { pool } of Object.values(this.pools)) pool.node.addDependency(this.mailIdentity)
    new CfnOutput(this, 'TableName', { value: this.table.tableName })
    // Where `npm run replay-erasures` finds what it needs after a restore.
    new CfnOutput(this, 'FilesBucketName', { value: this.files.bucketName })
    new CfnOutput(this, 'CustomersPoolId', { value: this.pools.customers.pool.userPoolId })
    new CfnOutput(this, 'StaffPoolId', { value: this.pools.staff.pool.userPoolId })
  }
}

function theTable(scope: Construct): Table {
  const table = new Table(scope, 'Table', {
    partitionKey: { name: schema.partitionKey, type: AttributeType.STRING },
    sortKey: { name: schema.sortKey, type: AttributeType.STRING },
    timeToLiveAttribute: schema.timeToLive,
    billingMode: BillingMode.PAY_PER_REQUEST,
    stream: StreamViewType.NEW_AND_OLD_IMAGES,
    // The privacy page promises that recovery copies age out within a week.
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true, recoveryPeriodInDays: periods.recoveryCopyDays },
    deletionProtection: true,
    removalPolicy: RemovalPolicy.RETAIN,
  })
  for (const [indexName, { partitionKey, sortKey, carries }] of Object.entries(schema.indexes))
    table.addGlobalSecondaryIndex({
      indexName,
      partitionKey: { name: partitionKey, type: AttributeType.STRING },
      sortKey: { name: sortKey, type: AttributeType.STRING },
      projectionType: ProjectionType.INCLUDE,
      nonKeyAttributes: [...carries],
    })
  return table
}

function inUse({ tableArn, tableName, tableStreamArn }: Table): TableInUse {
  if (tableStreamArn === undefined) throw new Error('the table has no stream')
  return { tableArn, tableName, tableStreamArn }
}

const restored = (stack: Stack, { name, streamArn }: NonNullable<Settings['restoredTable']>): TableInUse => ({
  tableArn: stack.formatArn({ service: 'dynamodb', resource: 'table', resourceName: name }),
  tableName: name,
  tableStreamArn: streamArn,
})

/** No stream and no recovery copies: what has expired must not linger in them. */
function logTable(scope: Construct): Table {
  const table = new Table(scope, 'LogTable', {
    partitionKey: { name: logSchema.partitionKey, type: AttributeType.STRING },
    sortKey: { name: logSchema.sortKey, type: AttributeType.STRING },
    timeToLiveAttribute: logSchema.timeToLive,
    billingMode: BillingMode.PAY_PER_REQUEST,
    deletionProtection: true,
    removalPolicy: RemovalPolicy.RETAIN,
  })
  acceptLogTable(table)
  return table
}

/**
 * What customers upload, and what is made for them to take away. Browsers post to it with a form that was signed for one
 * file; nothing else reaches it but functions.
 */
function filesBucket(scope: Stack, { stage, domain }: Settings): IBucket {
  const bucket = privateBucket(scope, 'Files', {
    bucketName: filesBucketName(stage, scope.region),
    lifecycleRules: [
      // A check takes seconds: what is left after a day was never announced, or is on its way out.
      { prefix: 'uploads/', expiration: Duration.days(1) },
      // A week after it is ready it is given out no more; then it goes.
      { prefix: 'archives/', expiration: Duration.days(archiveDays + 1) },
      // Afterwards every recovery copy knows of the erasure itself.
      { prefix: 'erasures/', expiration: Duration.days(periods.erasureNoteDays) },
      { abortIncompleteMultipartUploadAfter: Duration.days(1) },
    ],
    cors: [
      {
        allowedMethods: [HttpMethods.POST],
        // Without a domain the addresses are known only after this stack is deployed. The signature is what lets a file in.
        allowedOrigins: domain ? [`https://${domain.site}`, `https://${domain.console}`] : ['https://*.cloudfront.net'],
        allowedHeaders: ['*'],
        maxAge: 3_600,
      },
    ],
    removalPolicy: RemovalPolicy.RETAIN,
  })
  tellOfArrivals(bucket)
  acceptBucket(bucket, 'functions alone read it, and each look by staff is in their trail')
  return bucket
}

/** The edge's own log files, as CloudFront delivers them, until they are read and for some days after. */
function accessLogFiles(scope: Stack, { stage, accessLogFileDays }: Settings): IBucket {
  const bucket = privateBucket(scope, 'AccessLogFiles', {
    bucketName: accessLogBucketName(stage, scope.region),
    lifecycleRules: [{ expiration: Duration.days(accessLogFileDays) }],
    removalPolicy: RemovalPolicy.RETAIN,
  })
  bucket.addToResourcePolicy(
    new PolicyStatement({
      principals: [new ServicePrincipal('delivery.logs.amazonaws.com')],
      actions: ['s3:PutObject'],
      resources: [bucket.arnForObjects('*')],
      conditions: {
        StringEquals: { 'aws:SourceAccount': scope.account, 's3:x-amz-acl': 'bucket-owner-full-control' },
        ArnLike: { 'aws:SourceArn': `arn:aws:logs:${edgeRegion}:${scope.account}:delivery-source:${stage}-*` },
      },
    }),
  )
  // The worker that reads them is in a stack that comes later, and hears of them through the account's event bus. CDK's own way to say so is a function that runs at deployments.
  const plain = bucket.node.defaultChild
  if (plain instanceof CfnBucket) plain.notificationConfiguration = { eventBridgeConfiguration: { eventBridgeEnabled: true } }
  acceptBucket(bucket, 'it is itself where log files go')
  return bucket
}

function mailIdentity(scope: Construct, mail: Settings['mail']): EmailIdentity | undefined {
  if (!mail) return undefined
  const identity = new EmailIdentity(scope, 'MailIdentity', {
    identity: mail.identity === 'domain' ? Identity.domain(mail.from.slice(mail.from.indexOf('@') + 1)) : Identity.email(mail.from),
  })
  if (mail.identity === 'domain')
    for (const [index, { name, value }] of identity.dkimRecords.entries())
      new CfnOutput(scope, `MailRecord${index + 1}`, {
        description: 'A CNAME record that proves the domain to SES',
        value: `${name} → ${value}`,
      })
  return identity
}
