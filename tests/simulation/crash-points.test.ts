import { describe, expect, test } from 'vitest'
import { crashPoints, rehearse, scripts, stumble } from './scripted.ts'

/** With `POINTS=all`, readings that only repeat one another too. */
const all = process.env['POINTS'] === 'all'

describe.each(scripts.map((names) => [names.join(', '), names] as const))('orders that end %s', (_, names) => {
  test('come to a good end when nothing goes wrong', async () => {
    const { result } = await rehearse(names)
    expect(result.wrong).toEqual([])
  })

  test('come to a good end wherever a function is killed, throttled, or not answered', async () => {
    const { requests } = await rehearse(names)
    const points = crashPoints(requests, all)
    const wrong: string[] = []
    for (const { at, fate, request } of points) {
      const result = await stumble(names, at, fate)
      if (result.wrong.length > 0)
        wrong.push(`${fate}, request ${at} (${request.by}: ${request.what()}):\n  ${result.wrong.join('\n  ')}`)
    }
    console.log(`${points.length} points of ${requests.length} requests`)
    expect(wrong).toEqual([])
  })
})
