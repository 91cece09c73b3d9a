import { createWriteStream } from 'node:fs'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams'
import { S3Client } from '@aws-sdk/client-s3'
import { SQSClient } from '@aws-sdk/client-sqs'
import { endpoints, rawEndpoints, workers } from '../functions/index.ts'
import { publishedOpenApi } from '../lib/openapi.ts'
import { createLogTable, createTable, startDatabase } from './database.ts'
import { startEmulators } from './emulators/start.ts'
import { environment, queueUrl, uploadsOrigin } from './environment.ts'
import { pollQueue } from './events/queues.ts'
import { keepSchedule } from './events/schedules.ts'
import { followStream } from './events/stream.ts'
import { type Functions, startFunctions } from './functions/pool.ts'
import { startAccessLog } from './gateway/access-log.ts'
import { openDoor } from './gateway/door.ts'
import { httpApi } from './gateway/http-api.ts'
import { startGatewayControl } from './gateway/keys.ts'
import { restApi } from './gateway/rest-api.ts'
import { files } from './gateway/site.ts'
import { close } from './http.ts'
import { pools } from './identity/pools.ts'
import { logTableName, region, tableName } from './names.ts'
import type { Ports } from './ports.ts'

export interface PanelOptions {
  readonly ports: Ports
  /** Undefined: everything is in memory, and gone at the end. */
  readonly folder?: string
  /** Where the built site lies. */
  readonly sites: { readonly site: string; readonly console: string }
  /** Takes what the functions log. */
  readonly log?: (text: string) => void
  readonly instances?: number
  /** False: instances live on, for measuring what is warm. */
  readonly recycled?: boolean
}

export interface Panel {
  readonly ports: Ports
  readonly functions: Functions
  readonly pids: { readonly database: number; readonly emulators: number }
  /** Settles when something the panel stands on has ended by itself. */
  readonly broken: Promise<string>
  /** From now on nothing runs unless it is called: for measuring a call by itself. */
  stopWorkers(): void
  stop(): Promise<void>
}

/** The whole panel on one machine: emulators that speak the real wire protocols, and the functions behind a gateway of ours. */
export async function startPanel({ ports, folder, sites, log, instances = 2, recycled = true }: PanelOptions): Promise<Panel> {
  const at = (name: string): string | undefined => (folder === undefined ? undefined : `${folder}/${name}`)
  const stopping = new AbortController()
  const toStop: (() => Promise<unknown>)[] = []
  const stop = async (): Promise<void> => {
    stopping.abort()
    for (const end of toStop.reverse()) await end()
  }
  try {
    const [database, emulators, control] = await Promise.all([
      startDatabase(ports.database, at('database'), at('database.log')),
      startEmulators(ports, folder, at('emulators.log')),
      startGatewayControl(ports.gatewayControl, at('gateway.jsonl')),
    ])
    toStop.push(database.stop, emulators.stop, () => close(control.server))

    const settings = environment(ports)
    const credentials = { accessKeyId: 'local', secretAccessKey: 'local' }
    const databaseClient = new DynamoDBClient({ region, credentials, endpoint: `http://127.0.0.1:${ports.database}` })
    await Promise.all([createTable(databaseClient, tableName), createLogTable(databaseClient, logTableName)])

    const file = at('panel.log')
    const stream = file === undefined ? undefined : createWriteStream(file, { flags: 'a' })
    const functions = await startFunctions({
      ports,
      environment: settings,
      size: instances,
      recycled,
      log: log ?? ((text) => stream?.write(text)),
    })
    toStop.push(functions.stop)

    const sqs = new SQSClient({ region, credentials, endpoint: `http://127.0.0.1:${ports.queues}`, useQueueUrlAsEndpoint: false })
    const streams = new DynamoDBStreamsClient({ region, credentials, endpoint: `http://127.0.0.1:${ports.database}` })
    const { signal } = stopping
    toStop.push(async () => {
      for (const client of [databaseClient, sqs, streams]) client.destroy()
    })
    const rotation = workers.find(({ name }) => name === 'workers.rotate-edge-secret')
    if (rotation) await functions.invoke(rotation.name, {})
    // As at a deployment.
    for (const { name, on } of workers) if ('onDeploy' in on) void functions.invoke(name, {}).catch(() => undefined)
    for (const worker of workers) {
      if (worker.on.kind === 'queue' && 'read' in worker)
        void pollQueue(worker as Parameters<typeof pollQueue>[0], queueUrl(ports, worker.on.queue), sqs, functions, signal)
      if (worker.on.kind === 'stream')
        void followStream({
          worker: worker as Parameters<typeof followStream>[0]['worker'],
          tableName,
          clients: { database: databaseClient, streams },
          functions,
          file: at('stream.json'),
          stopped: signal,
        })
      if (worker.on.kind === 'schedule' && worker !== rotation)
        void keepSchedule(worker as Parameters<typeof keepSchedule>[0], functions, signal)
    }

    const identityUrl = `http://127.0.0.1:${ports.identity}`
    const ofKind = (prefix: string) => endpoints.filter(({ route }) => route.includes(` ${prefix}`))
    const admin = ofKind('/api/admin/')
    const reseller = ofKind('/api/reseller/')
    const customer = endpoints.filter((endpoint) => !admin.includes(endpoint) && !reseller.includes(endpoint))
    const lookUp = control.lookUp
    const bucket = new S3Client({ region, credentials, endpoint: `http://127.0.0.1:${ports.queues}`, forcePathStyle: true })
    const accessLog = startAccessLog(bucket)
    toStop.push(async () => {
      await accessLog.stop()
      bucket.destroy()
    })
    const published = { '/api/openapi.json': JSON.stringify(publishedOpenApi()) }
    const site = await openDoor({
      door: 'site',
      port: ports.site,
      lookUp,
      note: accessLog.note,
      apis: [
        {
          prefix: '/api/reseller/',
          handle: restApi({ endpoints: reseller, authorizer: 'reseller.authorize-key', metered: control.metered, functions }),
        },
        { prefix: '/api/admin/', handle: httpApi({ endpoints: [], raw: [], pool: pools.staff, identityUrl, functions }) },
        { prefix: '/', handle: httpApi({ endpoints: customer, raw: rawEndpoints, pool: pools.customers, identityUrl, functions }) },
      ],
      files: files(sites.site),
      published,
      uploads: uploadsOrigin(ports),
    })
    toStop.push(() => close(site))
    const console = await openDoor({
      door: 'console',
      port: ports.console,
      lookUp,
      note: accessLog.note,
      apis: [{ prefix: '/api/admin/', handle: httpApi({ endpoints: admin, raw: [], pool: pools.staff, identityUrl, functions }) }],
      files: files(sites.console),
      published: {},
      uploads: uploadsOrigin(ports),
    })
    toStop.push(() => close(console))
    return {
      ports,
      functions,
      pids: { database: database.pid, emulators: emulators.pid },
      broken: Promise.race([
        database.exited.then(() => 'The local database has ended.'),
        emulators.exited.then(() => 'The emulators have ended.'),
      ]),
      stopWorkers: () => stopping.abort(),
      stop,
    }
  } catch (error) {
    await stop()
    throw error
  }
}
