import { expect, test } from 'vitest'
import { findKeys, hashKey, manageKeys } from '../../data/api-keys.ts'
import { newCustomer, now, outcomes } from './people.ts'
import { onEachTable } from './tables.ts'

onEachTable(() => {
  test('an account holds ten keys, however many are asked for at once, and another when one is revoked', async () => {
    const customer = await newCustomer()
    const { create, list, revoke } = manageKeys.open()
    const ask = () => create(customer, 'a program', now)
    const heard = await outcomes(Array.from({ length: 25 }, ask))
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

  test('a key opens its owner’s account until it is revoked, and nothing after', async () => {
    const customer = await newCustomer()
    const { create, revoke } = manageKeys.open()
    const { key, secret } = await create(customer, 'a program', now)
    expect(await findKeys.open().owner(hashKey(secret))).toMatchObject({ customerId: customer, keyId: key.keyId })
    await revoke(customer, key.keyId, now)
    expect(await findKeys.open().owner(hashKey(secret))).toBeUndefined()
  })
})
