import { expect, test } from 'vitest'
import { filledIn } from '../../core/support/saved-replies.ts'
import { isLate } from '../../core/tickets/late.ts'
import { staffMay, ticketStatuses, ticketSteps } from '../../core/tickets/states.ts'
import type { Ticket } from '../../core/tickets/ticket.ts'

test('every status can be reached, and none is a dead end', () => {
  const steps = Object.values(ticketSteps)
  for (const status of ticketStatuses) {
    expect(
      steps.some(({ to }) => to === status),
      status,
    ).toBe(true)
    expect(
      steps.some(({ from }) => from.some((one) => one === status)),
      status,
    ).toBe(true)
  }
  expect(staffMay('closed')).toEqual(['reopen'])
  expect(staffMay('waiting')).toEqual(['takeUp', 'close'])
})

test('P-RT-3: a privacy request is late past its date, answered or not; another ticket while it waits for too long', () => {
  const now = new Date('2026-11-28T12:00:00Z')
  const hoursAgo = (hours: number) => new Date(now.getTime() - hours * 3_600_000)
  const rules = { privacyRequestDays: 30, answerHours: 24 }
  const late = (ticket: Partial<Ticket>) => isLate({ status: 'open', ...ticket } as Ticket, now, rules)
  expect(late({ waitingSince: hoursAgo(23) })).toBe(false)
  expect(late({ waitingSince: hoursAgo(25) })).toBe(true)
  expect(late({ status: 'answered' })).toBe(false)
  expect(late({ status: 'answered', dueAt: hoursAgo(1) })).toBe(true)
  expect(late({ status: 'closed', dueAt: hoursAgo(1) })).toBe(false)
})

test('a saved reply names the customer and the orders, as they are written', () => {
  const text = 'Hello {name}, about {order} in ticket {ticket}: {name}'
  expect(filledIn(text, { name: '$& Ada', ticket: 7, orders: [1, 2] })).toBe('Hello $& Ada, about 1, 2 in ticket 7: $& Ada')
  expect(filledIn('about {order}', { name: 'Ada', ticket: 7, orders: [] })).toBe('about ')
})
