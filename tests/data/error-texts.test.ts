import { expect, test } from 'vitest'
import { attempt, type CustomerId, providerId } from '../../core/ids.ts'
import { money } from '../../core/money.ts'
import type { OrderReason } from '../../core/orders/order.ts'
import { isCut, normalised, type TextMeaning } from '../../core/protocol/error-texts.ts'
import { classifyErrorTexts, knownErrorTexts, readErrorTexts } from '../../data/error-texts.ts'
import { getOrder } from '../../data/orders/get.ts'
import { hangingOrders } from '../../data/orders/hanging-orders.ts'
import { keepSendings, readSendings } from '../../data/orders/sendings.ts'
import { submitOrders } from '../../data/orders/submit-orders.ts'
import { audit, newCustomer, now, outcomes, place, sell } from './people.ts'
import { onEachTable } from './tables.ts'

const provider = providerId('provider')
const { meaningOf, note } = knownErrorTexts.open()
const { of } = readErrorTexts.open()
const { classify } = classifyErrorTexts.open()
const at = (seconds: number) => new Date(now.getTime() + seconds * 1000)

async function lost(customer: CustomerId, reason: OrderReason, said: string) {
  const { orderId } = await place(customer, (await sell()).serviceId)
  const claimed = await submitOrders.open().claim(customer, orderId, attempt(`attempt ${orderId}`), now)
  if (!claimed) throw new Error('it could not be claimed')
  await submitOrders.open().lose(claimed, reason, now, said)
  return claimed
}

test.each([
  ['Minimum is  100', 'minimum is #'],
  ['HTTP 400: Minimum is 2,500.00!', 'minimum is #'],
  [' Please\nwait 5 min. ', 'please wait # min'],
])('“%s” is known again as “%s”', (said, text) => {
  expect(normalised(said)).toBe(text)
})

test('words are cut where something of them is missing', () => {
  expect([isCut('Please wait'), isCut('Please wai…'), isCut('Key … is blocked')]).toEqual([false, true, true])
})

onEachTable(() => {
  test('an error is kept once for each provider, with how often, since when and about which order it was said', async () => {
    const order = await lost(await newCustomer(1_000_000n), 'error-unclassified', 'Out of stock 17')
    const other = { ...order, providerId: providerId('another') }
    await note(order, 'Out of stock 17', at(1))
    await Promise.all([
      note(order, 'out of stock 18', at(5)),
      note(order, 'OUT OF  STOCK 19.', at(5)),
      note(other, 'Out of stock', at(9)),
    ])
    const texts = (await of(provider)).filter(({ text }) => text === 'out of stock #')
    expect(texts).toMatchObject([{ times: 3, firstAt: at(1), lastAt: at(5), orderId: order.orderId }])
    expect(await of(other.providerId)).toMatchObject([{ text: 'out of stock', times: 1 }])
  })

  test('what staff say of it counts from then on for that provider and no other; two at once who say different things are one and one refusal', async () => {
    const order = await lost(await newCustomer(1_000_000n), 'error-unclassified', 'Nope 1')
    await note(order, 'Nope 1', now)
    const [seen] = (await of(provider)).filter(({ text }) => text === 'nope #')
    if (!seen) throw new Error('it was not kept')
    expect(await meaningOf(provider, 'Nope 2')).toBeUndefined()
    const say = (meaning: TextMeaning, as = seen) => classify(provider, as, meaning, audit, now)
    expect(await outcomes([say('refused'), say('out-of-funds')])).toEqual({ done: 1, 'changed-meanwhile': 1 })
    const meaning = await meaningOf(provider, 'NOPE  33')
    expect(['refused', 'out-of-funds']).toContain(meaning)
    expect(await meaningOf(providerId('another'), 'Nope 1')).toBeUndefined()
    await say('nothing', { ...seen, meaning })
    expect(await meaningOf(provider, 'Nope 1')).toBe('nothing')
  })

  test('words of which something is missing can mean nothing at all', async () => {
    const order = await lost(await newCustomer(1_000_000n), 'error-unclassified', 'Long…')
    await note(order, 'Long…', now)
    const [seen] = (await of(provider)).filter(({ text }) => text === 'long…')
    if (!seen) throw new Error('it was not kept')
    await expect(classify(provider, seen, 'refused', audit, now)).rejects.toMatchObject({ code: 'error-text-cut' })
    await classify(provider, seen, 'nothing', audit, now)
  })

  test('only orders that are unknown for nothing but this error hang on it', async () => {
    const customer = await newCustomer(9_000_000n)
    const [one, two] = [
      await lost(customer, 'error-unclassified', 'Try later 1'),
      await lost(customer, 'error-unclassified', 'try later 2'),
    ]
    // An answer that named an order beside the same words, and another error.
    await lost(customer, 'answer-unclear', 'Try later 1')
    await lost(customer, 'error-unclassified', 'Try never')
    const found: number[] = []
    for await (const { orderId } of hangingOrders.open().on(provider, 'try later #')) found.push(orderId)
    expect(found.toSorted((a, b) => a - b)).toEqual([one.orderId, two.orderId])
  })

  test('evidence of a call grows with what is known of it, and is told with every other of the order', async () => {
    const order = await lost(await newCustomer(1_000_000n), 'no-answer', '')
    const { note } = keepSendings.open()
    await note(order, at(1), { before: '100.00', currency: 'USD', cost: money(500_000n) })
    await note(order, at(1), { reason: 'no-answer', overAt: at(26), why: 'it took too long', after: '99.50' })
    await note({ ...order, attempt: attempt('another') }, at(700), { reason: 'link-busy', status: 200, said: 'Active order' })
    const whole = await getOrder(order.customerId, order.orderId)
    if (!whole) throw new Error('the order is gone')
    expect(await readSendings.open().of(whole, now)).toMatchObject([
      { at: at(1), overAt: at(26), before: '100.00', after: '99.50', cost: 500_000n, why: 'it took too long' },
      { at: at(700), reason: 'link-busy', said: 'Active order' },
    ])
  })
})
