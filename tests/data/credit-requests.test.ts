import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { type CustomerId, type StaffId, staffId } from '../../core/ids.ts'
import { money } from '../../core/money.ts'
import { adjustWallets } from '../../data/adjust-wallets.ts'
import { decideCredits, readCreditRequests } from '../../data/credit-requests.ts'
import { available, entriesOf, newCustomer, now, outcomes } from './people.ts'
import { onEachTable } from './tables.ts'

const alone = money(100_000_000n)
const somebody = (): StaffId => staffId(randomUUID())

function credit(customer: CustomerId, amount: bigint, by: StaffId, requestId: string = randomUUID(), at = now) {
  const adjustment = { customer, kind: 'credit', amount: money(amount), memo: 'bank transfer', by, requestId, at } as const
  return adjustWallets.open().adjust(adjustment, alone, auditOf(by))
}
const auditOf = (by: StaffId) => ({ by, action: 'admin.test', on: 'somebody' })

async function agree(customer: CustomerId, requestId: string, by: StaffId): Promise<void> {
  await decideCredits.open().agree(await readCreditRequests.open().get({ customer, requestId }), by, auditOf(by), now)
}
async function decline(customer: CustomerId, requestId: string, by: StaffId): Promise<void> {
  await decideCredits.open().decline(await readCreditRequests.open().get({ customer, requestId }), auditOf(by), now)
}

onEachTable(() => {
  test('a large credit moves nothing until a second person agrees, and then moves once', async () => {
    const [customer, requestId, asking, agreeing] = [await newCustomer(), randomUUID(), somebody(), somebody()]
    expect(await credit(customer, 100_000_001n, asking, requestId)).toBe('waits')
    expect(await credit(customer, 100_000_001n, asking, requestId)).toBe('waits')
    await expect(credit(customer, 100_000_002n, asking, requestId)).rejects.toMatchObject({ code: 'request-id-reused' })
    expect(await available(customer)).toBe(0n)
    await expect(agree(customer, requestId, asking)).rejects.toMatchObject({ code: 'not-on-oneself' })
    expect(await available(customer)).toBe(0n)
    await agree(customer, requestId, agreeing)
    expect(await available(customer)).toBe(100_000_001n)
    expect(await entriesOf(customer)).toMatchObject([{ by: asking, agreedBy: agreeing, memo: 'bank transfer' }])
    // The first click, told again after it was decided.
    expect(await credit(customer, 100_000_001n, asking, requestId)).toBe('moved')
    await expect(agree(customer, requestId, agreeing)).rejects.toMatchObject({ code: 'credit-request-not-found' })
    expect(await available(customer)).toBe(100_000_001n)
  })

  test('a credit that waits is not moved by asking again the next day, by the same person or another, with a share to spare', async () => {
    const [customer, requestId, asking] = [await newCustomer(), randomUUID(), somebody()]
    await credit(customer, 80_000_000n, asking)
    expect(await credit(customer, 40_000_000n, asking, requestId)).toBe('waits')
    const tomorrow = new Date(now.getTime() + 86_400_000)
    expect(await credit(customer, 40_000_000n, asking, requestId, tomorrow)).toBe('waits')
    expect(await credit(customer, 40_000_000n, somebody(), requestId)).toBe('waits')
    expect(await available(customer)).toBe(80_000_000n)
    await agree(customer, requestId, somebody())
    expect(await available(customer)).toBe(120_000_000n)
  })

  test('ten who decide at once, for and against, decide once', async () => {
    const [customer, requestId, asking] = [await newCustomer(), randomUUID(), somebody()]
    await credit(customer, 200_000_000n, asking, requestId)
    const request = await readCreditRequests.open().get({ customer, requestId })
    const decisions = Array.from({ length: 10 }, (_, index) => {
      const by = somebody()
      return index % 2 === 0
        ? decideCredits.open().agree(request, by, auditOf(by), now)
        : decideCredits.open().decline(request, auditOf(by), now)
    })
    expect(await outcomes(decisions)).toEqual({ done: 1, 'credit-request-not-found': 9 })
    expect([0n, 200_000_000n]).toContain(await available(customer))
  })

  test('what was declined stays declined, however often it is asked for under the same number', async () => {
    const [customer, requestId, asking] = [await newCustomer(), randomUUID(), somebody()]
    await credit(customer, 200_000_000n, asking, requestId)
    await decline(customer, requestId, asking)
    await expect(credit(customer, 200_000_000n, asking, requestId)).rejects.toMatchObject({ code: 'request-id-reused' })
    expect(await available(customer)).toBe(0n)
    expect((await readCreditRequests.open().waiting()).filter((request) => request.customer === customer)).toEqual([])
  })

  test('many small credits at once are one large one: what one person credits in a day stays within their share', async () => {
    const asking = somebody()
    const customers = await Promise.all(Array.from({ length: 4 }, () => newCustomer()))
    const told = await Promise.all(
      customers.flatMap((customer) => [30_000_000n, 10_000_000n].map((amount) => credit(customer, amount, asking))),
    )
    const moved = (await Promise.all(customers.map(available))).reduce((sum, one) => sum + one, 0n)
    expect(moved).toBeLessThanOrEqual(alone)
    expect(moved).toBeGreaterThanOrEqual(80_000_000n)
    expect(told.filter((outcome) => outcome === 'waits').length).toBeGreaterThan(0)
    // Somebody else's share is their own, and the next day is another.
    expect(await credit(customers[0]!, 100_000_000n, somebody())).toBe('moved')
  })

  test('a credit for nobody waits for nobody', async () => {
    const ghost = `${await newCustomer()}-ghost` as CustomerId
    await expect(credit(ghost, 200_000_000n, somebody())).rejects.toMatchObject({ code: 'customer-not-found' })
  })
})
