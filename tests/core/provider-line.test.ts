import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Health, healthOf } from '../../core/providers/health.ts'
import { current, failuresToOpen, grant, type Line, newLine, seatsOf, tell, windowSeconds } from '../../core/providers/line.ts'

const start = Date.parse('2026-11-27T10:00:00.000Z')
const healths: readonly Health[] = ['well', 'turned-away', 'neither', 'unreachable', 'no-answer', 'server-error', 'unreadable']

describe('whatever callers do', () => {
  const step = fc.record({
    who: fc.nat({ max: 5 }),
    does: fc.constantFrom('takes', 'tells', 'leaves'),
    kind: fc.constantFrom('add' as const, 'ask' as const, 'probe' as const),
    seats: fc.integer({ min: 1, max: 12 }),
    calls: fc.integer({ min: 1, max: 30 }),
    callsEach: fc.constantFrom(1, 1, 3),
    health: fc.constantFrom(...healths),
    seconds: fc.nat({ max: 70 }),
  })

  test('no more have a seat than may, no more calls fall into a minute, and its item stays small', () => {
    fc.assert(
      fc.property(
        fc.array(step, { maxLength: 120 }),
        fc.integer({ min: 1, max: 12 }),
        fc.option(fc.integer({ min: 1, max: 40 }), { nil: undefined }),
        (steps, atOnce, perMinute) => {
          let line: Line = newLine
          let now = start
          const used = new Map<number, number>()
          for (const { who, does, kind, seats, calls, callsEach, health, seconds } of steps) {
            now += seconds * 1000
            const by = `holder-${who}`
            if (does === 'takes') {
              const got = grant(line, { atOnce, perMinute }, { by, kind, seats, turns: calls, callsEach, until: now + 40_000 }, now)
              if (typeof got === 'string') continue
              line = got.line
              const minute = Math.floor(now / 60_000)
              used.set(minute, (used.get(minute) ?? 0) + got.turns * Math.min(callsEach, perMinute ?? callsEach))
            } else line = tell(line, by, [{ kind, health, at: now }], does === 'leaves', now)
            expect(seatsOf(current(line, now))).toBeLessThanOrEqual(atOnce)
            expect(JSON.stringify(line).length).toBeLessThan(1_900)
          }
          if (perMinute !== undefined) for (const count of used.values()) expect(count).toBeLessThanOrEqual(perMinute)
        },
      ),
      { numRuns: 2_000 },
    )
  })

  test('a failing provider is let go on only after a good answer to a probe or to the one order it was tried with', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 120 }), (steps) => {
        let line: Line = newLine
        let now = start
        for (const { who, does, kind, health, seconds } of steps) {
          now += seconds * 1000
          const before = line.failing
          if (does === 'takes') {
            const wish = { by: `holder-${who}`, kind, seats: 1, turns: 1, callsEach: 1, until: now + 40_000 }
            const got = grant(line, { atOnce: 10 }, wish, now)
            if (typeof got !== 'string') line = got.line
          } else line = tell(line, `holder-${who}`, [{ kind, health, at: now }], does === 'leaves', now)
          if (before && !line.failing) {
            const proven = before.by === 'asks' ? kind === 'probe' : before.trial?.by === `holder-${who}` && kind === 'add'
            expect(health === 'well' && proven).toBe(true)
          }
          if (!before && line.failing) expect(['unreachable', 'no-answer', 'server-error', 'unreadable']).toContain(health)
        }
      }),
      { numRuns: 2_000 },
    )
  })
})

describe('a provider is failing', () => {
  const hear = (told: readonly Health[], everySeconds = 1): Line => {
    let line: Line = newLine
    for (const [index, health] of told.entries()) {
      const now = start + index * everySeconds * 1000
      line = tell(line, 'somebody', [{ kind: 'add', health, at: now }], false, now)
    }
    return line
  }
  const bad = (count: number): Health[] => Array(count).fill('server-error')
  test('when five in a row failed, and not when four did', () => {
    expect(hear(bad(failuresToOpen)).failing).toMatchObject({ by: 'adds', phase: 'open' })
    expect(hear(bad(failuresToOpen - 1)).failing).toBeUndefined()
  })
  test('when half of its answers are bad, and not when most are good', () => {
    const every = (length: number, badOne: (index: number) => boolean): Health[] =>
      Array.from({ length }, (_, index) => (badOne(index) ? 'no-answer' : 'well'))
    expect(hear(every(10, (index) => index % 2 === 0)).failing).toBeDefined()
    expect(hear(every(100, (index) => index % 3 === 0)).failing).toBeUndefined()
  })
  test('not by failures that are far between', () => {
    expect(hear(bad(20), windowSeconds + 1).failing).toBeUndefined()
  })
  test('not by refusals, full houses and errors in words nobody knows', () => {
    expect(hear(['well', 'turned-away', 'neither', 'turned-away', 'neither', 'turned-away', 'turned-away']).failing).toBeUndefined()
  })
})

test.each([
  [{ kind: 'not-sent', why: 'ECONNREFUSED' }, 'unreachable'],
  [{ kind: 'no-answer', why: 'it took too long' }, 'no-answer'],
  [{ kind: 'no-answer', why: 'the answer is too large', tooLarge: true }, 'neither'],
  [{ kind: 'answer', status: 503, body: '' }, 'server-error'],
  [{ kind: 'answer', status: 200, body: '<html>' }, 'unreadable'],
  [{ kind: 'answer', status: 200, body: '' }, 'unreadable'],
  [{ kind: 'answer', status: 403, body: '<html>' }, 'unreadable'],
  [{ kind: 'answer', status: 429, body: '' }, 'turned-away'],
  [{ kind: 'answer', status: 301, body: '' }, 'neither'],
  [{ kind: 'answer', status: 200, body: '{"error":"Coffee break"}' }, 'well'],
  [{ kind: 'answer', status: 200, body: '{"error":"Not enough funds"}' }, 'well'],
  [{ kind: 'answer', status: 200, body: '{"order":5}' }, 'well'],
] as const)('%j says that a provider is %s', (outcome, health) => {
  expect(healthOf(outcome)).toBe(health)
})
