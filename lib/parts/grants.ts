import { PolicyStatement } from 'aws-cdk-lib/aws-iam'
import { type Grant, queueVariable } from '../../core/need.ts'
import type { Settings } from '../settings.ts'
import type { Store } from '../store.ts'
import { queueArn, queueUrl, uploadsOrigin } from './names.ts'

/** What the grants of a stack's functions point at. */
export interface Ground {
  readonly settings: Settings
  readonly store: Store
  /** The plan that new keys are metered by. */
  readonly usagePlanId?: string
  /** Where the edge keeps its secret. */
  readonly edgeStoreArn?: string
  /** Where customers reach the panel: for the links in mails. */
  readonly siteOrigin?: string
  /** Where the site answers when it has no name of its own. */
  readonly siteHost?: string
}

type TableGrant = Extract<Grant, { on: 'table' | 'log-table' }>
const isOnTable = (grant: Grant): grant is TableGrant => grant.on === 'table' || grant.on === 'log-table'

/** What IAM is told for a function's grants: nothing that no grant says. */
export function statementsFor(grants: readonly Grant[], ground: Ground): PolicyStatement[] {
  const onTable = grants.filter(isOnTable)
  const elsewhere = grants.filter((grant) => !isOnTable(grant))
  return [
    ...merged(onTable).map((grant) => onKeys(grant, ground.store)),
    ...withoutRepeats(elsewhere).flatMap((grant) => statementFor(grant, ground)),
  ]
}

/** Where a function finds what it was granted, and what the operator decided. Nothing here is secret. */
export function environmentFor(grants: readonly Grant[], ground: Ground): Record<string, string> {
  const {
    panelName,
    ledgerCurrency,
    creditAlonePerDay,
    sellUnattested,
    privacyRequestDays,
    answerHours,
    trafficDays,
    ratesUrl,
    stage,
    operator,
    retention,
  } = ground.settings
  return Object.assign(
    {
      PANEL_NAME: panelName,
      LEDGER_CURRENCY: ledgerCurrency,
      CREDIT_ALONE_PER_DAY: creditAlonePerDay,
      SELL_UNATTESTED: String(sellUnattested),
      PRIVACY_REQUEST_DAYS: String(privacyRequestDays),
      ANSWER_HOURS: String(answerHours),
      ...(ratesUrl === undefined ? {} : { RATES_URL: ratesUrl }),
      OPERATOR: JSON.stringify(operator),
      RETENTION: JSON.stringify(retention),
      TRAFFIC_DAYS: String(trafficDays),
      POWERTOOLS_SERVICE_NAME: stage,
    },
    ...grants.map((grant) => placeOf(grant, ground)),
  )
}

/** Grants for the same operations under the same condition become one statement: a role's policy has 10 KB. */
function merged(grants: readonly TableGrant[]): TableGrant[] {
  const byOperation = Map.groupBy(
    grants,
    ({ on, actions, onlyIn, onlyAttributes }) => `${on} ${[...actions].sort()} ${onlyIn ?? ''} ${onlyAttributes ?? ''}`,
  )
  return [...byOperation.values()].flatMap(([first, ...others]) =>
    first ? [{ ...first, keys: [...new Set([first, ...others].flatMap(({ keys }) => keys))].sort() }] : [],
  )
}

const withoutRepeats = <G extends Grant>(grants: readonly G[]): G[] => [
  ...new Map(grants.map((grant) => [JSON.stringify(grant), grant])).values(),
]

function onKeys({ on, actions, keys, onlyIn, onlyAttributes }: TableGrant, { table, logTable }: Store): PolicyStatement {
  return new PolicyStatement({
    actions: actions.map((action) => `dynamodb:${action}`),
    resources: [on === 'table' ? table.tableArn : logTable.tableArn],
    conditions: {
      'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': keys },
      // "For all values" is true of a request that names no key at all.
      Null: { 'dynamodb:LeadingKeys': 'false' },
      ...(onlyAttributes
        ? {
            'ForAllValues:StringEquals': { 'dynamodb:Attributes': onlyAttributes },
            // What an update hands back is read too.
            StringEqualsIfExists: { 'dynamodb:ReturnValues': 'NONE' },
          }
        : {}),
      ...(onlyIn ? { 'ForAnyValue:StringEquals': { 'dynamodb:EnclosingOperation': [onlyIn] } } : {}),
    },
  })
}

function statementFor(grant: Exclude<Grant, TableGrant>, ground: Ground): PolicyStatement[] {
  const { store, settings } = ground
  const { region } = store
  switch (grant.on) {
    case 'index':
      return [allow(['dynamodb:Query'], `${store.table.tableArn}/index/${grant.index}`)]
    case 'queue':
      return [allow(['sqs:SendMessage'], queueArn(settings.stage, region, grant.queue))]
    case 'pool':
      return [
        allow(
          grant.actions.map((action) => `cognito-idp:${action}`),
          store.pools[grant.pool].pool.userPoolArn,
        ),
      ]
    case 'snapshots':
      return [
        allow(
          grant.actions.map((action) => `s3:${action}`),
          // What is published lies at the top, as JSON.
          store.snapshots.arnForObjects(grant.under ? `${grant.under}/*` : '*.json'),
        ),
        // Without it a snapshot that is not there yet looks like one that is forbidden.
        ...(grant.actions.includes('GetObject') ? [allow(['s3:ListBucket'], store.snapshots.bucketArn)] : []),
      ]
    case 'log-files':
      return [allow(['s3:GetObject'], store.accessLogFiles.arnForObjects('*'))]
    case 'files': {
      const { bucketArn } = store.files
      const onObjects = grant.actions.filter((action) => action !== 'ListBucket').map((action) => `s3:${action}`)
      return [
        ...(onObjects.length > 0 ? [allow(onObjects, `${bucketArn}/${grant.under}/*`)] : []),
        ...(onObjects.length < grant.actions.length ? [allow(['s3:ListBucket'], bucketArn)] : []),
      ]
    }
    case 'provider-keys':
      return [
        allow(
          grant.actions.map((action) => `kms:${action}`),
          store.providerKeys.keyArn,
        ),
      ]
    case 'mail':
      return store.mailIdentity ? [allow(['ses:SendEmail'], store.mailIdentity.emailIdentityArn)] : []
    case 'gateway-keys':
      return keepKeys(region, needed(ground.usagePlanId, grant))
    case 'edge-secret':
      return [
        allow(
          ['cloudfront-keyvaluestore:DescribeKeyValueStore', 'cloudfront-keyvaluestore:PutKey'],
          needed(ground.edgeStoreArn, grant),
        ),
      ]
    case 'providers':
    case 'rates':
      return []
  }
}

/** API Gateway's own keys have no owner in IAM: what they are named and which plan they are on is all that can be held. */
const keepKeys = (region: string, plan: string): PolicyStatement[] => [
  allow(['apigateway:GET', 'apigateway:POST'], `arn:aws:apigateway:${region}::/apikeys`),
  allow(['apigateway:DELETE'], `arn:aws:apigateway:${region}::/apikeys/*`),
  allow(['apigateway:POST'], `arn:aws:apigateway:${region}::/usageplans/${plan}/keys`),
]

function placeOf(grant: Grant, { store, settings, ...ground }: Ground): Record<string, string> {
  switch (grant.on) {
    case 'table':
    case 'index':
      return { TABLE_NAME: store.table.tableName }
    case 'queue':
      return { [queueVariable(grant.queue)]: queueUrl(settings.stage, store.region, grant.queue) }
    case 'pool': {
      const { pool, client } = store.pools[grant.pool]
      const name = grant.pool.toUpperCase()
      return { [`${name}_POOL_ID`]: pool.userPoolId, [`${name}_CLIENT_ID`]: client.userPoolClientId }
    }
    case 'snapshots':
      return { SNAPSHOTS_BUCKET: store.snapshots.bucketName }
    case 'log-table':
      return { LOG_TABLE_NAME: store.logTable.tableName }
    case 'log-files':
      return {
        LOG_FILES_BUCKET: store.accessLogFiles.bucketName,
        SITE_HOSTS: settings.domain?.site ?? needed(ground.siteHost, grant),
      }
    case 'files':
      return { FILES_BUCKET: store.files.bucketName, UPLOADS_URL: `${uploadsOrigin(settings.stage, store.region)}/` }
    case 'provider-keys':
      return { PROVIDER_KEYS_ID: store.providerKeys.keyArn }
    case 'mail':
      return {
        ...(settings.mail ? { MAIL_FROM: settings.mail.from } : {}),
        ANNOUNCEMENT_MAILS_PER_MINUTE: String(settings.announcementMailsPerMinute),
        SITE_ORIGIN: needed(ground.siteOrigin, grant),
      }
    case 'gateway-keys':
      return { USAGE_PLAN_ID: needed(ground.usagePlanId, grant) }
    case 'edge-secret':
      return { EDGE_STORE_ARN: needed(ground.edgeStoreArn, grant) }
    case 'providers':
    case 'rates':
      return {}
  }
}

const allow = (actions: string[], resource: string): PolicyStatement => new PolicyStatement({ actions, resources: [resource] })

function needed(value: string | undefined, { on }: Grant): string {
  if (value === undefined) throw new Error(`no function of this stack can be granted ${on}: nothing of the kind is in its reach`)
  return value
}
