import { queues, queueVariable } from '../core/need.ts'
import { pools } from './identity/pools.ts'
import {
  edgeStoreArn,
  filesBucket,
  logFilesBucket,
  logTableName,
  region,
  snapshotsBucket,
  tableName,
  usagePlanId,
} from './names.ts'
import type { Ports } from './ports.ts'

/** What the functions find in their environment on one machine: the same names as in AWS, and where the emulators are. */
export function environment(ports: Ports): Record<string, string> {
  const at = (port: number): string => `http://127.0.0.1:${port}`
  return {
    ...(process.env['PATH'] === undefined ? {} : { PATH: process.env['PATH'] }),
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_ENDPOINT_URL_DYNAMODB: at(ports.database),
    AWS_ENDPOINT_URL_DYNAMODB_STREAMS: at(ports.database),
    AWS_ENDPOINT_URL_SQS: at(ports.queues),
    AWS_ENDPOINT_URL_S3: at(ports.queues),
    AWS_ENDPOINT_URL_SESV2: at(ports.mailbox),
    AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: at(ports.identity),
    AWS_ENDPOINT_URL_KMS: at(ports.identity),
    AWS_ENDPOINT_URL_API_GATEWAY: at(ports.gatewayControl),
    // This service puts the account in front of the name, which an address in numbers does not bear.
    AWS_ENDPOINT_URL_CLOUDFRONT_KEYVALUESTORE: `http://localhost:${ports.gatewayControl}`,
    TABLE_NAME: tableName,
    LOG_TABLE_NAME: logTableName,
    LOG_FILES_BUCKET: logFilesBucket,
    SITE_HOSTS: 'localhost',
    ...Object.fromEntries(queues.map((queue) => [queueVariable(queue), queueUrl(ports, queue)])),
    SNAPSHOTS_BUCKET: snapshotsBucket,
    FILES_BUCKET: filesBucket,
    UPLOADS_URL: `${uploadsOrigin(ports)}/${filesBucket}`,
    CUSTOMERS_POOL_ID: pools.customers.id,
    CUSTOMERS_CLIENT_ID: pools.customers.clientId,
    STAFF_POOL_ID: pools.staff.id,
    STAFF_CLIENT_ID: pools.staff.clientId,
    PROVIDER_KEYS_ID: 'alias/provider-keys',
    MAIL_FROM: 'no-reply@panel.test',
    USAGE_PLAN_ID: usagePlanId,
    EDGE_STORE_ARN: edgeStoreArn,
    PANEL_NAME: 'Panel',
    LEDGER_CURRENCY: 'USD',
    CREDIT_ALONE_PER_DAY: '100000',
    PRIVACY_REQUEST_DAYS: '30',
    ANSWER_HOURS: '24',
    OPERATOR: JSON.stringify({
      name: 'Example Operator Ltd',
      address: '1 Example Street, Exampletown',
      email: 'contact@panel.test',
      country: 'Ireland',
    }),
    RETENTION: JSON.stringify({ accessLogDays: 30, closedAccountDays: 30, transactionRecordYears: 10, unfinishedSignUpDays: 7 }),
    ANNOUNCEMENT_MAILS_PER_MINUTE: '3000',
    SITE_ORIGIN: `http://localhost:${ports.site}`,
    SELL_UNATTESTED: 'false',
    // Everybody on this machine comes from one address.
    SIGN_UPS_PER_HOUR: '10000',
    SANDBOX_PROVIDER_URL: providerUrl(ports),
    RATES_URL: ratesUrl(ports),
    SANDBOX_RATES_URL: ratesUrl(ports),
    POWERTOOLS_LOG_LEVEL: 'INFO',
    POWERTOOLS_SERVICE_NAME: 'panel',
  }
}

/** Where browsers post what they upload. */
export const uploadsOrigin = (ports: Ports): string => `http://127.0.0.1:${ports.queues}`
export const queueUrl = (ports: Ports, queue: string): string =>
  `http://sqs.${region}.localhost:${ports.queues}/000000000000/${queue}`
export const providerUrl = (ports: Ports): string => `http://127.0.0.1:${ports.provider}/api/v2`
export const ratesUrl = (ports: Ports): string => `http://127.0.0.1:${ports.rates}/eurofxref-daily.xml`
