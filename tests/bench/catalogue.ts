import { BatchWriteCommand } from '@aws-sdk/lib-dynamodb'
import { parity } from '../../core/catalogue/exchange.ts'
import { takenOver } from '../../core/catalogue/from-provider.ts'
import { providerId, serviceId } from '../../core/ids.ts'
import { rate } from '../../core/money.ts'
import { readServices } from '../../core/protocol/provider-services.ts'
import { categoryFor } from '../../data/categories.ts'
import { rotateEdgeSecrets } from '../../data/edge-secrets.ts'
import { serviceAsItem } from '../../data/services.ts'
import { documentClient, useTable } from '../../data/table.ts'
import { environment } from '../../local/environment.ts'
import { tableName } from '../../local/names.ts'
import { catalogue as sandboxRows } from '../../local/provider/catalogue.ts'
import { countCalls, watchCalls } from './calls.ts'
import { meter } from './capacity/meter.ts'
import { startBenchPanel } from './panel.ts'

/** What a warm call costs that hands on a catalogue of this size. */
export interface CatalogueCost {
  readonly name: string
  /** Calls of anything: the table, the bucket. */
  readonly roundTrips: number
  readonly cpuMilliseconds: number
  readonly kilobytes: number
}

const size = 8_000
const warmCalls = 200
const secret = 'bench-edge-secret'

/** Both ways in which 8,000 services are asked for, and the worker that prepares them, on the table of a quiet panel. */
export async function catalogueCosts(): Promise<CatalogueCost[]> {
  const panel = await startBenchPanel('quiet')
  try {
    // A line for each of a thousand calls would bury the table.
    Object.assign(process.env, environment(panel.ports), { POWERTOOLS_LOG_LEVEL: 'SILENT' })
    watchCalls(panel.ports.database)
    const measured = meter(documentClient(), tableName)
    await fill()
    useTable({ db: measured.db, name: tableName })
    await rotateEdgeSecrets.open().know(secret)

    const handlerOf = async (name: string): Promise<(event: unknown, context: unknown) => Promise<unknown>> => {
      const [folder, file] = name.split('.')
      return (await import(`../../functions/${folder}/${file}.ts`)).handler
    }
    const measure = async (name: string, calls: number, run: () => Promise<unknown>): Promise<CatalogueCost> => {
      measured.read()
      const counted = await countCalls(run)
      const { readCalls, writeCalls } = measured.read()
      const answer = counted.result as { body?: string; isBase64Encoded?: boolean; statusCode?: number } | undefined
      if (answer?.statusCode !== undefined && answer.statusCode !== 200) throw new Error(`${name} answered ${answer.statusCode}`)
      const before = process.cpuUsage()
      // Printed as well: that is how an answer leaves its function.
      for (let call = 0; call < calls; call++) JSON.stringify(await run())
      const { user, system } = process.cpuUsage(before)
      const cpuMilliseconds = (user + system) / 1_000 / calls
      const kilobytes = Buffer.from(answer?.body ?? '', answer?.isBase64Encoded ? 'base64' : 'utf8').length / 1024
      return { name, roundTrips: readCalls + writeCalls + counted.calls, cpuMilliseconds, kilobytes }
    }

    const publish = await handlerOf('workers.publish-catalogue')
    const message = { Records: [{ messageId: 'm', body: JSON.stringify({ because: 'services-changed' }) }] }
    const rows = [await measure('publish the catalogue', 3, () => publish(message, {}))]

    const read = await handlerOf('public.read-catalogue')
    const protocol = await handlerOf('reseller.protocol')
    const form = new URLSearchParams({ key: panel.demo.customer.apiKey, action: 'services' }).toString()
    for (const encoding of ['gzip', 'identity']) {
      const headers = { 'x-panel-edge': secret, 'accept-encoding': encoding, 'content-type': 'application/x-www-form-urlencoded' }
      const event = (method: string) => ({ headers, requestContext: { requestId: 'bench', http: { method } } })
      const ask = () => read(event('GET'), {})
      const askByKey = () => protocol({ ...event('POST'), body: form }, {})
      for (let call = 0; call < 10; call++) await Promise.all([ask(), askByKey()])
      rows.push(await measure(`GET /api/catalogue, ${encoding}`, warmCalls, ask))
      rows.push(await measure(`/api/v2 services, ${encoding}`, warmCalls, askByKey))
    }
    return rows
  } finally {
    useTable(undefined)
    await panel.stop()
  }
}

/** Written past every rule: what is measured is the reading. */
async function fill(): Promise<void> {
  const db = documentClient()
  const reply = { kind: 'answer', status: 200, body: JSON.stringify(sandboxRows(size)) } as const
  const offered = readServices(reply)
  if (offered.kind !== 'ok') throw new Error('the sandbox provider’s catalogue cannot be read')
  const markUp = { basisPoints: 2_500, fixed: rate(0n), step: 1n }
  const terms = { exchange: parity, markUp }
  const items = offered.services.map((one, index) => {
    const as = { serviceId: serviceId(100_000 + index), providerId: providerId('bench'), categoryId: categoryFor(one.category) }
    return serviceAsItem(takenOver({ ...one, type: one.type ?? 'Default' }, as, terms, { origin: 'advertising' }))
  })
  for (let from = 0; from < items.length; from += 25)
    await db.send(
      new BatchWriteCommand({
        RequestItems: { [tableName]: items.slice(from, from + 25).map((Item) => ({ PutRequest: { Item } })) },
      }),
    )
}
