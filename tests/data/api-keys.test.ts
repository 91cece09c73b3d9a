import { describe, expect, test } from 'vitest'
import { type CustomerId, keyId } from '../../core/ids.ts'
import { later } from '../../core/time.ts'
import { findKeys, hashKey } from '../../data/api-keys.ts'
import { findKeyOwners } from '../../data/find-key-owners.ts'
import { manageKeys, readKeys } from '../../data/manage-keys.ts'
import { newCustomer, now, outcomes } from './people.ts'
import { onEachTable } from './tables.ts'

const terms = { name: 'a program', scope: 'all', addresses: [] } as const
const day = 86_400
const here = '198.51.100.7'

onEachTable(() => {
  const { create, change, rotate, revoke } = manageKeys.open()
  const list = (customer: CustomerId) => readKeys.open().of(customer, now)
  const look = (secret: string, { address = here, at = now } = {}) => findKeys.open().owner({ hash: hashKey(secret), address }, at)
  const opens = async (secret: string, options = {}) => (await look(secret, options)).opens
  const current = async (customer: CustomerId) =>
    (await list(customer)).filter(({ revokedAt, closesAt }) => !revokedAt && !closesAt)

  describe('how many', () => {
    test('an account holds ten keys, however many are asked for at once, and another when one is revoked', async () => {
      const customer = await newCustomer()
      const ask = () => create(customer, terms, now)
      const heard = await outcomes(Array.from({ length: 16 }, ask))
      // Who meets another at the counter may be told to come again; nobody gets past it.
      expect(heard['done']).toBeLessThanOrEqual(10)
      for (let more = heard['done'] ?? 0; more < 10; more++) await ask()
      await expect(ask()).rejects.toMatchObject({ code: 'too-many-keys' })
      const [key] = await list(customer)
      if (!key) throw new Error('there is no key')
      await Promise.all([revoke(customer, key.keyId, now), revoke(customer, key.keyId, now)])
      await ask()
      await expect(ask()).rejects.toMatchObject({ code: 'too-many-keys' })
      expect((await list(customer)).filter(({ revokedAt }) => !revokedAt)).toHaveLength(10)
    }, 60_000)

    test('a full account can rotate every key, and no more than ten old ones go on; one that has closed counts no longer', async () => {
      const customer = await newCustomer()
      const first = []
      for (let more = 0; more < 10; more++) first.push((await create(customer, terms, now)).key.keyId)
      const second = []
      for (const key of first) second.push((await rotate(customer, key, day, now)).key.keyId)
      const [one, other] = second
      if (!one || !other) throw new Error('there are no keys')
      await expect(create(customer, terms, now)).rejects.toMatchObject({ code: 'too-many-keys' })
      await expect(rotate(customer, one, day, now)).rejects.toMatchObject({ code: 'too-many-keys' })
      // At once, without an overlap, there is always room.
      await rotate(customer, one, 0, now)
      // Making room by revoking what is new does not make room for more of what is old.
      await revoke(customer, other, now)
      await create(customer, terms, now)
      await expect(create(customer, terms, now)).rejects.toMatchObject({ code: 'too-many-keys' })
      const [third] = await current(customer)
      if (!third) throw new Error('there is no key')
      await expect(rotate(customer, third.keyId, day, now)).rejects.toMatchObject({ code: 'too-many-keys' })
      await rotate(customer, third.keyId, day, later(now, day))
      expect(await current(customer)).toHaveLength(10)
    }, 60_000)

    test('two rotations of a key at once are one', async () => {
      const customer = await newCustomer()
      const { key } = await create(customer, terms, now)
      const heard = await outcomes(Array.from({ length: 6 }, () => rotate(customer, key.keyId, day, now)))
      expect(heard['done']).toBe(1)
      expect(await list(customer)).toHaveLength(2)
    })

    test('nobody who is no customer gets a key', async () => {
      await expect(create((await newCustomer()).replaceAll('-', '') as CustomerId, terms, now)).rejects.toMatchObject({
        code: 'customer-not-found',
      })
    })
  })

  describe('what a key opens', () => {
    test('its owner’s account until it is revoked, and nothing after', async () => {
      const customer = await newCustomer()
      const { key, secret } = await create(customer, terms, now)
      expect(await look(secret)).toEqual({ opens: true, customerId: customer, keyId: key.keyId, scope: 'all' })
      await revoke(customer, key.keyId, now)
      expect(await look(secret)).toEqual({ opens: false })
    })

    test('nothing from an address that its owner did not name, from the change on', async () => {
      const customer = await newCustomer()
      const { key, secret } = await create(customer, { ...terms, addresses: [here] }, now)
      expect(await opens(secret)).toBe(true)
      expect(await look(secret, { address: '198.51.100.8' })).toEqual({
        opens: false,
        of: { customerId: customer, keyId: key.keyId },
      })
      await change(customer, key.keyId, { name: 'renamed', scope: 'read', addresses: ['198.51.100.8'] }, now)
      expect(await opens(secret)).toBe(false)
      expect(await look(secret, { address: '198.51.100.8' })).toMatchObject({ opens: true, scope: 'read' })
      expect(await list(customer)).toMatchObject([{ name: 'renamed', scope: 'read', addresses: ['198.51.100.8'] }])
    })

    test('after a rotation both open until the old one’s time, to the millisecond, with the same terms', async () => {
      const customer = await newCustomer()
      const old = await create(customer, { ...terms, scope: 'order', addresses: [here] }, now)
      const fresh = await rotate(customer, old.key.keyId, day, now)
      expect(fresh.key).toMatchObject({ name: 'a program', scope: 'order', addresses: [here], replaces: old.key.keyId })
      const closes = later(now, day)
      const justBefore = new Date(closes.getTime() - 1)
      expect(await opens(old.secret, { at: justBefore })).toBe(true)
      expect(await opens(old.secret, { at: closes })).toBe(false)
      expect(await findKeys.open().isOpen(hashKey(old.secret), closes)).toBe(false)
      expect(await look(fresh.secret, { at: closes })).toMatchObject({ opens: true, scope: 'order' })
      await expect(rotate(customer, old.key.keyId, day, now)).rejects.toMatchObject({ code: 'key-rotated' })
      await expect(rotate(customer, old.key.keyId, day, closes)).rejects.toMatchObject({ code: 'key-not-found' })
    })

    test('either of the two can be revoked alone', async () => {
      const customer = await newCustomer()
      const old = await create(customer, terms, now)
      const fresh = await rotate(customer, old.key.keyId, day, now)
      await revoke(customer, fresh.key.keyId, now)
      expect([await opens(old.secret), await opens(fresh.secret)]).toEqual([true, false])
      await revoke(customer, old.key.keyId, now)
      expect(await opens(old.secret)).toBe(false)
    })

    test('rotated without an overlap, the old one opens nothing from then on', async () => {
      const customer = await newCustomer()
      const old = await create(customer, terms, now)
      const fresh = await rotate(customer, old.key.keyId, 0, now)
      expect([await opens(old.secret), await opens(fresh.secret)]).toEqual([false, true])
      expect((await list(customer)).find(({ keyId }) => keyId === old.key.keyId)?.revokedAt).toEqual(now)
    })
  })

  describe('a rotated key and the one in its place', () => {
    const narrow = { name: 'narrowed', scope: 'read', addresses: ['198.51.100.8'] } as const

    test('have one set of terms: what is taken from either is taken from both, and from the whole line of them', async () => {
      const customer = await newCustomer()
      const first = await create(customer, terms, now)
      const second = await rotate(customer, first.key.keyId, day, now)
      const third = await rotate(customer, second.key.keyId, day, now)
      const other = await create(customer, terms, now)
      for (const by of [first, third]) {
        expect(await change(customer, by.key.keyId, narrow, now)).toEqual(terms)
        for (const { secret } of [first, second, third]) {
          expect(await opens(secret)).toBe(false)
          expect(await look(secret, { address: '198.51.100.8' })).toMatchObject({ opens: true, scope: 'read' })
        }
        expect(await look(other.secret)).toMatchObject({ opens: true, scope: 'all' })
        expect(await change(customer, second.key.keyId, terms, now)).toEqual(narrow)
      }
      // What opens nothing any more is left as it was.
      await revoke(customer, second.key.keyId, now)
      await change(customer, first.key.keyId, narrow, now)
      expect((await list(customer)).find(({ keyId }) => keyId === second.key.keyId)).toMatchObject({ scope: 'all' })
      expect(await look(third.secret, { address: '198.51.100.8' })).toMatchObject({ scope: 'read' })
    })

    test('have them also when one is narrowed while it is rotated, whichever comes first', async () => {
      for (let time = 0; time < 12; time++) {
        const customer = await newCustomer()
        const old = await create(customer, terms, now)
        const overlap = time % 2 === 0 ? day : 0
        const [fresh, changed] = await Promise.allSettled([
          rotate(customer, old.key.keyId, overlap, now),
          change(customer, old.key.keyId, narrow, now),
        ])
        if (fresh.status === 'rejected') throw fresh.reason
        // Rotated away at once, there may be nothing left to narrow: whoever asked hears so.
        const isNarrow = changed.status === 'fulfilled'
        if (overlap > 0) expect(isNarrow).toBe(true)
        for (const { secret } of overlap > 0 ? [old, fresh.value] : [fresh.value])
          expect(await look(secret, { address: '198.51.100.8' })).toMatchObject({ opens: true, scope: isNarrow ? 'read' : 'all' })
      }
    }, 60_000)
  })

  test('nobody changes, rotates or revokes a key that is another’s, revoked or none', async () => {
    const [customer, other] = [await newCustomer(), await newCustomer()]
    const { key, secret } = await create(customer, terms, now)
    const notFound = { code: 'key-not-found' }
    for (const [who, which] of [
      [other, key.keyId],
      [customer, keyId('none')],
    ] as const) {
      await expect(change(who, which, { ...terms, scope: 'read' }, now)).rejects.toMatchObject(notFound)
      await expect(rotate(who, which, day, now)).rejects.toMatchObject(notFound)
      await expect(revoke(who, which, now)).rejects.toMatchObject(notFound)
    }
    expect(await look(secret)).toMatchObject({ opens: true, scope: 'all' })
    await revoke(customer, key.keyId, now)
    await expect(change(customer, key.keyId, terms, now)).rejects.toMatchObject(notFound)
    await expect(rotate(customer, key.keyId, day, now)).rejects.toMatchObject(notFound)
  })

  test('staff find a key’s owner by its first characters, revoked or not', async () => {
    const customer = await newCustomer()
    const { key, secret } = await create(customer, terms, now)
    const { byPrefix } = findKeyOwners.open()
    expect(secret.startsWith(key.prefix)).toBe(true)
    expect(await byPrefix(key.prefix)).toEqual([customer])
    await revoke(customer, key.keyId, now)
    expect(await byPrefix(key.prefix)).toEqual([customer])
    expect(await byPrefix('pk_______')).toEqual([])
  })
})
