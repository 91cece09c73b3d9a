import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { customerId } from '../../core/ids.ts'
import { later } from '../../core/time.ts'
import { openAccounts, readCustomers } from '../../data/customers.ts'
import { beginEmailChanges, finishEmailChanges } from '../../data/email-changes.ts'
import { now } from './people.ts'
import { onEachTable } from './tables.ts'

const changes = { ...beginEmailChanges.open(), ...finishEmailChanges.open() }

async function somebody() {
  const id = customerId(randomUUID())
  const account = { customerId: id, fullName: 'N', email: 'old@example.com', terms: { version: 1, acceptedAt: now } }
  await openAccounts.open().openOnce(account, now)
  return id
}
const wish = (to: string, at = now) => ({ from: 'old@example.com', to, at })

onEachTable(() => {
  test('a code has five tries, also when they come at once', async () => {
    const id = await somebody()
    await changes.begin(id, wish('new@example.com'))
    const tries = await Promise.all(Array.from({ length: 12 }, () => changes.try(id, now)))
    expect(tries.filter(Boolean)).toHaveLength(5)
  })

  test('a code is good for an hour', async () => {
    const id = await somebody()
    await changes.begin(id, wish('new@example.com'))
    expect(await changes.try(id, later(now, 3599))).toEqual(wish('new@example.com'))
    expect(await changes.try(id, later(now, 3600))).toBeUndefined()
  })

  test('only the newest wish is tried, and is done once', async () => {
    const id = await somebody()
    await changes.begin(id, wish('first@example.com'))
    await changes.begin(id, wish('second@example.com', later(now, 1)))
    const newest = wish('second@example.com', later(now, 1))
    expect(await changes.try(id, later(now, 2))).toEqual(newest)
    const done = await Promise.all(Array.from({ length: 5 }, () => changes.finish(id, newest, later(now, 3))))
    expect(done.filter(Boolean)).toHaveLength(1)
    expect((await readCustomers.open().get(id))?.email).toBe('second@example.com')
    // And the one before it does not come back.
    expect(await changes.try(id, later(now, 4))).toBeUndefined()
  })
})
