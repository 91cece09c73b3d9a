import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  goOn,
  type History,
  historyOf,
  keptFirst,
  mostSteps,
  noHistory,
  type Step,
  stepsForCustomer,
} from '../../core/orders/history.ts'
import { orderReasons } from '../../core/orders/order.ts'
import { orderStates } from '../../core/orders/states.ts'
import { wordsOf } from '../../core/protocol/words.ts'
import { readHistory, writeHistory } from '../../data/orders/history.ts'
import { anOrder } from '../fixtures/order.ts'

const acceptedAt = new Date('2026-11-22T10:00:00.000Z')
const seconds = (count: number): Date => new Date(acceptedAt.getTime() + count * 1_000)
const step = (state: Step['state'], secondsIn: number, reason?: Step['reason']): Step => ({
  state,
  at: seconds(secondsIn),
  ...(reason ? { reason } : {}),
})

/** An order to which these steps happened, one after the other. */
function been(steps: readonly Step[]): History {
  let order = anOrder({ acceptedAt, state: 'accepted', changedAt: acceptedAt })
  for (const next of steps)
    order = { ...order, history: goOn(order, next), state: next.state, changedAt: next.at, reason: next.reason }
  return historyOf(order)
}

describe('the history of an order', () => {
  test('is every step, in order, with its reason', () => {
    const steps = [step('submitting', 1), step('parked', 2, 'out-of-funds'), step('accepted', 600), step('submitting', 601)]
    expect(been(steps)).toEqual({ steps, skipped: 0 })
  })

  test('says nothing twice: progress alone is no step, a doubt and its end are', () => {
    const steps = [step('in-progress', 1), step('in-progress', 2), step('in-progress', 3, 'status-unknown'), step('in-progress', 4)]
    expect(been(steps).steps.map(({ at }) => at)).toEqual([seconds(1), seconds(3), seconds(4)])
  })

  test('tells of the step that was taken without reading the order', () => {
    const inHand = anOrder({ acceptedAt, state: 'submitting', changedAt: seconds(3) })
    expect(historyOf(inHand).steps).toEqual([{ state: 'submitting', at: seconds(3), reason: undefined }])
    expect(goOn(inHand, step('pending', 4)).steps.map(({ state }) => state)).toEqual(['submitting', 'pending'])
  })

  test('of an order from before histories were kept begins with what the order tells', () => {
    const old = anOrder({ acceptedAt, state: 'completed', changedAt: seconds(900) })
    expect(historyOf(old).steps).toEqual([{ state: 'completed', at: seconds(900), reason: undefined }])
    expect(historyOf(anOrder({ acceptedAt, state: 'accepted' }))).toEqual(noHistory)
  })

  test('stays short however often an order goes to and fro: the first and the newest are kept, the others counted', () => {
    const turns = Array.from({ length: 200 }, (_, turn) => [
      step('submitting', turn * 600 + 1),
      step('parked', turn * 600 + 2, 'out-of-funds'),
      step('accepted', turn * 600 + 600),
    ]).flat()
    const { steps, skipped } = been([...turns, step('submitting', 200_000), step('pending', 200_001)])
    expect([steps.length, skipped]).toEqual([mostSteps, turns.length + 2 - mostSteps])
    expect(steps.slice(0, keptFirst)).toEqual([step('submitting', 1), step('parked', 2, 'out-of-funds')])
    expect(steps.slice(-2)).toEqual([step('submitting', 200_000), step('pending', 200_001)])
  })

  test('is read as it was written, to the second', () => {
    const steps = fc.array(
      fc.record({
        state: fc.constantFrom(...orderStates),
        seconds: fc.integer({ min: 0, max: 315_000_000 }),
        reason: fc.option(fc.constantFrom(...orderReasons), { nil: undefined }),
      }),
      { maxLength: mostSteps },
    )
    fc.assert(
      fc.property(steps, fc.nat(99_999), (made, skipped) => {
        const known = made.map(({ state, seconds, reason }) => step(state, seconds, reason))
        const history = { steps: known, skipped: known.length > keptFirst ? skipped : 0 }
        const text = writeHistory(history, acceptedAt)
        expect(readHistory(text, acceptedAt)).toEqual(history)
        expect((text ?? '').length).toBeLessThanOrEqual(mostSteps * 10 + 7)
      }),
    )
  })

  test('gives every state and every reason a letter of its own', () => {
    const written = [...orderStates.map((state) => step(state, 0)), ...orderReasons.map((reason) => step('unknown', 0, reason))]
    const words = written.map((one) => writeHistory({ steps: [one], skipped: 0 }, acceptedAt))
    expect(new Set(words).size).toBe(written.length)
  })

  test('of a clock that went back is not before the order', () => {
    expect(writeHistory({ steps: [step('submitting', -5)], skipped: 0 }, acceptedAt)).toBe('s0')
  })

  test.each(['', 'garbage', 'z1', 's', 's1.', '+x', 's1  k2'])('that cannot be read (%o) hides no order', (text) => {
    expect(readHistory(text, acceptedAt).steps.length).toBeLessThanOrEqual(2)
  })
})

test('a customer is told where it stood, and not how often it was tried or why', () => {
  const history = been([
    step('submitting', 1),
    step('accepted', 2),
    step('submitting', 60),
    step('parked', 61, 'out-of-funds'),
    step('accepted', 600),
    step('submitting', 601),
    step('parked', 602, 'out-of-funds'),
    step('accepted', 1_200),
    step('submitting', 1_201),
    step('pending', 1_202),
    step('in-progress', 1_300),
    step('in-progress', 1_400, 'status-unknown'),
  ])
  const told = stepsForCustomer(anOrder({ acceptedAt, history, reason: 'status-unknown', changedAt: seconds(1_300) }))
  expect(told.map(({ state }) => state)).toEqual(['parked', 'pending', 'in-progress'])
  expect(JSON.stringify(told)).not.toMatch(/status-unknown|out-of-funds/)
})

describe('a provider’s own words', () => {
  const words = (body: string, status = 200) => wordsOf({ status, body }, 'their-key-1234')
  test.each([
    ['{"error":"neworder.error.link_duplicate"}', 'neworder.error.link_duplicate'],
    ['{"error":"<b>Not enough</b>\\n funds"}', 'Not enough funds'],
    ['{"error":"Bad key their-key-1234!"}', 'Bad key …!'],
    ['<html><style>a{}</style><script>alert(1)</script><h1>Be right back</h1></html>', 'Be right back'],
    ['{"error":"\\u202Eesrever\\u0000"}', 'esrever'],
    ['{"status":"fail","message":"No such service"}', 'No such service'],
  ])('%s are %s', (body, said) => {
    expect(words(body)).toBe(said)
  })

  test('come with the status where it says more, and are nothing where nothing was said', () => {
    expect(words('Bad gateway', 502)).toBe('HTTP 502: Bad gateway')
    expect(words('', 504)).toBe('HTTP 504:')
    expect(words('')).toBeUndefined()
  })

  test('are looked for at the beginning of an answer alone, however long that is', () => {
    expect(words(JSON.stringify({ error: `${'<script>'.repeat(100_000)}too late` }))).toBeUndefined()
  })

  test('are cut to fit into the order’s item, at the border of a character', () => {
    for (const letter of ['x', 'é', '語', '👍']) {
      const said = words(JSON.stringify({ error: letter.repeat(5_000) })) ?? ''
      expect(Buffer.byteLength(said)).toBeLessThanOrEqual(120)
      expect(said).toMatch(new RegExp(`^(${letter})+…$`, 'u'))
    }
  })
})
