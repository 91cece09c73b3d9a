import { expect, test } from 'vitest'
import { later } from '../../core/time.ts'
import { noteSignIns, readSignIns } from '../../data/sign-ins.ts'
import { newCustomer, now } from './people.ts'
import { onEachTable } from './tables.ts'

const { note, noteFailure } = noteSignIns.open()
const { list } = readSignIns.open()
const thief = { address: '198.51.100.66', browser: 'Thief/1.0' }
const after = (minutes: number): Date => later(now, minutes * 60)

onEachTable(() => {
  test('P-USE-3: whoever came in stays in sight, however often and from wherever somebody fails to after it', async () => {
    const customer = await newCustomer()
    await note(customer, { outcome: 'password', at: now, ...thief })
    await noteFailure(customer, { outcome: 'wrong-code', at: after(1), ...thief })
    const tries = Array.from({ length: 120 }, (_, nth) => ({
      address: `203.0.113.${nth}`,
      browser: `Browser/${nth}`,
      at: after(70 + nth),
    }))
    await Promise.all(tries.map((from) => noteFailure(customer, { outcome: 'wrong-password', ...from })))
    const { cameIn, failed } = await list(customer, after(300))
    expect(cameIn).toEqual([{ outcome: 'password', times: 1, at: now, ...thief }])
    // Nor can one kind of failure hide the other: who had the right password is another matter.
    expect(failed.filter(({ outcome }) => outcome === 'wrong-code')).toEqual([
      { outcome: 'wrong-code', times: 1, at: after(1), ...thief },
    ])
    expect(failed.length).toBeLessThan(60)
    expect(failed[0]).toMatchObject({ at: after(189), address: '203.0.113.119' })
  })

  test('tries that fail from one address are one row an hour, whatever browser they claim to be; with the newest first', async () => {
    const customer = await newCustomer()
    for (let nth = 0; nth < 30; nth++)
      await noteFailure(customer, { outcome: 'wrong-password', at: after(nth), address: thief.address, browser: `Browser/${nth}` })
    // Whoever has one address of such a network has all of them.
    for (const last of ['1', '2', 'ffff'])
      await noteFailure(customer, {
        outcome: 'wrong-password',
        at: after(40),
        address: `2001:db8:1:2::${last}`,
        browser: 'Six/1.0',
      })
    await noteFailure(customer, { outcome: 'wrong-password', at: after(90), ...thief })
    const { failed } = await list(customer, after(100))
    expect(failed.map(({ times, browser }) => [times, browser])).toEqual([
      [1, 'Thief/1.0'],
      [3, 'Six/1.0'],
      [30, 'Browser/29'],
    ])
  })

  test('what is older than ninety days is not told', async () => {
    const customer = await newCustomer()
    await note(customer, { outcome: 'password', at: now, ...thief })
    await noteFailure(customer, { outcome: 'wrong-password', at: now, ...thief })
    expect(await list(customer, later(now, 91 * 86_400))).toEqual({ cameIn: [], failed: [] })
  })
})
