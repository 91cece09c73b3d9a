import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { hashKey } from '../../data/api-keys.ts'
import { keyLimit, limitAttempts, limitKeys } from '../../data/rates.ts'
import { all, now, outcomes } from './people.ts'
import { onEachTable } from './tables.ts'

const minuteLater = new Date(now.getTime() + 60_000)
const allowed = async (asks: readonly Promise<boolean>[]): Promise<number> => (await Promise.all(asks)).filter(Boolean).length

onEachTable(() => {
  test('a key is good for exactly its share of a minute, however many ask at once, and for another in the next', async () => {
    const { allow } = limitKeys.open()
    const key = hashKey(randomUUID())
    const asks = (count: number, at: Date) => Array.from({ length: count }, () => allow(key, at))
    expect(await allowed(asks(keyLimit.uses - 10, now))).toBe(keyLimit.uses - 10)
    expect(await allowed(asks(50, now))).toBe(10)
    expect(await allow(key, now)).toBe(false)
    expect(await allow(hashKey(randomUUID()), now)).toBe(true)
    expect(await allow(key, minuteLater)).toBe(true)
  }, 60_000)

  test('attempts are counted for each who has a share in them, and stored under nothing that tells who it was', async () => {
    const { count } = limitAttempts.open()
    const email = `${randomUUID()}@example.com`
    const three = { uses: 3, windowSeconds: 600 }
    const attempt = (address: string) =>
      count(
        'a test',
        [
          [email, three],
          [address, { uses: 100, windowSeconds: 600 }],
        ],
        now,
      )
    const heard = await outcomes(Array.from({ length: 8 }, (_, index) => attempt(`198.51.100.${index}`)))
    expect(heard).toEqual({ done: 3, 'too-many-requests': 5 })
    await expect(attempt('198.51.100.99')).rejects.toMatchObject({ code: 'too-many-requests' })
    expect(await all(`RATE#${email}`)).toEqual([])
  })

  test('an address that has had its share uses up nobody else’s, and all of an IPv6 network is one', async () => {
    const { count } = limitAttempts.open()
    const email = `${randomUUID()}@example.com`
    const [two, four] = [
      { uses: 2, windowSeconds: 600 },
      { uses: 4, windowSeconds: 600 },
    ]
    const attempt = (address: string) =>
      count(
        'another test',
        [
          [address, two],
          [email, four],
        ],
        now,
      )
    const network = `2001:db8:${Math.floor(Math.random() * 65_535).toString(16)}:1`
    for (const host of ['::1', ':0:0:0:2']) await attempt(`${network}${host}`)
    for (let more = 0; more < 10; more++)
      await expect(attempt(`${network}::${more + 3}`)).rejects.toMatchObject({ code: 'too-many-requests' })
    await attempt('198.51.100.7')
    await attempt('198.51.100.8')
    await expect(attempt('198.51.100.9')).rejects.toMatchObject({ code: 'too-many-requests' })
  })
})
