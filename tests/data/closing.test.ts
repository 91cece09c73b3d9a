import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, test } from 'vitest'
import { type CustomerId, sessionId } from '../../core/ids.ts'
import { later } from '../../core/time.ts'
import { readCustomers } from '../../data/customers.ts'
import { keys } from '../../data/keys.ts'
import { manageKeys, readKeys } from '../../data/manage-keys.ts'
import { readClosures } from '../../data/privacy/closures.ts'
import { keepCustomerSessions, readSessions } from '../../data/sessions.ts'
import type { Change } from '../../data/stream.ts'
import { useTable } from '../../data/table.ts'
import { closeAccount } from '../../functions/customer/close-account.ts'
import { keepAccount } from '../../functions/customer/keep-account.ts'
import { opened } from '../../functions/kit/opened.ts'
import { relay } from '../../functions/workers/relay.ts'
import { all, newCustomer, now } from './people.ts'
import { inMemory } from './tables.ts'

beforeEach(() => useTable(inMemory()))

const mine = sessionId('mine')
const signIn = (customer: CustomerId, session = mine) =>
  keepCustomerSessions.open().begin(customer, { sessionId: session, address: '203.0.113.7', browser: 'Firefox', beganAt: now })
const newKey = (customer: CustomerId) => manageKeys.open().create(customer, { name: 'shop', scope: 'all', addresses: [] }, now)

type Close = Parameters<typeof closeAccount.run>[0]
type Keep = Parameters<typeof keepAccount.run>[0]
const asked = (customer: CustomerId, session = mine) => ({
  caller: { customerId: customer, sessionId: session },
  now,
  viewer: { address: '203.0.113.7', browser: 'Firefox' },
  cookies: { get: () => undefined, set: () => undefined, drop: () => undefined },
})
const close = (customer: CustomerId, over: Partial<Close['uses']> = {}) => {
  const uses = { ...opened(closeAccount.uses)(), proofs: { prove: async () => 'off' as const }, ...over }
  return closeAccount.run({ ...asked(customer), body: { password: 'right', givesUp: '0' }, uses } as unknown as Close)
}
const cutOff = async (): Promise<never> => {
  throw new Error('cut off')
}

/** What the relay mails when the table's stream tells it of these. */
async function mailsOf(changes: readonly Partial<Change>[]): Promise<unknown[]> {
  const sent: unknown[] = []
  const queue = { send: async () => undefined }
  const mail = { send: async (messages: readonly unknown[]) => void sent.push(...messages) }
  const others = Object.fromEntries(Object.keys(relay.uses).map((name) => [name, { ...queue, tell: async () => undefined }]))
  await relay.run({ changes, uses: { ...others, mail } } as unknown as Parameters<typeof relay.run>[0])
  return sent
}
const added = async (customer: CustomerId): Promise<Partial<Change>> => {
  const item = (await all('CLOSURE')).find(({ sk }) => sk === customer)
  return { ...keys.closure(customer), kind: 'added', item }
}

describe('an account that is closed', () => {
  test('P-USE-2: is told by mail, also where the closing was cut off right after it took effect; once erased again after a restore it is not', async () => {
    const customer = await newCustomer()
    await newKey(customer)
    const { listed } = opened(closeAccount.uses)()
    await expect(close(customer, { listed: { ...listed, of: cutOff } })).rejects.toThrow('cut off')
    const { eraseAt } = (await readClosures.open().get(customer)) ?? {}
    const change = await added(customer)
    expect(await mailsOf([change])).toEqual([{ template: 'account-closed', to: customer, at: eraseAt?.toISOString() }])
    expect(await mailsOf([{ ...change, item: { ...change.item, state: 'erasing' } }])).toEqual([])
  })

  test('is finished by the next try: its keys and sessions end, and it is the same closing', async () => {
    const customer = await newCustomer()
    await Promise.all([newKey(customer), newKey(customer), signIn(customer), signIn(customer, sessionId('another'))])
    const { keys: held } = opened(closeAccount.uses)()
    await expect(close(customer, { keys: { ...held, revoke: cutOff } })).rejects.toThrow('cut off')
    expect(await readSessions.open().list(customer, now)).toHaveLength(2)
    const first = await readClosures.open().get(customer)
    expect(await close(customer)).toEqual({ eraseAt: first?.eraseAt.toISOString() })
    expect(await readClosures.open().get(customer)).toEqual(first)
    expect((await readKeys.open().of(customer, now)).every(({ revokedAt }) => revokedAt !== undefined)).toBe(true)
    expect(await readSessions.open().list(customer, now)).toEqual([])
  })

  test('by two at once is closed once, and both hear when it is erased', async () => {
    const customer = await newCustomer()
    const [one, other] = await Promise.all([close(customer), close(customer)])
    expect(one).toEqual(other)
    expect((await readCustomers.open().own(customer)).status).toBe('closed')
  })

  test('and kept: nothing that was signed in before goes on, though the closing was cut off before it ended that', async () => {
    const customer = await newCustomer()
    await Promise.all([newKey(customer), signIn(customer, sessionId('thief'))])
    const { listed } = opened(closeAccount.uses)()
    await expect(close(customer, { listed: { ...listed, of: cutOff } })).rejects.toThrow('cut off')
    const back = sessionId(randomUUID())
    await signIn(customer, back)
    const uses = { ...opened(keepAccount.uses)(), mail: { send: async () => undefined } }
    await keepAccount.run({ ...asked(customer, back), now: later(now, 60), uses } as unknown as Keep)
    expect((await readCustomers.open().own(customer)).status).toBe('active')
    expect((await readSessions.open().list(customer, now)).map((session) => session.sessionId)).toEqual([back])
    expect((await readKeys.open().of(customer, now)).every(({ revokedAt }) => revokedAt !== undefined)).toBe(true)
  })
})
