import { marshall } from '@aws-sdk/util-dynamodb'
import type { Context } from 'aws-lambda'
import { expect, test } from 'vitest'
import type { ChangeKind } from '../../core/catalogue/changes.ts'
import type { Service } from '../../core/catalogue/service.ts'
import { serviceId } from '../../core/ids.ts'
import { rate } from '../../core/money.ts'
import { unknownAttributes } from '../../core/privacy/inventory.ts'
import { readFeed } from '../../data/feed.ts'
import { serviceAsItem } from '../../data/services.ts'
import { workStream } from '../../functions/kit/work.ts'
import { relay } from '../../functions/workers/relay.ts'
import { aService } from '../fixtures/service.ts'
import { all, now } from './people.ts'
import { onEachTable } from './tables.ts'

process.env['POWERTOOLS_LOG_LEVEL'] = 'SILENT'

/** The relay itself, with no queues behind it. */
const silent = { allow: [], open: () => ({ send: async () => undefined }) }
const hear = workStream({ ...relay, uses: { ...relay.uses, submit: silent, imports: silent, publish: silent, keys: silent } })
const tell = (Records: readonly object[]) => hear({ Records }, {} as Context)

let sequence = 0
/** A record as the stream carries it: some of them within one second. */
function record(was: Service | undefined, is: Service | undefined): object {
  const of = (service: Service) =>
    marshall(serviceAsItem(service), { removeUndefinedValues: true, convertClassInstanceToMap: true })
  const either = is ?? was
  if (!either) throw new Error('nothing changed')
  const { pk, sk } = serviceAsItem(either)
  sequence++
  return {
    eventName: was ? (is ? 'MODIFY' : 'REMOVE') : 'INSERT',
    dynamodb: {
      Keys: marshall({ pk, sk }),
      ...(is ? { NewImage: of(is) } : {}),
      ...(was ? { OldImage: of(was) } : {}),
      ApproximateCreationDateTime: now.getTime() / 1000 + Math.floor(sequence / 7),
      SequenceNumber: String(100_000_000_000_000_000_000n + BigInt(sequence)),
    },
  }
}

let numbers = 0
const named = (over: Partial<Service> = {}): Service => aService({ serviceId: serviceId(++numbers), ...over })
const priced = (service: Service, micros: bigint): Service => ({ ...service, rate: rate(micros) })
const { page } = readFeed.open()

/** Every line of the feed, by its pages. */
async function whole(kind?: ChangeKind, limit = 50) {
  const lines: Awaited<ReturnType<typeof page>>['lines'][number][] = []
  for (let cursor: string | undefined, first = true; first || cursor !== undefined; first = false) {
    const found = await page(kind, cursor, limit, now)
    lines.push(...found.lines)
    cursor = found.cursor
  }
  return lines
}
const linesOf = async ({ serviceId: number }: Service) => (await whole()).filter((line) => line.serviceId === number)

onEachTable(() => {
  test('what became of a service is told in order, newest first, with the price before and after', async () => {
    const service = named()
    const [dearer, gone] = [priced(service, 1_200_000n), { ...priced(service, 1_200_000n), enabled: false }]
    const cheaper = priced(service, 900_000n)
    await tell([record(undefined, service), record(service, dearer)])
    await tell([record(dearer, gone), record(gone, cheaper), record(cheaper, priced(cheaper, 800_000n))])
    expect((await linesOf(service)).map(({ kind, before, after }) => [kind, before, after])).toEqual([
      ['price-down', 900_000n, 800_000n],
      ['back', undefined, 900_000n],
      ['gone', 1_200_000n, undefined],
      ['price-up', 1_000_000n, 1_200_000n],
      ['new', undefined, 1_000_000n],
    ])
  })

  test('records that come again, whole or in part, at once or later, are told once', async () => {
    const services = Array.from({ length: 40 }, () => named())
    const records = services.flatMap((service) => [record(undefined, service), record(service, priced(service, 1_500_000n))])
    const before = (await whole()).length
    await Promise.all([
      tell(records),
      tell(records),
      tell(records.slice(0, 40)),
      tell(records.slice(40)),
      tell(records.slice(10, 60)),
    ])
    await tell(records)
    expect((await whole()).length - before).toBe(80)
    for (const service of services) expect((await linesOf(service)).map(({ kind }) => kind)).toEqual(['price-up', 'new'])
  })

  test('a batch that fails in between is told whole when it comes again', async () => {
    const service = named()
    const records = [record(undefined, service), record(service, priced(service, 2_000_000n))]
    const breaks = { allow: [], open: () => ({ send: () => Promise.reject(new Error('the queue is away')) }) }
    const broken = workStream({ ...relay, uses: { ...relay.uses, submit: silent, imports: silent, keys: silent, publish: breaks } })
    await expect(broken({ Records: records }, {} as Context)).rejects.toThrow('its cause is in the line before')
    await tell(records)
    expect((await linesOf(service)).map(({ kind }) => kind)).toEqual(['price-up', 'new'])
  })

  test('an import of thousands is told service by service, in as many batches as the stream makes of it', async () => {
    const services = Array.from({ length: 2_000 }, () => named())
    const before = (await whole('new', 500)).length
    for (let from = 0; from < services.length; from += 100)
      await tell(services.slice(from, from + 100).map((service) => record(undefined, service)))
    const told = (await whole('new', 500)).slice(0, -before || undefined)
    expect(told.map((line) => line.serviceId)).toEqual(services.map((service) => service.serviceId).toReversed())
  }, 60_000)

  test('a page of one kind holds that kind alone, however many others there are, and pages neither repeat nor leave out', async () => {
    const services = Array.from({ length: 60 }, () => named())
    await tell(services.map((service) => record(undefined, service)))
    await tell(services.slice(0, 7).map((service) => record(service, { ...service, enabled: false })))
    const gone = await page('gone', undefined, 5, now)
    expect(gone.lines.map(({ kind }) => kind)).toEqual(Array(5).fill('gone'))
    const everything = await whole(undefined, 50)
    for (const limit of [1_000, 7, 33]) expect(await whole(undefined, limit)).toEqual(everything)
    const marks = everything.map(({ mark }) => mark)
    expect(new Set(marks).size).toBe(marks.length)
    expect(marks).toEqual(marks.toSorted().toReversed())
  }, 60_000)

  test('a cursor that is none is refused', async () => {
    for (const cursor of ['', 'x', Buffer.from('{"before":"FEED"}').toString('base64url'), Buffer.from('[]').toString('base64url')])
      await expect(page(undefined, cursor, 5, now), cursor).rejects.toMatchObject({ code: 'invalid-request' })
  })

  test('what cannot be read as a service was never on sale, and holds nothing up', async () => {
    const service = named()
    const odd = { ...record(undefined, service) } as { dynamodb: Record<string, unknown> }
    odd.dynamodb = { ...odd.dynamodb, OldImage: marshall({ pk: 'CATALOGUE', sk: 'x', name: 'of another time' }) }
    await tell([odd, record(service, priced(service, 3_000_000n))])
    expect((await linesOf(service)).map(({ kind }) => kind)).toEqual(['price-up', 'new'])
  })

  test('a line is public: it carries what the inventory names, nothing of the provider, and it expires', async () => {
    const service = named({ source: { ...aService().source, name: 'at the provider' } })
    await tell([record(undefined, service), record(service, priced(service, 2_000_000n))])
    const items = [...(await all('FEED#new')), ...(await all('FEED#price-up'))]
    expect(items.flatMap(unknownAttributes)).toEqual([])
    expect(JSON.stringify(items, (_, value) => (typeof value === 'bigint' ? String(value) : value))).not.toMatch(
      /provider|cost|source/i,
    )
    for (const { expiresAt } of items) expect(Number(expiresAt)).toBeGreaterThan(now.getTime() / 1000 + 365 * 86_400)
  })
})
