import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2'
import type { Context } from 'aws-lambda'
import mailbox from 'aws-ses-v2-local'
import { startFauxqs } from 'fauxqs'
import { queues } from '../../core/need.ts'
import { handler as narrowTokens } from '../../functions/identity/narrow-tokens.ts'
import { workers } from '../../functions/index.ts'
import { openSigningKey } from '../identity/keys.ts'
import { startIdentity } from '../identity/server.ts'
import { openUsers } from '../identity/users.ts'
import { filesBucket, logFilesBucket, region, snapshotsBucket } from '../names.ts'
import type { Ports } from '../ports.ts'
import { startProvider } from '../provider/server.ts'
import { startRates } from '../rates/server.ts'
import { openVault } from '../vault.ts'
import { conditionalWrites } from './conditional-writes.ts'
import { holdToPolicies } from './post-policy.ts'
import { tellOfFiles } from './tell-of-files.ts'

/** What the panel finds outside itself, in a process of its own: queues, buckets, mail, identities, a provider, and a bank's rates. */
const [portsText = '', folder] = process.argv.slice(2)
const ports: Ports = JSON.parse(portsText)
const at = (name: string): string | undefined => (folder === undefined ? undefined : join(folder, name))

// Whoever started this is gone: so is this.
process.on('disconnect', () => process.exit(0))
process.on('SIGINT', () => undefined)
process.on('SIGTERM', () => undefined)

if (folder !== undefined) {
  mkdirSync(join(folder, 'queues'), { recursive: true })
  lightFlushing()
}
conditionalWrites(ports.queues)
tellOfFiles(ports, { bucket: logFilesBucket, queue: 'access-log' })
holdToPolicies({
  port: ports.queues,
  bucket: filesBucket,
  region,
  accessKey: 'local',
  secret: 'local',
  arrived: (key) => queueServer.sendMessage('files', JSON.stringify({ key })),
})
const queueServer = await startFauxqs({
  port: ports.queues,
  logger: false,
  host: 'localhost',
  ...(folder === undefined ? {} : { dataDir: join(folder, 'queues') }),
})
for (const name of queues) {
  queueServer.createQueue(`${name}-dead-letters`)
  queueServer.createQueue(name, {
    attributes: { VisibilityTimeout: String(visibilitySeconds(name)), RedrivePolicy: redrive(name) },
  })
}
queueServer.createBucket(snapshotsBucket)
queueServer.createBucket(logFilesBucket)
queueServer.createBucket(filesBucket)

await mailbox.default({ host: '127.0.0.1', port: ports.mailbox })
const ses = new SESv2Client({
  region,
  endpoint: `http://127.0.0.1:${ports.mailbox}`,
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
})

await startIdentity(
  ports.identity,
  {
    users: openUsers(at('identity.jsonl')),
    key: await openSigningKey(at('identity-key.pem')),
    trigger: (event) => narrowTokens(event, {} as Context),
    issuerOf: (pool) => `http://127.0.0.1:${ports.identity}/${pool.id}`,
    async mail(to, subject, text) {
      await ses.send(
        new SendEmailCommand({
          FromEmailAddress: 'no-reply@panel.test',
          Destination: { ToAddresses: [to] },
          Content: { Simple: { Subject: { Data: subject }, Body: { Text: { Data: text } } } },
        }),
      )
    },
  },
  openVault(at('vault.key')),
)
await startProvider(ports, folder)
await startRates(ports.rates)
process.send?.('ready')

/** Long enough for the worker; much longer, and what a killed panel had in hand would come back late. */
function visibilitySeconds(name: (typeof queues)[number]): number {
  const worker = workers.find(({ on }) => on.kind === 'queue' && on.queue === name)
  return (worker?.timeoutSeconds ?? 30) + 5
}

function redrive(name: string): string {
  return JSON.stringify({ deadLetterTargetArn: `arn:aws:sqs:${region}:000000000000:${name}-dead-letters`, maxReceiveCount: 5 })
}

/**
 * The queues flush to disk at every message, which costs more than all else together. What was written survives a
 * killed process without it; only a machine that loses power could lose something.
 */
function lightFlushing(): void {
  const { exec } = DatabaseSync.prototype
  const light = new WeakSet<DatabaseSync>()
  DatabaseSync.prototype.exec = function (this: DatabaseSync, sql: string) {
    exec.call(this, sql)
    if (light.has(this)) return
    light.add(this)
    exec.call(this, 'PRAGMA synchronous = OFF')
  }
}
