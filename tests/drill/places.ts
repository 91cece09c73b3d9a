import { gunzipSync } from 'node:zlib'
import { AdminGetUserCommand, CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider'
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb'
import { GetObjectCommand, ListBucketsCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3'
import { ListQueuesCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs'
import { DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb'
import { pools } from '../../local/identity/pools.ts'
import { logFilesBucket } from '../../local/names.ts'
import { unzip } from './unzip.ts'

/** The longest that an operator may set. */
const logFileSeconds = 30 * 86_400

export type Item = Readonly<Record<string, unknown>>

/** Something that is kept somewhere, as text that can be searched. */
export interface Kept {
  readonly where: string
  readonly text: string
  /** Of an item of a table. */
  readonly item?: Item
}

const asText = (_: string, value: unknown) =>
  typeof value === 'bigint' ? String(value) : value instanceof Set ? [...value] : value

/** Every item of every table there is: past every grant, as nobody of the panel could. */
export async function* tableItems(): AsyncGenerator<Kept> {
  const client = new DynamoDBClient({})
  for (const name of (await client.send(new ListTablesCommand({}))).TableNames ?? [])
    for await (const item of itemsOf(name))
      yield { where: `${name}: ${String(item['pk']).split('#')[0]}`, text: JSON.stringify(item, asText), item }
  client.destroy()
}

export async function* itemsOf(TableName: string): AsyncGenerator<Item> {
  const client = new DynamoDBClient({})
  const db = DynamoDBDocumentClient.from(client)
  let from: Record<string, unknown> | undefined
  do {
    const page = await db.send(new ScanCommand({ TableName, ExclusiveStartKey: from, ConsistentRead: true }))
    yield* page.Items ?? []
    from = page.LastEvaluatedKey
  } while (from)
  client.destroy()
}

/** Every object of every bucket, unpacked; its name is searched too. */
export async function* objects(): AsyncGenerator<Kept> {
  const s3 = new S3Client({ forcePathStyle: true })
  for (const { Name: Bucket } of (await s3.send(new ListBucketsCommand({}))).Buckets ?? []) {
    let from: string | undefined
    do {
      const page = await s3.send(new ListObjectsV2Command({ Bucket, ContinuationToken: from }))
      for (const { Key = '', LastModified } of page.Contents ?? []) {
        const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }))
        const bytes = Buffer.from((await Body?.transformToByteArray()) ?? [])
        // Raw log files go by the bucket's lifecycle, which a test of the templates holds: here nothing removes them.
        const expires =
          Bucket === logFilesBucket && LastModified ? { expiresAt: LastModified.getTime() / 1000 + logFileSeconds } : {}
        // What a restore is followed by: which numbers were erased, and nothing else.
        if (Key.startsWith('erasures/')) continue
        yield { where: `${Bucket}: ${Key}`, text: `${Key}\n${unpacked(bytes)}`, item: expires }
      }
      from = page.NextContinuationToken
    } while (from)
  }
  s3.destroy()
}

function unpacked(bytes: Buffer): string {
  if (bytes.length > 2 && bytes.readUInt16BE(0) === 0x1f8b) return gunzipSync(bytes).toString()
  if (bytes.length > 4 && bytes.readUInt32BE(0) === 0x504b0304) return [...unzip(bytes).values()].join('\n')
  return bytes.toString('latin1')
}

/** What waits in the queues, those of the dead included. What is received is seen again at once. */
export async function* messages(): AsyncGenerator<Kept> {
  const sqs = new SQSClient({ useQueueUrlAsEndpoint: false })
  for (const QueueUrl of (await sqs.send(new ListQueuesCommand({}))).QueueUrls ?? []) {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, VisibilityTimeout: 0, WaitTimeSeconds: 0 }),
    )
    for (const { Body = '' } of Messages) yield { where: `queue ${QueueUrl.split('/').at(-1)}`, text: Body }
  }
  sqs.destroy()
}

/** What the identity provider says of somebody; empty where it knows nobody of the name. */
export async function* identity(names: readonly string[]): AsyncGenerator<Kept> {
  const cognito = new CognitoIdentityProviderClient({})
  for (const Username of names)
    try {
      const found = await cognito.send(new AdminGetUserCommand({ UserPoolId: pools.customers.id, Username }))
      yield { where: 'identity record', text: JSON.stringify(found.UserAttributes) }
    } catch (error) {
      if (!(error instanceof Error && error.name === 'UserNotFoundException')) throw error
    }
  cognito.destroy()
}
