import { randomUUID } from 'node:crypto'
import type { Server } from 'node:http'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type CustomerId, customerId } from '../../core/ids.ts'
import { later } from '../../core/time.ts'
import { openAccounts, readCustomers } from '../../data/customers.ts'
import { lapseSignUps } from '../../data/sign-ups.ts'
import { opened } from '../../functions/kit/opened.ts'
import { sweepSignUps } from '../../functions/workers/sweep-sign-ups.ts'
import { openSigningKey } from '../../local/identity/keys.ts'
import { pools } from '../../local/identity/pools.ts'
import { startIdentity } from '../../local/identity/server.ts'
import { hashed, openUsers, type User } from '../../local/identity/users.ts'
import { openVault } from '../../local/vault.ts'
import { all, now } from './people.ts'
import { onEachTable } from './tables.ts'

const users = openUsers(undefined)
const password = 'Correct-horse-7'
let kept: User['password']
let server: Server

beforeAll(async () => {
  kept = await hashed(password)
  server = await startIdentity(
    0,
    {
      users,
      key: await openSigningKey(undefined),
      issuerOf: () => 'issuer',
      trigger: async (event) => event,
      mail: async () => undefined,
    },
    openVault(undefined),
  )
  const address = server.address()
  Object.assign(process.env, {
    AWS_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    CUSTOMERS_POOL_ID: pools.customers.id,
    CUSTOMERS_CLIENT_ID: pools.customers.clientId,
    AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`,
  })
})
afterAll(() => server.close())

const daysAgo = (days: number): number => later(now, -days * 86_400).getTime()

/** Somebody who signed up so long ago, and perhaps was confirmed since. */
function signedUp(
  days: number,
  { status = 'CONFIRMED', confirmed }: { status?: User['status']; confirmed?: number } = {},
): CustomerId {
  const sub = randomUUID()
  users.put({
    poolId: pools.customers.id,
    sub,
    attributes: { email: `${sub}@example.com`, name: 'Ada' },
    status,
    password: kept,
    refreshTokens: {},
    createdAt: daysAgo(days),
    ...(confirmed === undefined ? {} : { changedAt: daysAgo(confirmed) }),
  })
  return customerId(sub)
}
const open = (id: CustomerId) =>
  openAccounts
    .open()
    .openOnce({ customerId: id, fullName: 'Ada', email: `${id}@example.com`, terms: { version: 1, acceptedAt: now } }, now)
const isKept = (id: CustomerId): boolean => users.findSubject(id) !== undefined

interface Run {
  readonly at?: Date
  /** By when its time is up, counted in looks at the clock. */
  readonly pages?: number
  readonly over?: Partial<ReturnType<typeof usesOf>>
}
const usesOf = () => opened(sweepSignUps.uses)()
async function run({ at = now, pages = 1_000, over = {} }: Run = {}): Promise<void> {
  let looks = 0
  const clock = () => (++looks < pages ? at : later(at, 10_000))
  await sweepSignUps.run({ uses: { ...usesOf(), ...over }, now: at, clock })
}

beforeEach(() => {
  for (const user of [...users.all()]) users.remove(user)
})

onEachTable(() => {
  describe('P-RET-2: whoever never finished signing up', () => {
    test('is gone from the identity provider after a week, confirmed or not; customers and newer sign-ups stay', async () => {
      const unconfirmed = signedUp(8, { status: 'UNCONFIRMED' })
      const neverCame = signedUp(8)
      const customer = signedUp(400)
      await open(customer)
      const [fresh, thinking, lately] = [signedUp(6, { status: 'UNCONFIRMED' }), signedUp(6), signedUp(20, { confirmed: 2 })]
      await run()
      expect([unconfirmed, neverCame].map(isKept)).toEqual([false, false])
      expect([customer, fresh, thinking, lately].map(isKept)).toEqual([true, true, true, true])
      await run({ at: later(now, 2 * 86_400) })
      expect([customer, fresh, thinking, lately].map(isKept)).toEqual([true, false, false, true])
    })

    test('is found on whichever page; a run whose time is up is gone on with, and the one after the last begins anew', async () => {
      const fresh = Array.from({ length: 120 }, () => signedUp(1, { status: 'UNCONFIRMED' }))
      const old = Array.from({ length: 20 }, () => signedUp(30, { status: 'UNCONFIRMED' }))
      for (let page = 1; page <= 3; page++) await run({ pages: 1 })
      expect(old.filter(isKept)).toEqual([])
      expect(fresh.filter(isKept)).toEqual(fresh)
      const another = signedUp(30, { status: 'UNCONFIRMED' })
      for (let page = 1; page <= 3; page++) await run({ pages: 1 })
      expect(isKept(another)).toBe(false)
    })

    test('is found although the place where the last run stopped is not known any more', async () => {
      await lapseSignUps.open().goOnAt('long-forgotten')
      const old = signedUp(30, { status: 'UNCONFIRMED' })
      await run()
      expect(isKept(old)).toBe(false)
    })

    test('and signs in just then either has an account and stays, or is refused: nobody has an account and no identity', async () => {
      const people = Array.from({ length: 24 }, () => signedUp(30))
      const customers = Array.from({ length: 30 }, () => signedUp(30))
      await Promise.all(customers.map(open))
      const [, ...signIns] = await Promise.allSettled([run(), ...people.map((person) => open(person))])
      for (const [index, person] of people.entries()) {
        const { status } = signIns[index] ?? {}
        const account = await readCustomers.open().get(person)
        expect([isKept(person), account !== undefined]).toEqual(status === 'fulfilled' ? [true, true] : [false, false])
      }
    })

    test('and signs in between the look at the account and the deletion stays', async () => {
      const person = signedUp(30)
      const signUps = lapseSignUps.open()
      await run({
        over: {
          signUps: {
            ...signUps,
            async unopened(ids) {
              const found = await signUps.unopened(ids)
              await open(person)
              return found
            },
          },
        },
      })
      expect(isKept(person)).toBe(true)
    })

    test('and signs in after it was decided is refused as one whom nobody knows, and leaves nothing', async () => {
      const person = signedUp(30)
      expect(await lapseSignUps.open().lapse(person, now)).toBe(true)
      await expect(open(person)).rejects.toMatchObject({ code: 'credentials-invalid' })
      for (const kind of ['CUSTOMER', 'WALLET', 'ACCEPTANCE']) expect(await all(`${kind}#${person}`)).toEqual([])
      expect((await all('ROLL')).map(({ sk }) => sk)).not.toContain(person)
      // The run that decided it was cut off: the next one deletes it.
      await run()
      expect(isKept(person)).toBe(false)
    })

    test('that cannot be deleted keeps no other from it, and the run fails', async () => {
      const people = Array.from({ length: 3 }, () => signedUp(30, { status: 'UNCONFIRMED' }))
      const { erasing } = usesOf()
      const stubborn = {
        async erase(person: CustomerId) {
          if (person === people[1]) throw new Error('too busy')
          await erasing.erase(person)
        },
      }
      await expect(run({ over: { erasing: stubborn } })).rejects.toThrow('1 times')
      expect(people.map(isKept)).toEqual([false, true, false])
    })
  })

  test('where most identities have no account the table is another’s: none that was confirmed is deleted, and the run fails', async () => {
    const strangers = Array.from({ length: 40 }, () => signedUp(30))
    const unconfirmed = signedUp(30, { status: 'UNCONFIRMED' })
    await expect(run()).rejects.toThrow()
    expect(strangers.every(isKept)).toBe(true)
    expect(isKept(unconfirmed)).toBe(false)
  })
})
