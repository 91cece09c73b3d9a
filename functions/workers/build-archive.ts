import * as z from 'zod/mini'
import { asHtml, asJson, type Section } from '../../core/archive/pages.ts'
import { type CustomerId, customerId } from '../../core/ids.ts'
import type { Opened } from '../../core/need.ts'
import { iso } from '../../core/time.ts'
import { listFiles } from '../../data/files.ts'
import { finishArchives, readArchives } from '../../data/privacy/archives.ts'
import { readEverything } from '../../data/privacy/read-everything.ts'
import { settings } from '../../data/settings.ts'
import { writeArchives } from '../../outside/archives/write-archives.ts'
import { findObjects } from '../../outside/files/read-files.ts'
import { readIdentities } from '../../outside/identity/erase.ts'
import { mailQueue } from '../../outside/queues/send.ts'
import { workQueue } from '../kit/work.ts'
import { queueWorker } from '../kit/worker.ts'
import { type ToPack, zipped } from '../kit/zipped.ts'

const message = z.object({ customerId: z.pipe(z.string(), z.transform(customerId)), at: z.string() })

const needs = {
  archives: readArchives,
  finished: finishArchives,
  everything: readEverything,
  identities: readIdentities,
  listed: listFiles,
  files: findObjects,
  bucket: writeArchives,
  mail: mailQueue,
  settings,
}
type Uses = Opened<typeof needs>

export const buildArchive = queueWorker({
  name: 'workers.build-archive',
  summary: 'Builds the archive of everything held about a customer who asked for it, as JSON, as a page, and with the files',
  on: { kind: 'queue', queue: 'archives', batchSize: 1, atOnce: 2 },
  failing: { hurts: 'customers do not get the archive of their data that they asked for', runbook: 'archives-not-built' },
  // What a function may take at most: the table gives a hundred thousand orders in about a minute.
  timeoutSeconds: 900,
  read: (raw) => message.parse(raw),
  uses: needs,

  async run({ message, uses, now, clock }) {
    const archive = await uses.archives.get(message.customerId, new Date(message.at), now)
    if (archive?.state !== 'waiting') return
    const bytes = await uses.bucket.write(message.customerId, archive.at, zipped(packed(message.customerId, uses, now)))
    // Told before it is ready would be a lie, told twice does no harm: whoever was faster tells.
    if (await uses.finished.ready(archive, bytes, clock()))
      await uses.mail.send([{ template: 'archive-ready', to: message.customerId }])
  },
})

/** Everything is read once for each form of it: no more than a page of it is ever in hand. */
async function* packed(customer: CustomerId, uses: Uses, now: Date): AsyncGenerator<ToPack> {
  const about = { panel: uses.settings.panelName, madeAt: iso(now) }
  yield { name: 'archive.json', content: asJson(about, sections(customer, uses, now)) }
  yield { name: 'archive.html', content: asHtml(about, sections(customer, uses, now)) }
  for (const { fileId, state, purpose, keptFor, type, digest } of await uses.listed.of(customer)) {
    // What staff are about to answer with is not said yet.
    if (state !== 'ready' || digest === undefined || (purpose === 'reply' && keptFor === undefined)) continue
    const bytes = await uses.files.find(customer, { fileId, digest })
    // One that is gone keeps nobody from the rest.
    if (bytes) yield { name: `files/${fileId}.${type === 'text/plain' ? 'txt' : type.split('/')[1]}`, content: one(bytes) }
    else yield { name: `files/${fileId} is missing.txt`, content: one('This file was on record and is not in store any more.\n') }
  }
}

async function* sections(customer: CustomerId, uses: Uses, now: Date): AsyncGenerator<Section> {
  yield { kind: 'IDENTITY', rows: one(await uses.identities.read(customer)) }
  yield* uses.everything.of(customer, now)
}

async function* one<T>(value: T): AsyncGenerator<T> {
  yield value
}

export const handler = workQueue(buildArchive)
