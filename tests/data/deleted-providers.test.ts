import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { parity } from '../../core/catalogue/exchange.ts'
import { attempt, providerId, providerOrderId, staffId } from '../../core/ids.ts'
import { later } from '../../core/time.ts'
import { buryProviders, quietSeconds, readFormerProviders } from '../../data/bury-providers.ts'
import { closeProviders } from '../../data/close-providers.ts'
import { openAtProvider } from '../../data/orders/open-at-provider.ts'
import { settleOrders } from '../../data/orders/settle-orders.ts'
import { submitOrders } from '../../data/orders/submit-orders.ts'
import { sweepOrders } from '../../data/orders/sweep-orders.ts'
import { addProviders, readProviders } from '../../data/providers.ts'
import { newTaskId, runTasks } from '../../data/tasks.ts'
import { aService } from '../fixtures/service.ts'
import { newCustomer, now, place, sell } from './people.ts'
import { onEachTable } from './tables.ts'

const by = staffId('staff')
const audit = { by, action: 'admin.delete-provider', on: 'a provider' }

async function aProvider() {
  const id = providerId(randomUUID())
  const key = { cipherText: 'sealed', nonce: '', dataKey: '' }
  await addProviders.open().add(
    {
      providerId: id,
      name: 'Old',
      url: 'https://old.social/',
      key,
      status: 'active',
      exchange: parity,
      atOnce: 10,
      createdAt: now,
    },
    audit,
  )
  return id
}
async function closed(id: Awaited<ReturnType<typeof aProvider>>): Promise<void> {
  const task = { taskId: newTaskId(now), providerId: id, kind: 'close' as const, by }
  await closeProviders.open().close(task, audit, now)
  const run = await runTasks.open().claim(id, task.taskId, attempt('closing'), now)
  if (run) await runTasks.open().finish(run, now, {})
}
const buried = async (id: Awaited<ReturnType<typeof aProvider>>, at: Date): Promise<boolean> => {
  const provider = await readProviders.open().find(id)
  if (provider) await buryProviders.open().bury(provider, at)
  return (await readProviders.open().find(id)) === undefined
}

onEachTable(() => {
  test('an order is open at its provider from the moment it is accepted until it is over, wherever it stands', async () => {
    const provider = await aProvider()
    const { any } = openAtProvider.open()
    expect(await any(provider, now)).toBe(false)
    const customer = await newCustomer(10_000_000n)
    const { serviceId } = await sell({ source: { ...aService().source, providerId: provider } })
    const order = await place(customer, serviceId)
    expect(await any(provider, later(now, 1))).toBe(true)
    expect(await any(providerId('another'), later(now, 1))).toBe(false)
    // Long after, the sweeper has it on a list.
    await sweepOrders.open().watch(order)
    expect(await any(provider, later(now, 86_400))).toBe(true)
    const { claim, park, sent } = submitOrders.open()
    const claimed = await claim(customer, order.orderId, attempt('one'), now)
    if (!claimed) throw new Error('the order could not be claimed')
    await park(claimed, 'out-of-funds', now, undefined)
    expect(await any(provider, later(now, 86_400))).toBe(true)
    await sweepOrders.open().resume({ ...claimed, state: 'parked' }, now)
    const again = await claim(customer, order.orderId, attempt('two'), now)
    if (!again) throw new Error('the order could not be claimed again')
    await sent(again, providerOrderId('there'), now)
    expect(await any(provider, later(now, 86_400))).toBe(true)
    await settleOrders.open().hear(customer, order.orderId, { status: 'completed', startCount: 0, remains: 0 }, now)
    expect(await any(provider, later(now, 86_400))).toBe(false)
  })

  test('orders placed at the very moment of deletion still reach their provider: it ends only after the last of them', async () => {
    const provider = await aProvider()
    const customer = await newCustomer(50_000_000n)
    const { serviceId } = await sell({ source: { ...aService().source, providerId: provider } })
    const [, ...orders] = await Promise.all([closed(provider), ...Array.from({ length: 20 }, () => place(customer, serviceId))])
    expect(orders).toHaveLength(20)
    expect(await buried(provider, later(now, quietSeconds - 1))).toBe(false)
    expect(await buried(provider, later(now, quietSeconds + 1))).toBe(false)
    const { claim, sent } = submitOrders.open()
    for (const order of orders) {
      // Its key is there for as long as anything has to be sent.
      expect((await readProviders.open().get(provider)).key.cipherText).toBe('sealed')
      const claimed = await claim(customer, order.orderId, attempt(`a${order.orderId}`), now)
      if (!claimed) throw new Error('the order could not be claimed')
      await sent(claimed, providerOrderId(`there-${order.orderId}`), now)
      expect(await buried(provider, later(now, 86_400))).toBe(false)
      await settleOrders.open().hear(customer, order.orderId, { status: 'completed', startCount: 0, remains: 0 }, now)
    }
    expect(await buried(provider, later(now, 86_400))).toBe(true)
    expect(await readFormerProviders.open().all()).toContainEqual(expect.objectContaining({ providerId: provider, name: 'Old' }))
  })

  test('it does not end while its services are still being taken out of sale, nor one that nobody deleted', async () => {
    const provider = await aProvider()
    expect(await buried(provider, later(now, 86_400))).toBe(false)
    const task = { taskId: newTaskId(now), providerId: provider, kind: 'close' as const, by }
    await closeProviders.open().close(task, audit, now)
    expect(await buried(provider, later(now, 86_400))).toBe(false)
  })
})
