import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { parity } from '../../core/catalogue/exchange.ts'
import { attempt, categoryId, type ProviderId, providerId, providerServiceId, type ServiceId, staffId } from '../../core/ids.ts'
import { rate } from '../../core/money.ts'
import type { OfferedService } from '../../core/protocol/provider-services.ts'
import type { Offer } from '../../core/providers/offer.ts'
import { runPasses } from '../../data/passes.ts'
import { addProviders, readProviders, setSyncRules } from '../../data/providers.ts'
import { getServices } from '../../data/services.ts'
import { beginSyncs, readSyncs, settleSyncs } from '../../data/syncs.ts'
import { beginTasks, newTaskId, readTasks, runTasks } from '../../data/tasks.ts'
import { runProviderTasks } from '../../functions/workers/run-tasks.ts'
import { goOver, importing } from '../../functions/workers/run-tasks-pass.ts'
import { now } from './people.ts'
import { onEachTable } from './tables.ts'

const by = staffId('staff')
const audit = { by, action: 'admin.test', on: 'a provider' }
const later = (seconds: number): Date => new Date(now.getTime() + seconds * 1_000)
const day = 86_400

type Row = Readonly<Record<string, unknown>>
const row = (id: number, more: Row = {}): Row => ({
  service: id,
  name: `Service ${id}`,
  type: 'Default',
  category: 'Photo',
  rate: '1.00',
  min: '10',
  max: '1000',
  ...more,
})
const rows = (size: number, more: (id: number) => Row = () => ({})): Row[] =>
  Array.from({ length: size }, (_, index) => row(index + 1, more(index + 1)))

/** A provider with so many services taken over at twice their cost. */
async function newProvider(size: number): Promise<ProviderId> {
  const id = providerId(randomUUID())
  const key = { cipherText: '', nonce: '', dataKey: '' }
  const url = 'https://provider.social/'
  await addProviders
    .open()
    .add({ providerId: id, name: 'Other', url, key, status: 'active', exchange: parity, atOnce: 10, createdAt: now }, audit)
  const task = { taskId: newTaskId(now), providerId: id, kind: 'import' as const, by }
  await beginTasks.open().begin(task, audit, now)
  const run = await runTasks.open().claim(id, task.taskId, attempt('first'), now)
  if (!run) throw new Error('the import could not be begun')
  const offered = Array.from({ length: size }, (_, index): OfferedService => {
    const name = `Service ${index + 1}`
    const type = 'Default' as const
    const money = { rate: rate(1_000_000n), min: 10, max: 1_000 }
    const more = { refill: false, cancel: false, dripFeed: false, description: '' }
    return { providerServiceId: providerServiceId(String(index + 1)), name, type, category: 'Photo', ...money, ...more }
  })
  const steps = offered.map((row) => ({ kind: 'offered' as const, row }))
  const terms = { exchange: parity, markUp: { basisPoints: 10_000, fixed: rate(0n), step: 1n } }
  const pass = importing(id, steps, terms, new Map([['Photo', categoryId('photo')]]), { origin: 'advertising' }, now)
  expect(await goOver(run, pass, { passes: runPasses.open() }, () => now)).toBe(true)
  await runTasks.open().finish(run, now, {})
  return id
}

/** The worker on the real table, with a provider that answers so, and a machine that fails after so many writes. */
function worker(answer: Row[] | 'html' | 'silent', at: Date, writes = Infinity) {
  const uses = Object.fromEntries(Object.entries(runProviderTasks.uses).map(([name, need]) => [name, need.open()]))
  const real = runPasses.open()
  let left = writes
  const asked = { count: 0 }
  const seen = {
    ...uses,
    passes: {
      ...real,
      write: (...args: Parameters<typeof real.write>) => {
        if (left-- <= 0) throw new Error('the machine failed')
        return real.write(...args)
      },
    },
    vault: { open: async () => 'key' },
    outside: {
      checkUrl: () => undefined,
      call: async () => {
        asked.count++
        if (answer === 'silent') return { kind: 'no-answer' as const, why: 'nobody there' }
        return { kind: 'answer' as const, status: 200, body: answer === 'html' ? '<html></html>' : JSON.stringify(answer) }
      },
    },
    readOffers: { read: async (provider: ProviderId, use: string) => offers.get(`${provider} ${use}`) },
    writeOffers: { write: async (provider: ProviderId, use: string, offer: Offer) => void offers.set(`${provider} ${use}`, offer) },
  } as unknown as Parameters<typeof runProviderTasks.run>[0]['uses']
  const run = (message: Parameters<typeof runProviderTasks.run>[0]['message']) =>
    runProviderTasks.run({ message, uses: seen, now: at, clock: () => at })
  return { run, asked }
}
const offers = new Map<string, Offer>()

/** What its turn brings: the clock begins it, the relay hands it on, the worker does it. */
async function turn(provider: ProviderId, answer: Row[] | 'html' | 'silent', at: Date, writes?: number) {
  const { run, asked } = worker(answer, at, writes)
  await run({ providerId: provider, wanted: 'sync' })
  const task = await readTasks.open().underWay(provider)
  if (task) await run({ providerId: provider, wanted: task })
  return { task, asked: asked.count }
}

async function servicesOf(provider: ProviderId) {
  const known = await runPasses.open().known(provider)
  const services = await getServices([...known.values()] as ServiceId[])
  return new Map(services.map((service) => [Number(service.source.providerServiceId), service]))
}
const last = async (provider: ProviderId) => (await readTasks.open().latest(provider, 1, later(0)))[0]
const heldOf = async (provider: ProviderId) => (await readSyncs.open().get(provider)).held

onEachTable(() => {
  describe('a sync by the clock', () => {
    test('comes once when it is due, brings what we have up to date and adds nothing', async () => {
      const provider = await newProvider(60)
      expect(await turn(provider, rows(60), later(day - 60))).toMatchObject({ task: undefined, asked: 0 })
      const dearer = rows(65, (id) => (id <= 30 ? { rate: '1.10' } : {}))
      const due = later(1.2 * day)
      expect(await turn(provider, dearer, due)).toMatchObject({ asked: 1 })
      expect(await last(provider)).toMatchObject({
        kind: 'sync',
        state: 'done',
        found: { services: 65, fresh: 5 },
        progress: { added: 0, changed: 30, at: 60 },
      })
      const services = await servicesOf(provider)
      expect(services.size).toBe(60)
      expect([services.get(1)?.rate, services.get(60)?.rate]).toEqual([2_200_000n, 2_000_000n])
      // What did not change was not written.
      expect([services.get(1)?.revision, services.get(60)?.revision]).toEqual([1, 0])
      expect(await turn(provider, rows(60), due)).toMatchObject({ task: undefined, asked: 0 })
    })

    test('begun by twenty at once is one', async () => {
      const provider = await newProvider(1)
      const { run } = worker(rows(1), later(2 * day))
      await Promise.all(Array.from({ length: 20 }, () => run({ providerId: provider, wanted: 'sync' })))
      const tasks = await readTasks.open().latest(provider, 50, later(0))
      expect(tasks.filter(({ kind }) => kind === 'sync')).toHaveLength(1)
    })

    test('waits while something else has the provider, and does not come where it is off', async () => {
      const provider = await newProvider(1)
      await beginTasks
        .open()
        .begin({ taskId: newTaskId(later(day)), providerId: provider, kind: 'offer', by }, audit, later(2 * day))
      await worker(rows(1), later(2 * day)).run({ providerId: provider, wanted: 'sync' })
      expect((await last(provider))?.kind).toBe('offer')
      expect((await readSyncs.open().get(provider)).begunAt).toBeUndefined()

      const off = await newProvider(1)
      const rules = { everyHours: 0 as const, jump: { up: 50, down: 50 } }
      await setSyncRules.open().set(await readProviders.open().get(off), rules, audit, now)
      expect(await turn(off, rows(1), later(30 * day))).toMatchObject({ task: undefined, asked: 0 })
    })

    test('asks nobody for the prices of nothing', async () => {
      const provider = await newProvider(0)
      expect(await turn(provider, rows(5), later(2 * day))).toMatchObject({ asked: 0 })
      expect(await last(provider)).toMatchObject({ kind: 'sync', state: 'done' })
    })

    test('cut off after any of its writes, goes on there with the answer it had: each service once', async () => {
      for (const writes of [0, 1, 2]) {
        const provider = await newProvider(250)
        const begun = await turn(
          provider,
          rows(250, () => ({ rate: '1.20' })),
          later(2 * day),
          writes,
        ).catch(() => 'failed')
        expect(begun).toBe('failed')
        const task = await readTasks.open().underWay(provider)
        if (!task) throw new Error('nobody has it')
        // The provider says something else by now: what was begun is ended as it was begun.
        const { run, asked } = worker(
          rows(250, () => ({ rate: '1.30' })),
          later(2 * day + 60),
        )
        await run({ providerId: provider, wanted: task })
        expect(asked.count).toBe(0)
        expect(await last(provider)).toMatchObject({ state: 'done', progress: { steps: 250, at: 250, changed: 250, paused: 0 } })
        for (const service of (await servicesOf(provider)).values())
          expect(service).toMatchObject({ rate: 2_400_000n, revision: 1 })
      }
    })
  })

  describe('what vanished', () => {
    test('up to a fifth goes out of sale, is told, and is back when it is back', async () => {
      const provider = await newProvider(10)
      await turn(provider, rows(8), later(2 * day))
      expect(await last(provider)).toMatchObject({ progress: { changed: 2, gone: 2 } })
      const paused = async () => [...(await servicesOf(provider)).values()].flatMap(({ paused }) => paused?.because ?? [])
      expect(await paused()).toEqual(['gone', 'gone'])
      expect(await heldOf(provider)).toBeUndefined()
      // They stay gone: that is not vanishing again.
      await turn(provider, rows(8), later(4 * day))
      expect(await last(provider)).toMatchObject({ progress: { changed: 0, gone: 0 } })
      await turn(provider, rows(10), later(6 * day))
      expect(await paused()).toEqual([])
    })

    test('of more than a fifth nothing does: it goes before staff with names and counts; the rest is kept up with', async () => {
      const provider = await newProvider(10)
      await turn(
        provider,
        rows(7, () => ({ rate: '1.20' })),
        later(2 * day),
      )
      const services = await servicesOf(provider)
      expect([...services.values()].filter(({ paused }) => paused)).toHaveLength(0)
      expect([services.get(1)?.rate, services.get(10)?.rate]).toEqual([2_400_000n, 2_000_000n])
      expect(await heldOf(provider)).toMatchObject({
        because: 'vanished',
        vanished: 3,
        known: 10,
        offered: 7,
        names: ['Service 8', 'Service 9', 'Service 10'],
      })
      // The next answer that is whole takes the question back.
      await turn(provider, rows(10), later(4 * day))
      expect(await heldOf(provider)).toBeUndefined()
    })

    test.each([
      ['an empty list', [] as Row[], 'empty', 'works'],
      ['a page of a website', 'html' as const, 'no-answer', 'not-the-protocol'],
      ['silence', 'silent' as const, 'no-answer', 'unreachable'],
    ])('after %s nothing changes, and staff hear of it', async (_, answer, because, finding) => {
      const provider = await newProvider(3)
      await turn(provider, answer, later(2 * day))
      for (const { revision } of (await servicesOf(provider)).values()) expect(revision).toBe(0)
      expect(await heldOf(provider)).toMatchObject({ because, finding, known: 3 })
    })

    test('is taken out of sale by staff’s word, no more of it than they saw', async () => {
      const provider = await newProvider(10)
      await turn(provider, rows(6), later(2 * day))
      const seen = await heldOf(provider)
      if (!seen) throw new Error('nothing is held')
      const take = async (at: Date, answer: Row[]) => {
        const task = { taskId: newTaskId(at), providerId: provider, kind: 'sync' as const, by }
        const held = await heldOf(provider)
        if (!held) throw new Error('nothing is held')
        await settleSyncs.open().take(task, held, audit, at)
        await worker(answer, at).run({ providerId: provider, wanted: task.taskId })
      }
      await take(later(2 * day + 60), rows(5))
      expect(await heldOf(provider)).toMatchObject({ vanished: 5 })
      expect([...(await servicesOf(provider)).values()].filter(({ paused }) => paused)).toHaveLength(0)
      await take(later(2 * day + 120), rows(5))
      expect(await heldOf(provider)).toBeUndefined()
      expect([...(await servicesOf(provider)).values()].filter(({ paused }) => paused)).toHaveLength(5)
    })

    test('is decided once: whoever comes second, or looks at an older answer, is refused', async () => {
      const provider = await newProvider(3)
      await turn(provider, [], later(2 * day))
      const seen = await heldOf(provider)
      if (!seen) throw new Error('nothing is held')
      const { ignore, take } = settleSyncs.open()
      const came = await Promise.allSettled([1, 2, 3].map(() => ignore(provider, seen, audit, later(2 * day + 60))))
      expect(came.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
      const task = { taskId: newTaskId(now), providerId: provider, kind: 'sync' as const, by }
      await expect(take(task, seen, audit, later(2 * day + 60))).rejects.toMatchObject({ code: 'sync-settled' })
      expect(await readTasks.open().underWay(provider)).toBeUndefined()
    })
  })

  test('a sync by staff’s word has its turn for that day done', async () => {
    const provider = await newProvider(1)
    const at = later(2 * day)
    const task = { taskId: newTaskId(at), providerId: provider, kind: 'sync' as const, by }
    await beginSyncs.open().begin(task, audit, at)
    await worker(rows(1), at).run({ providerId: provider, wanted: task.taskId })
    expect(await turn(provider, rows(1), at)).toMatchObject({ task: undefined, asked: 0 })
  })
})
