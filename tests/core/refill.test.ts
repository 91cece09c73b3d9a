import { describe, expect, test } from 'vitest'
import { money } from '../../core/money.ts'
import { cancelPauseSeconds, mayCancel } from '../../core/orders/cancel-request.ts'
import { mayRefill, refillMoves, refillStates, refillWord } from '../../core/orders/refill.ts'
import { orderStates } from '../../core/orders/states.ts'

const now = new Date('2026-11-22T10:00:00.000Z')
const ago = (hours: number): Date => new Date(now.getTime() - hours * 3_600_000)
const ahead = (hours: number): Date => ago(-hours)
const order = { state: 'completed' as const, changedAt: ago(48), refunded: money(0n), refillDays: 30 }

describe('a refill may be asked for', () => {
  test('while the order is completed and its days are not over', () => {
    expect(mayRefill(order, undefined, undefined, now)).toEqual({ may: true, until: ahead(28 * 24) })
    expect(mayRefill({ ...order, changedAt: ago(30 * 24) }, undefined, undefined, now).may).toBe(true)
    expect(mayRefill({ ...order, changedAt: ago(30 * 24 + 0.001) }, undefined, undefined, now)).toEqual({
      may: false,
      because: 'too-late',
    })
  })
  test('by what was promised when it was placed, or by what the service promises now where that is more', () => {
    expect(mayRefill({ ...order, refillDays: undefined }, { refillDays: 0 }, undefined, now)).toEqual({
      may: false,
      because: 'not-offered',
    })
    expect(mayRefill(order, { refillDays: 0 }, undefined, now).may).toBe(true)
    expect(mayRefill({ ...order, refillDays: 1 }, { refillDays: 3 }, undefined, now)).toEqual({ may: true, until: ahead(24) })
  })
  test('not for what was given back, nor before the end', () => {
    const because = (state: (typeof orderStates)[number], refunded = 0n) => {
      const verdict = mayRefill({ ...order, state, refunded: money(refunded) }, undefined, undefined, now)
      return verdict.may ? 'may' : verdict.because
    }
    expect(Object.fromEntries(orderStates.map((state) => [state, because(state)]))).toEqual({
      accepted: 'not-completed',
      submitting: 'not-completed',
      pending: 'not-completed',
      'in-progress': 'not-completed',
      processing: 'not-completed',
      completed: 'may',
      partial: 'given-back',
      canceled: 'given-back',
      parked: 'not-completed',
      unknown: 'not-completed',
      refused: 'given-back',
    })
    expect(because('completed', 1n)).toBe('given-back')
  })
  test('one at a time, and a day after the last was asked for', () => {
    const last = (state: (typeof refillStates)[number], hours: number) =>
      mayRefill(order, undefined, { state, askedAt: ago(hours) }, now)
    for (const state of ['pending', 'sending', 'submitted', 'in-progress'] as const)
      expect(last(state, 40)).toEqual({ may: false, because: 'open' })
    for (const state of ['completed', 'rejected', 'error'] as const) {
      expect(last(state, 21)).toEqual({ may: false, because: 'too-soon', opensAt: ahead(3) })
      expect(last(state, 24).may).toBe(true)
    }
    // What would open when the days are over never opens.
    expect(mayRefill({ ...order, refillDays: 2.5 }, undefined, { state: 'completed', askedAt: ago(1) }, now)).toEqual({
      may: false,
      because: 'too-late',
    })
  })
  test('and what a reseller hears of it is one of five words', () => {
    expect(refillStates.map(refillWord)).toEqual(['Pending', 'Pending', 'Pending', 'In progress', 'Completed', 'Rejected', 'Error'])
    // Nothing leads on from an end.
    for (const { from } of Object.values(refillMoves))
      for (const end of ['completed', 'rejected', 'error']) expect(from).not.toContain(end)
  })
})

describe('canceling', () => {
  const how = (state: (typeof orderStates)[number], cancel = true) => {
    const verdict = mayCancel({ state }, { cancel }, undefined, now)
    return verdict.may ? verdict.how : verdict.because
  }
  test('takes back what was not sent, asks whoever has it, and leaves what is over', () => {
    expect(Object.fromEntries(orderStates.map((state) => [state, how(state)]))).toEqual({
      accepted: 'withdraw',
      submitting: 'ask',
      pending: 'ask',
      'in-progress': 'ask',
      processing: 'ask',
      completed: 'over',
      partial: 'over',
      canceled: 'over',
      parked: 'withdraw',
      unknown: 'ask',
      refused: 'over',
    })
  })
  test('is for services that offer it; what cannot be sent may always be taken back', () => {
    expect(how('pending', false)).toBe('not-offered')
    expect(how('accepted', false)).toBe('not-offered')
    expect(how('parked', false)).toBe('withdraw')
    // One that staff sent again may be with its provider from the time before.
    expect(mayCancel({ state: 'parked', sentAgain: true }, { cancel: true }, undefined, now)).toEqual({ may: true, how: 'ask' })
  })
  test('one request at a time, and a day after a refusal', () => {
    const asked = (state: 'pending' | 'sending' | 'taken' | 'refused' | 'over', hours = 1) =>
      mayCancel({ state: 'pending' }, { cancel: true }, { state, changedAt: ago(hours) }, now)
    for (const state of ['pending', 'sending', 'taken'] as const) expect(asked(state)).toEqual({ may: false, because: 'asked' })
    expect(asked('refused')).toEqual({ may: false, because: 'too-soon', opensAt: ahead(23) })
    expect(asked('refused', cancelPauseSeconds / 3600).may).toBe(true)
    // Withdrawn by whoever was to ask, and yet it goes on: asked anew.
    expect(asked('over').may).toBe(true)
    // What came back to the panel is simply taken back.
    expect(mayCancel({ state: 'parked' }, { cancel: true }, { state: 'pending', changedAt: now }, now)).toEqual({
      may: true,
      how: 'withdraw',
    })
  })
})
