import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type CustomerId, customerId, orderId, providerId, ticketId } from '../../core/ids.ts'
import { money } from '../../core/money.ts'
import { erasureSteps, kindsWith } from '../../core/privacy/erasing.ts'
import { dayOf, epochSeconds, later } from '../../core/time.ts'
import { keepAudit } from '../../data/audit.ts'
import { readCustomers, suspendAccounts } from '../../data/customers.ts'
import { knownErrorTexts } from '../../data/error-texts.ts'
import { keys } from '../../data/keys.ts'
import { manageKeys } from '../../data/manage-keys.ts'
import { addNotes } from '../../data/notes.ts'
import { closeAccounts, closeForCustomers, decideErasures, keepAccounts, readClosures } from '../../data/privacy/closures.ts'
import { eraseAccounts } from '../../data/privacy/erase-accounts.ts'
import { readHolds, setHolds } from '../../data/privacy/holds.ts'
import { useTable } from '../../data/table.ts'
import { verifyAudit } from '../../data/verify-audit.ts'
import { type EraseUses, eraseOn } from '../../functions/workers/erase-accounts.ts'
import { newLocalTable } from './local-table.ts'
import { all, audit, credit, entriesOf, expectBooks, newCustomer, now, ordersOf, outcomes, place, sell, write } from './people.ts'

const periods = { closedAccountDays: 14, transactionRecordYears: 7 }
const afterGrace = later(now, 15 * 86_400)

let local: Awaited<ReturnType<typeof newLocalTable>>
beforeAll(async () => {
  local = await newLocalTable()
  useTable(local)
})
afterAll(() => {
  useTable(undefined)
  local.stop()
})

/** What the eraser finds outside the table; `dies` is asked before each step, and may throw. */
function outside(dies: () => void = () => undefined) {
  const noted: string[] = []
  const done: string[] = []
  const accounts = eraseAccounts.open()
  const dying = <A extends readonly unknown[], R>(run: (...args: A) => Promise<R>) => {
    return async (...args: A): Promise<R> => {
      dies()
      const answer = await run(...args)
      dies()
      return answer
    }
  }
  const uses: EraseUses = {
    accounts: {
      ...accounts,
      page: dying(accounts.page),
      goOn: dying(accounts.goOn),
      takeBalance: dying(accounts.takeBalance),
      dayOfTrail: dying(accounts.dayOfTrail),
    },
    holds: readHolds.open(),
    notes: { note: dying(async ({ customerId }) => void noted.push(customerId)) },
    identities: { erase: dying(async (customer) => void done.push(`identity ${customer}`)) },
    files: { list: async () => [], erase: dying(async (customer) => done.push(`files ${customer}`)) },
    more: { send: async () => undefined },
  }
  return { uses, noted, done }
}

const words = 'canary words'
const link = 'https://social.example.com/canary-link'

/** A customer with orders that are over, words of staff, a key, and a balance. */
async function somebody(): Promise<CustomerId> {
  const customer = await newCustomer()
  await credit(customer, 9_000_000n, { memo: words })
  const service = await sell({ rate: money(1_000_000n) } as object)
  for (let count = 0; count < 3; count++) {
    const order = await place(customer, service.serviceId, { ask: { link, quantity: 1_000 } })
    const item = (await ordersOf(customer)).find((one) => one['orderId'] === order.orderId)
    await write({ ...item, state: 'completed', said: words })
  }
  await manageKeys.open().create(customer, { name: words, scope: 'all', addresses: [] }, now)
  await addNotes.open().add(customer, { at: now, by: audit.by, text: words }, 'request-1', { ...audit, on: `customer ${customer}` })
  const [order] = await ordersOf(customer)
  await keepAudit.open().record({ ...audit, on: `order ${order?.['orderId']}`, why: words }, now)
  await keepAudit.open().record({ ...audit, on: `customer ${customer}`, why: words }, now)
  await keepAudit.open().record({ ...audit, on: `signal 2026-11-22 bad-keys ${customer}`, why: words }, now)
  return customer
}

const available = async (customer: CustomerId) => (await expectBooks(customer)).available
async function close(customer: CustomerId) {
  const account = await readCustomers.open().own(customer)
  return closeAccounts.open().close(account, await available(customer), periods, now)
}

/** Everything that lies under the customer's name, and says anything. */
async function saying(customer: CustomerId): Promise<string[]> {
  const kinds = kindsWith(({ found }) => found === 'by owner')
  const items = (await Promise.all(kinds.map((kind) => all(`${kind}#${customer}`)))).flat()
  const trail = (await all('AUDITED#2026-11-22')).filter((item) => item['expiresAt'] === undefined)
  return [...items, ...trail.filter((item) => JSON.stringify(item, asText).includes(customer) || item['why'] === words)]
    .filter((item) => /canary/.test(JSON.stringify(item, asText)))
    .map((item) => String(item['pk']).split('#')[0] ?? '')
}
const asText = (_: string, value: unknown) => (typeof value === 'bigint' ? String(value) : value)

describe('P-RET-2: closing an account', () => {
  test('is refused while an order is open, and for another balance than the one that is given up', async () => {
    const customer = await newCustomer(5_000_000n)
    const account = await readCustomers.open().own(customer)
    const service = await sell({ rate: money(1_000_000n) } as object)
    await place(customer, service.serviceId)
    const closing = (balance: bigint) => closeAccounts.open().close(account, money(balance), periods, now)
    expect(await outcomes([closing(4_000_000n)])).toEqual({ 'closure-obstructed': 1 })
    const [order] = await ordersOf(customer)
    await write({ ...order, state: 'completed' })
    expect(await outcomes([closing(0n)])).toEqual({ 'balance-not-given-up': 1 })
    expect((await closing(await available(customer))).state).toBe('grace')
  })

  test('stops orders at once; two that close it are one closing; who keeps it has it as it was', async () => {
    const customer = await newCustomer(5_000_000n)
    const service = await sell({ rate: money(1_000_000n) } as object)
    const [one, other] = await Promise.all([close(customer), close(customer)])
    expect(one).toEqual(other)
    expect(await outcomes([place(customer, service.serviceId)])).toEqual({ 'account-suspended': 1 })
    await keepAccounts.open().keep(customer)
    expect((await readCustomers.open().own(customer)).status).toBe('active')
    expect(await readClosures.open().get(customer)).toBeUndefined()
    await place(customer, service.serviceId)
    expect(await available(customer)).toBe(4_000_000n)
  })
})

describe('P-RET-2: erasing it', () => {
  test('leaves nothing that anybody said, and the books still add up', async () => {
    const customer = await somebody()
    await close(customer)
    expect(new Set(await saying(customer))).toEqual(new Set(['ENTRY', 'ORDER', 'KEYS', 'CUSTOMER-NOTE', 'AUDITED']))
    const { uses, noted, done } = outside()
    // Not before its time.
    await eraseOn(customer, uses, () => later(now, 13 * 86_400))
    expect((await readClosures.open().get(customer))?.state).toBe('grace')
    expect(await eraseOn(customer, uses, () => afterGrace)).toBe(true)
    expect(await saying(customer)).toEqual([])
    expect(noted).toEqual([customer])
    expect(done).toEqual([`identity ${customer}`, `files ${customer}`])
    expect(await readCustomers.open().get(customer)).toBeUndefined()
    expect((await all(`KEYS#${customer}`)).length).toBe(0)
    // What stays, stays until its own day.
    const until = epochSeconds(later(now, (14 + 2_557) * 86_400))
    const stays = [...(await ordersOf(customer)), ...(await all(`ENTRY#${customer}`)).filter(({ kind }) => kind !== 'given-up')]
    expect(stays.length).toBe(7)
    for (const item of stays) expect(Number(item['expiresAt'])).toBe(until)
    expect((await entriesOf(customer)).map(({ kind }) => kind).filter((kind) => kind === 'given-up')).toHaveLength(1)
    expect(await available(customer)).toBe(0n)
  })

  test('what a provider said of an order goes, though the order has forgotten it; what it said of others stays', async () => {
    const [customer, other] = [await somebody(), await somebody()]
    const [[order], [others]] = [await ordersOf(customer), await ordersOf(other)]
    const texts = knownErrorTexts.open()
    for (const provider of ['p', 'q', 'former'].map(providerId)) {
      await write({ pk: provider === 'former' ? 'FORMER-PROVIDER' : 'PROVIDER', sk: provider })
      await texts.note({ orderId: orderId(Number(order?.['orderId'])), providerId: provider }, `${words} of ${link}`, now)
      await texts.note({ orderId: orderId(Number(others?.['orderId'])), providerId: provider }, 'words of another', now)
    }
    await close(customer)
    expect(await eraseOn(customer, outside().uses, () => afterGrace)).toBe(true)
    for (const provider of ['p', 'q', 'former'])
      expect((await all(`ERROR-TEXT#${provider}`)).map(({ said }) => said)).toEqual(['words of another'])
  })

  test('the trail still holds, and says itself what was taken out of it', async () => {
    const { broken, erased } = await verifyAudit(afterGrace)
    expect(broken).toEqual([])
    expect(erased).toBeGreaterThan(2)
  })

  test('goes on wherever it was cut off, and does nothing twice', async () => {
    const customer = await somebody()
    await close(customer)
    let died = 0
    for (let run = 0; run < 400; run++) {
      let left = 1 + (run % 5)
      const { uses } = outside(() => {
        if (left-- > 0) return
        died++
        throw new Error('killed')
      })
      const ended = await eraseOn(customer, uses, () => afterGrace).then(
        () => true,
        () => false,
      )
      if (ended) break
    }
    expect(died).toBeGreaterThan(erasureSteps.length)
    expect(await saying(customer)).toEqual([])
    expect((await entriesOf(customer)).filter(({ kind }) => kind === 'given-up')).toHaveLength(1)
    expect(await available(customer)).toBe(0n)
    expect((await verifyAudit(afterGrace)).broken).toEqual([])
  })

  test('P-USE-4: what an authority was given outlasts the account in the trail, for as long as its transaction records', async () => {
    const customer = await somebody()
    const after = { authority: 'A court', legalBasis: 'An article', sha256: 'abc' }
    await keepAudit.open().record({ ...audit, action: 'admin.make-disclosure', on: `customer ${customer}`, after }, now)
    await close(customer)
    await eraseOn(customer, outside().uses, () => afterGrace)
    // The trail never goes back: what was said after another test’s erasure stands under its day.
    const trail = await Promise.all([now, afterGrace].map((at) => all(`AUDITED#${dayOf(at)}`)))
    const about = trail.flat().filter(({ on }) => on === `customer ${customer}`)
    const staying = about.filter(({ expiresAt }) => Number(expiresAt) > epochSeconds(afterGrace))
    expect(staying).toMatchObject([{ action: 'admin.make-disclosure', after }])
    expect(Number(staying[0]?.['expiresAt'])).toBe(epochSeconds(later(now, (14 + 2_557) * 86_400)))
    expect(about.length).toBeGreaterThan(1)
  })

  test('a legal hold is for an account that is, or was: not for a number that is nobody’s', async () => {
    const hold = { ...audit, why: 'a court asks' }
    await expect(setHolds.open().set(customerId('nobody'), hold, now)).rejects.toThrow('customer-not-found')
    expect(await readHolds.open().get(customerId('nobody'))).toBeUndefined()
  })

  test('a legal hold keeps sign-ins and ended keys of an open account for as long as it lasts', async () => {
    const customer = await newCustomer()
    const soon = epochSeconds(later(now, 86_400))
    for (const pk of [`SIGN-IN#${customer}`, `KEYS#${customer}`]) await write({ pk, sk: 'one', expiresAt: soon })
    const { uses } = outside()
    const expire = async () =>
      (await Promise.all([all(`SIGN-IN#${customer}`), all(`KEYS#${customer}`)])).flat().map((item) => item['expiresAt'])
    expect(await eraseOn(customer, uses, () => now)).toBe(true)
    expect(await expire()).toEqual([soon, soon])
    await setHolds.open().set(customer, { ...audit, why: 'a court asks' }, now)
    expect(await eraseOn(customer, uses, () => now)).toBe(true)
    const held = epochSeconds(later(now, 100 * 86_400))
    expect(await expire()).toEqual([held, held])
    const longAfter = later(now, 80 * 86_400)
    await eraseOn(customer, uses, () => longAfter)
    expect(await expire()).toEqual(Array(2).fill(epochSeconds(later(longAfter, 100 * 86_400))))
  })

  test('a legal hold stops it at any step, and afterwards stops what was to expire; lifted, both go on', async () => {
    const customer = await somebody()
    await close(customer)
    let steps = 0
    const { uses } = outside(() => {
      if (++steps > 9) throw new Error('killed')
    })
    await eraseOn(customer, uses, () => afterGrace).catch(() => undefined)
    const reached = (await readClosures.open().get(customer))?.step
    const hold = { ...audit, why: 'a court asks' }
    await setHolds.open().set(customer, hold, now)
    await eraseOn(customer, outside().uses, () => afterGrace)
    expect((await readClosures.open().get(customer))?.step).toBe(reached)
    expect((await all(`KEYS#${customer}`)).length + (await all(`CUSTOMER#${customer}`)).length).toBeGreaterThan(0)
    await setHolds.open().lift(customer, audit, now)
    await eraseOn(customer, outside().uses, () => afterGrace)
    expect(await saying(customer)).toEqual([])

    await setHolds.open().set(customer, hold, now)
    await eraseOn(customer, outside().uses, () => afterGrace)
    const clocks = async () => (await ordersOf(customer)).map((order) => order['expiresAt'] !== undefined)
    expect(await clocks()).toEqual([false, false, false])
    await setHolds.open().lift(customer, audit, now)
    await eraseOn(customer, outside().uses, () => afterGrace)
    expect(await clocks()).toEqual([true, true, true])
    expect(await readHolds.open().get(customer)).toBeUndefined()
  })

  test('is done again after a restore', async () => {
    const customer = await somebody()
    const account = await all(`CUSTOMER#${customer}`)
    const orders = await ordersOf(customer)
    await close(customer)
    await eraseOn(customer, outside().uses, () => afterGrace)
    // The table as it was before.
    const { db, name: TableName } = local
    const { DeleteCommand } = await import('@aws-sdk/lib-dynamodb')
    await db.send(new DeleteCommand({ TableName, Key: keys.erasedAccount(customer) }))
    for (const item of [...account, ...orders]) await write(item)
    expect((await saying(customer)).length).toBeGreaterThan(0)
    await eraseAccounts.open().replay({ customerId: customer, recordsUntil: later(now, 100 * 86_400) }, afterGrace)
    await eraseOn(customer, outside().uses, () => afterGrace)
    expect(await saying(customer)).toEqual([])
    // Once more changes nothing.
    await eraseAccounts.open().replay({ customerId: customer, recordsUntil: later(now, 100 * 86_400) }, afterGrace)
    expect(await readClosures.open().get(customer)).toBeUndefined()
  })

  test('waits while money that nobody gave up has come in', async () => {
    const customer = await newCustomer(1_000_000n)
    await close(customer)
    await credit(customer, 1_000_000n)
    await eraseOn(customer, outside().uses, () => afterGrace)
    const closure = await readClosures.open().get(customer)
    expect([closure?.state, closure?.waitsFor]).toEqual(['grace', 'balance-changed'])
    expect(await available(customer)).toBe(2_000_000n)
  })
})

describe('P-USE-3, P-RET-2: closing a suspended account', () => {
  const hers = { by: audit.by, action: 'admin.set-customer-status', on: 'customer' }
  async function suspended(): Promise<CustomerId> {
    const customer = await somebody()
    await suspendAccounts.open().setStatus(customer, 'suspended', hers, now, 'fraud')
    return customer
  }

  test('gives nothing out and takes nothing away before staff have decided, however late; then it is erased', async () => {
    const customer = await suspended()
    const before = await available(customer)
    await close(customer)
    expect(await available(customer)).toBe(before)
    const { uses, done } = outside()
    await eraseOn(customer, uses, () => afterGrace)
    expect(await readClosures.open().get(customer)).toMatchObject({ state: 'grace', waitsFor: 'staff' })
    expect(new Set(await saying(customer))).toContain('ORDER')
    expect(done).toEqual([])
    await decideErasures.open().let(customer, { ...hers, action: 'admin.let-erase' }, afterGrace)
    expect(await outcomes([decideErasures.open().let(customer, hers, afterGrace)])).toEqual({ 'erasure-not-waiting': 1 })
    expect(await eraseOn(customer, uses, () => afterGrace)).toBe(true)
    expect(await saying(customer)).toEqual([])
  })

  test('is no way out of the suspension: kept again, it is suspended as before', async () => {
    const customer = await suspended()
    const service = await sell({ rate: money(1_000_000n) } as object)
    await close(customer)
    await keepAccounts.open().keep(customer)
    expect(await readCustomers.open().own(customer)).toMatchObject({ status: 'suspended', suspension: { reason: 'fraud' } })
    expect(await outcomes([place(customer, service.serviceId)])).toEqual({ 'account-suspended': 1 })
  })

  test('by staff, whom its customer asked, waits for nobody: it is on record, and in no ticket but the customer’s own', async () => {
    const customer = await suspended()
    const account = await readCustomers.open().own(customer)
    const record = { by: audit.by, action: 'admin.close-account', on: `customer ${customer}`, why: 'asked for by a letter' }
    const closing = (ticket?: number) =>
      closeForCustomers
        .open()
        .close(
          account,
          givesUp,
          periods,
          { audit: record, ...(ticket ? { ticket: { ticketId: ticketId(ticket), note: 'x' } } : {}) },
          now,
        )
    const givesUp = money(await available(customer))
    expect(await outcomes([closing(4_711)])).toEqual({ 'ticket-not-found': 1 })
    expect((await closing()).awaitsStaff).toBeUndefined()
    const { uses } = outside()
    expect(await eraseOn(customer, uses, () => afterGrace)).toBe(true)
    expect(await saying(customer)).toEqual([])
  })
})
