import { expect, test } from 'vitest'
import { available, credit, debit, entriesOf, newCustomer } from './people.ts'
import { onEachTable } from './tables.ts'

onEachTable(() => {
  test('the same credit twice, at once and later, moves the money once (P-USE-1)', async () => {
    const customer = await newCustomer()
    const requestId = 'request-1'
    await Promise.all([credit(customer, 5n, { requestId }), credit(customer, 5n, { requestId })])
    await credit(customer, 5n, { requestId })
    expect(await available(customer)).toBe(5n)
    expect(await entriesOf(customer)).toHaveLength(1)
  })

  test('a request id that was used is refused with another amount, and nothing moves', async () => {
    const customer = await newCustomer()
    await credit(customer, 5n, { requestId: 'request-1' })
    await expect(credit(customer, 900n, { requestId: 'request-1' })).rejects.toMatchObject({ code: 'request-id-reused' })
    expect(await available(customer)).toBe(5n)
    await debit(customer, 2n, { requestId: 'request-1' })
    await expect(debit(customer, 3n, { requestId: 'request-1' })).rejects.toMatchObject({ code: 'request-id-reused' })
    expect(await available(customer)).toBe(3n)
  })

  test('a debit takes what is there and not one unit more', async () => {
    const customer = await newCustomer(10n)
    await expect(debit(customer, 11n)).rejects.toMatchObject({ code: 'insufficient-funds' })
    await debit(customer, 10n)
    expect(await available(customer)).toBe(0n)
  })
})
