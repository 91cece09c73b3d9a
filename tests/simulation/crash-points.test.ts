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

  test('come to a good end wherever a function is killed, throttled, or not answered', async () => {
    const { requests } = await rehearse(names)
    const points = crashPoints(requests)
    const { worlds, wrong, seconds } = await sail(pointsOf(names, points.length))
    console.log(`${worlds} points of ${requests.length} requests in ${seconds.toFixed(1)} s`)
    expect(wrong).toEqual([])
    expect(worlds).toBe(points.length)
  })
})
