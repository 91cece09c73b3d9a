import { describe, expect, test } from 'vitest'
import { pointsOf, sail } from './fleet.ts'
import { crashPoints, rehearse, scripts } from './scripted.ts'
import { isWished } from './wishes.ts'

describe.each(scripts.map((names) => [names.join(', '), names] as const))('orders that end %s', (_, names) => {
  test('come to a good end when nothing goes wrong', async () => {
    const { result } = await rehearse(names)
    expect(result.wrong).toEqual([])
    // A script in which nothing is ordered, or nothing wished for, goes wrong nowhere.
    const sum = (group: string): number => [...result.tally.of(group).values()].reduce((all, count) => all + count, 0)
    expect(sum('ends')).toBeGreaterThanOrEqual(names.length)
    expect(sum('wishes came to')).toBe(names.filter(isWished).length)
  })
})

test('every order comes to a good end wherever a function is killed, throttled, or not answered', async () => {
  const points: number[] = []
  for (const names of scripts) points.push(crashPoints((await rehearse(names)).requests).length)
  const jobs = scripts.flatMap((names, index) => pointsOf(names, points[index] ?? 0))
  const { worlds, wrong, seconds } = await sail(jobs)
  console.log(`${worlds} points of ${scripts.length} scripts in ${seconds.toFixed(1)} s`)
  expect(wrong).toEqual([])
  expect(Math.min(...points)).toBeGreaterThan(0)
  expect(worlds).toBe(points.reduce((sum, count) => sum + count, 0))
})
