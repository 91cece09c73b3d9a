import { randomUUID } from 'node:crypto'
import { TransactionCanceledException } from '@aws-sdk/client-dynamodb'
import { TransactWriteCommand } from '@aws-sdk/lib-dynamodb'
import { expect, test } from 'vitest'
import { parity } from '../../core/catalogue/exchange.ts'
import { attempt, categoryId, type ProviderId, providerId, providerServiceId, type ServiceId, staffId } from '../../core/ids.ts'
import { rate } from '../../core/money.ts'
import type { OfferedService } from '../../core/protocol/provider-services.ts'
import { stepsOf } from '../../core/providers/offer.ts'
import { runPasses } from '../../data/passes.ts'
import { usePatience } from '../../data/patience.ts'
import { addProviders, readProviders } from '../../data/providers.ts'
import { getServices } from '../../data/services.ts'
import { useTable } from '../../data/table.ts'
import { beginTasks, newTaskId, readTasks, runTasks, watchTasks } from '../../data/tasks.ts'
import { goOver, importing } from '../../functions/workers/run-tasks-pass.ts'
import { now } from './people.ts'
import { inMemory, onEachTable } from './tables.ts'

const by = staffId('staff')
const audit = { by, action: 'admin.test', on: 'a provider' }
const later = (seconds: number): Date => new Date(now.getTime() + seconds * 1_000)

const offer = (size: number): OfferedService[] =>
  Array.from({ length: size }, (_, index) => ({
    providerServiceId: providerServiceId(String(index)),
    name: `Service ${index}`,
    type: 'Default',
    category: 'Photo',
    rate: rate(1_000_000n),
    min: 10,
    max: 1_000,
    refill: false,
    cancel: false,
    dripFeed: false,
    description: '',
  }))

async function newProvider(): Promise<ProviderId> {
  const id = providerId(randomUUID())
  const key = { cipherText: '', nonce: '', dataKey: '' }
  const url = 'https://provider.social/'
  await addProviders
    .open()
    .add({ providerId: id, name: 'Other', url, key, status: 'active', exchange: parity, atOnce: 10, createdAt: now }, audit)
  return id
}

async function begun(provider: ProviderId, at = now) {
  const task = { taskId: newTaskId(at), providerId: provider, kind: 'import' as const, by }
  await beginTasks.open().begin(task, audit, at)
  return task
}

/** Works on a task until its machine fails after so many writes; true when it came to the end. */
async function work(task: Awaited<ReturnType<typeof begun>>, rows: readonly OfferedService[], at: Date, writes = Infinity) {
  const run = await runTasks.open().claim(task.providerId, task.taskId, attempt(randomUUID()), at)
  if (!run) return 'not mine' as const
  const real = runPasses.open()
  let left = writes
  const passes = {
    ...real,
    write: (...args: Parameters<typeof real.write>) => {
      if (left-- <= 0) throw new Error('the machine failed')
      return real.write(...args)
    },
  }
  const steps = stepsOf(
    { taskId: task.taskId, at, rows, broken: [] },
    { choice: { of: 'everything' }, types: new Map(), pauseGone: true },
    await real.known(task.providerId),
  )
  const terms = { exchange: parity, markUp: { basisPoints: 2_500, fixed: rate(0n), step: 1n } }
  const categories = new Map([['Photo', categoryId('photo')]])
  const pass = importing(task.providerId, steps, terms, categories, { origin: 'advertising' }, now)
  try {
    if (!(await goOver(run, pass, { passes }, () => at))) return 'lost' as const
  } catch {
    return 'failed' as const
  }
  await runTasks.open().finish(run, at, {})
  return 'done' as const
}

const servicesOf = async (provider: ProviderId): Promise<string[]> => {
  const known = await runPasses.open().known(provider)
  const services = await getServices([...known.values()])
  expect(services).toHaveLength(known.size)
  return services.map(({ source }) => source.providerServiceId)
}

onEachTable(() => {
  test('a pass that fails after any of its writes goes on there: each service once, each counted once', async () => {
    const rows = offer(200)
    for (const failsAfter of [0, 1, 3]) {
      const provider = await newProvider()
      const task = await begun(provider)
      expect(await work(task, rows, now, failsAfter)).toBe('failed')
      // Whoever comes too early finds it in other hands, as far as anybody can know.
      expect(await work(task, rows, later(10))).toBe('not mine')
      expect(await watchTasks.open().left(later(60))).toContainEqual({ providerId: provider, taskId: task.taskId })
      expect(await work(task, rows, later(60))).toBe('done')
      const ids = await servicesOf(provider)
      expect(new Set(ids).size).toBe(200)
      expect(ids).toHaveLength(200)
      expect(await readTasks.open().get(provider, task.taskId, now)).toMatchObject({
        state: 'done',
        progress: { steps: 200, at: 200, added: 200, changed: 0 },
      })
    }
  })

  test('a runner that was thought dead and is not writes nothing more once another has the task', async () => {
    const provider = await newProvider()
    const task = await begun(provider)
    const slow = await runTasks.open().claim(provider, task.taskId, attempt('slow'), now)
    if (!slow) throw new Error('it could not be claimed')
    expect(await work(task, offer(100), later(60))).toBe('done')
    const terms = { exchange: parity, markUp: { basisPoints: 0, fixed: rate(0n), step: 1n } }
    const steps = offer(100).map((row) => ({ kind: 'offered' as const, row }))
    const pass = importing(provider, steps, terms, new Map([['Photo', categoryId('x')]]), { origin: 'unattested' }, now)
    expect(await goOver(slow, pass, { passes: runPasses.open() }, () => later(61))).toBe(false)
    const known = await runPasses.open().known(provider)
    const [first] = await getServices([known.get(providerServiceId('0')) as ServiceId])
    expect(first).toMatchObject({ rate: 1_250_000n, origin: 'advertising' })
  })

  test('twenty who begin at once are one, and the next may when that is done', async () => {
    const provider = await newProvider()
    const tasks = await Promise.allSettled(Array.from({ length: 20 }, () => begun(provider)))
    const fine = tasks.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
    expect(fine).toHaveLength(1)
    for (const one of tasks) if (one.status === 'rejected') expect(one.reason).toMatchObject({ code: 'provider-busy' })
    expect(await work(fine[0]!, offer(1), now)).toBe('done')
    await begun(provider, later(5))
  })

  test('a task that is begun again and again and gets nowhere is given up', async () => {
    const provider = await newProvider()
    const task = await begun(provider)
    for (let turn = 0; turn < 5; turn++) expect(await work(task, offer(100), later(turn * 60), 0)).toBe('failed')
    expect(await work(task, offer(100), later(600))).toBe('not mine')
    expect(await readTasks.open().get(provider, task.taskId, now)).toMatchObject({ state: 'failed', failure: 'gave-up' })
    expect(await readTasks.open().underWay(provider)).toBeUndefined()
  })

  test('a service that staff change while it is written is read again, and theirs stays', async () => {
    const provider = await newProvider()
    expect(await work(await begun(provider), offer(3), now)).toBe('done')
    const dearer = offer(3).map((row) => ({ ...row, rate: rate(1_100_000n) }))
    const passes = runPasses.open()
    const task = await begun(provider, later(5))
    const run = await runTasks.open().claim(provider, task.taskId, attempt('one'), later(5))
    if (!run) throw new Error('it could not be claimed')
    let meddled = false
    const meddling = {
      ...passes,
      write: async (...args: Parameters<typeof passes.write>) => {
        const [, step] = args
        const [change] = step.changes
        if (!meddled && change?.kind === 'replace') {
          meddled = true
          const { write } = await import('./people.ts')
          const { serviceAsItem } = await import('../../data/services.ts')
          await write(serviceAsItem({ ...change.seen, name: 'By hand', byHand: ['rate'], revision: change.seen.revision + 1 }))
        }
        return passes.write(...args)
      },
    }
    const terms = { exchange: parity, markUp: { basisPoints: 2_500, fixed: rate(0n), step: 1n } }
    const steps = dearer.map((row) => ({ kind: 'offered' as const, row }))
    const pass = importing(provider, steps, terms, new Map(), { origin: 'advertising' }, now)
    expect(await goOver(run, pass, { passes: meddling }, () => later(6))).toBe(true)
    const known = await passes.known(provider)
    const services = await getServices([...known.values()])
    expect(services.map(({ name, rate }) => [name, rate])).toEqual([
      ['By hand', 1_250_000n],
      ['Service 1', 1_375_000n],
      ['Service 2', 1_375_000n],
    ])
  })

  test('a provider that is being deleted is neither let go on, moved nor paused by a worker', async () => {
    const { closeProviders } = await import('../../data/close-providers.ts')
    const { editProviders, pauseProviders, setProviderStatus } = await import('../../data/providers.ts')
    const provider = await newProvider()
    const seen = await readProviders.open().get(provider)
    await closeProviders.open().close({ taskId: newTaskId(now), providerId: provider, kind: 'close', by }, audit, now)
    const refused = { code: 'provider-changed' }
    await expect(setProviderStatus.open().setStatus(provider, 'active', audit, now)).rejects.toMatchObject(refused)
    await expect(editProviders.open().edit(seen, { name: 'X', url: seen.url }, audit, now)).rejects.toMatchObject(refused)
    await expect(editProviders.open().replaceKey(provider, seen.key, audit, now)).rejects.toMatchObject(refused)
    await pauseProviders.open().pause(provider)
    expect(await readProviders.open().get(provider)).toMatchObject({ status: 'closing', closingSince: now })
  })

  test('of two who move a provider, only one does: the key of one is not sent to the host of the other', async () => {
    const { editProviders } = await import('../../data/providers.ts')
    const seen = await readProviders.open().get(await newProvider())
    const key = { cipherText: 'new', nonce: 'new', dataKey: 'new' }
    const { edit } = editProviders.open()
    const came = await Promise.allSettled([
      edit(seen, { name: 'A', url: 'https://a.social/', key }, audit, now),
      edit(seen, { name: 'B', url: 'https://b.social/' }, audit, now),
    ])
    expect(came.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  })
})

test('a table that takes no more at the moment is asked again, and what was turned away is written once', async () => {
  const table = inMemory()
  let turnedAway = 0
  const busy = {
    ...table,
    db: {
      send: async (command: unknown) => {
        if (command instanceof TransactWriteCommand && (command.input.TransactItems?.length ?? 0) > 20 && turnedAway < 3) {
          turnedAway++
          throw new TransactionCanceledException({
            message: '',
            $metadata: {},
            CancellationReasons: [{ Code: 'None' }, { Code: 'ThrottlingError' }],
          })
        }
        return table.db.send(command as never)
      },
    } as unknown as typeof table.db,
  }
  useTable(busy)
  usePatience({ pause: async () => undefined, random: Math.random })
  try {
    const provider = await newProvider()
    expect(await work(await begun(provider), offer(60), now)).toBe('done')
    expect(turnedAway).toBe(3)
    expect(await servicesOf(provider)).toHaveLength(60)
  } finally {
    useTable(undefined)
    usePatience(undefined)
  }
})
