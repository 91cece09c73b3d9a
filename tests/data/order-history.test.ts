import { expect, test } from 'vitest'
import { attempt, providerOrderId } from '../../core/ids.ts'
import { historyOf } from '../../core/orders/history.ts'
import { getOrder } from '../../data/orders/get.ts'
import { settleOrders } from '../../data/orders/settle-orders.ts'
import { submitOrders } from '../../data/orders/submit-orders.ts'
import { sweepOrders } from '../../data/orders/sweep-orders.ts'
import { newCustomer, now, ordersOf, place, sell, write } from './people.ts'
import { onEachTable } from './tables.ts'

const at = (seconds: number): Date => new Date(now.getTime() + seconds * 1_000)

async function anOrder() {
  const customer = await newCustomer(5_000_000n)
  const { serviceId } = await sell()
  const { orderId } = await place(customer, serviceId)
  const read = async () => {
    const order = await getOrder(customer, orderId)
    if (!order) throw new Error('there is no order')
    return order
  }
  const claim = async (seconds: number, name = `at ${seconds}`) => {
    const claimed = await submitOrders.open().claim(customer, orderId, attempt(name), at(seconds))
    if (!claimed) throw new Error('the order could not be claimed')
    return claimed
  }
  const lived = async () =>
    historyOf(await read()).steps.map(({ state, at, reason }) => [
      state,
      (at.getTime() - now.getTime()) / 1_000,
      ...(reason ? [reason] : []),
    ])
  const hear = (status: 'in-progress' | 'completed' | 'partial' | undefined, seconds: number, remains?: number) =>
    settleOrders.open().hear(customer, orderId, { status, remains, ...(status ? {} : { said: 'Odd' }) }, at(seconds))
  return { customer, orderId, read, claim, lived, hear }
}

onEachTable(() => {
  test('every step of an order’s life is in its own item, with when and why', async () => {
    const { read, claim, lived, hear } = await anOrder()
    const { park, release, sent } = submitOrders.open()
    await release(await claim(1), at(2))
    await park(await claim(60), 'out-of-funds', at(61), 'Not enough funds')
    expect((await read()).said).toBe('Not enough funds')
    await sweepOrders.open().resume(await read(), at(700))
    expect((await claim(701)).reason).toBeUndefined()
    expect(await lived()).toHaveLength(6)
    const claimed = { ...(await read()), attempt: attempt('at 701') }
    await sent(claimed, providerOrderId('4711'), at(702))
    await hear('in-progress', 800, 900)
    await hear('in-progress', 900, 500)
    await hear(undefined, 950)
    expect(await read()).toMatchObject({ reason: 'status-unknown', said: 'Odd' })
    await hear('in-progress', 960, 500)
    await hear('completed', 1_000)
    await hear('partial', 90_000, 250)
    expect(historyOf(await read()).skipped).toBe(2)
    expect(await lived()).toEqual([
      ['submitting', 1],
      ['accepted', 2],
      ['accepted', 700],
      ['submitting', 701],
      ['pending', 702],
      ['in-progress', 800],
      ['in-progress', 950, 'status-unknown'],
      ['in-progress', 960],
      ['completed', 1_000],
      ['partial', 90_000],
    ])
    expect((await read()).said).toBeUndefined()
  })

  test('what the provider said is kept while the order hangs on it, and no words of an earlier try stay', async () => {
    const { read, claim } = await anOrder()
    const { park, lose } = submitOrders.open()
    await park(await claim(1), 'link-busy', at(2), 'Active order with this link')
    await sweepOrders.open().resume(await read(), at(700))
    await lose(await claim(701), 'no-answer', at(702), undefined)
    expect(await read()).toMatchObject({ state: 'unknown', reason: 'no-answer' })
    expect((await read()).said).toBeUndefined()
  })

  test('a refusal is in the history with its words and its refund', async () => {
    const { read, claim, lived } = await anOrder()
    await settleOrders.open().refuse(await claim(1), 'provider-refused', at(2), 'Bad link')
    expect(await read()).toMatchObject({ state: 'refused', said: 'Bad link', refunded: 1_000_000n })
    expect(await lived()).toEqual([
      ['submitting', 1],
      ['refused', 2, 'provider-refused'],
    ])
  })

  test('an answer that was lost and is asked for again is one step', async () => {
    const { claim, lived } = await anOrder()
    const claimed = await claim(1)
    const { sent } = submitOrders.open()
    expect(await Promise.all([1, 2, 3].map(() => sent(claimed, providerOrderId('4711'), at(2))))).toEqual([true, true, true])
    expect(await lived()).toEqual([
      ['submitting', 1],
      ['pending', 2],
    ])
  })

  test('an order from before histories were kept goes on, and is read', async () => {
    const { customer, orderId, read, claim, lived, hear } = await anOrder()
    await submitOrders.open().sent(await claim(1), providerOrderId('4711'), at(2))
    const [item] = (await ordersOf(customer)).filter((one) => one['orderId'] === orderId)
    const { history: _, ...old } = item ?? {}
    await write(old)
    expect(await lived()).toEqual([['pending', 2]])
    await hear('completed', 100)
    expect(await lived()).toEqual([
      ['pending', 2],
      ['completed', 100],
    ])
    expect((await read()).state).toBe('completed')
  })

  test('a turn of the sweeper that was overtaken changes nothing, so that no step is lost', async () => {
    const { read, claim, lived } = await anOrder()
    const { park } = submitOrders.open()
    await park(await claim(1), 'link-busy', at(2), undefined)
    const seen = await read()
    await sweepOrders.open().resume(seen, at(700))
    await park(await claim(701), 'link-busy', at(702), undefined)
    expect(await sweepOrders.open().resume(seen, at(703))).toBe(false)
    expect((await lived()).map(([, at]) => at)).toEqual([1, 2, 700, 701, 702])
  })
})
