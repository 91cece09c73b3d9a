import { describe, expect, test } from 'vitest'
import { policyDocuments } from '../../core/policy/documents.ts'
import { unknownAttributes } from '../../core/privacy/inventory.ts'
import { later } from '../../core/time.ts'
import { acceptPolicies, countAcceptances, readAcceptances } from '../../data/acceptances.ts'
import { bindPolicies } from '../../data/bindings.ts'
import { publishPolicies, readPolicies } from '../../data/policies.ts'
import { settings } from '../../data/settings.ts'
import { all, audit, expectBooks, newCustomer, now, place, sell } from './people.ts'
import { onEachTable } from './tables.ts'

const facts = settings.open()
const first = policyDocuments(facts)
const second = policyDocuments({ ...facts, retention: { ...facts.retention, accessLogDays: 7 } })

onEachTable(() => {
  const { publish } = publishPolicies.open()
  const policies = readPolicies.open()
  const { accept } = acceptPolicies.open()
  const { of } = readAcceptances.open()

  test('a text that is another becomes the next version, with what changed; the same text does not', async () => {
    expect(await Promise.all([publish(first, now), publish(first, now)])).toEqual(expect.arrayContaining([true]))
    expect(await publish(first, later(now, 60))).toBe(false)
    expect(await publish(second, later(now, 120))).toBe(true)
    expect((await policies.all()).map(({ version }) => version)).toEqual([2, 1])
    expect((await policies.text(2))?.changes).toEqual([{ document: 'privacy', heading: 'How long it is kept', kind: 'changed' }])
    expect(JSON.stringify(await policies.text(1))).toContain('30 days')
  })

  test('a former deployment that still runs does not bring its text back; an hour later it is meant', async () => {
    expect(await publish(first, later(now, 180))).toBe(false)
    expect(await publish(first, later(now, 120 + 3_600))).toBe(true)
    expect((await policies.latest())?.version).toBe(3)
  })

  describe('P-RT-4', () => {
    test('what was accepted is on record from registration on, once, however often it is accepted', async () => {
      const customer = await newCustomer()
      await Promise.all([1, 2, 3].map(() => accept(customer, { version: 2, at: later(now, 60) })))
      expect(await of(customer)).toEqual([
        { version: 2, at: later(now, 60) },
        { version: 1, at: now },
      ])
      const counted = await countAcceptances.open().byDay(2)
      expect(counted.reduce((sum, { times }) => sum + times, 0)).toBe(1)
      const items = [...(await all(`ACCEPTANCE#${customer}`)), ...(await all('POLICY')), ...(await all('POLICY-TEXT'))]
      expect(items.flatMap(unknownAttributes)).toEqual([])
    })

    test('where a version is binding nothing is ordered without it from its time on, and it takes no second write to see', async () => {
      const customer = await newCustomer(100_000_000n)
      const { serviceId: service } = await sell()
      const from = later(now, 600)
      await bindPolicies.open().bind({ version: 2, from }, audit, now)
      await place(customer, service)
      const late = { at: later(from, 1) }
      await expect(place(customer, service, late)).rejects.toMatchObject({
        code: 'policy-not-accepted',
        detail: { version: 2 },
      })
      // Whoever asks again for what was placed before hears of it all the same.
      const again = { requestId: 'before-it-was-bound' }
      const placed = await place(customer, service, again)
      expect((await place(customer, service, { ...again, ...late })).orderId).toBe(placed.orderId)
      // Accepting and ordering at once: an order is either refused or placed after the acceptance.
      const raced = await Promise.allSettled([
        ...Array.from({ length: 5 }, () => place(customer, service, late)),
        accept(customer, { version: 2, at: late.at }),
      ])
      for (const one of raced) if (one.status === 'rejected') expect(one.reason).toMatchObject({ code: 'policy-not-accepted' })
      await place(customer, service, late)
      await expectBooks(customer)
    })
  })
})
