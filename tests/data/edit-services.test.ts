import { createHash, randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { ServiceChange } from '../../core/catalogue/edit.ts'
import { exchange, parity } from '../../core/catalogue/exchange.ts'
import { type ProviderId, providerId, providerServiceId, type ServiceId, serviceId } from '../../core/ids.ts'
import { rate } from '../../core/money.ts'
import { findOrAddCategories, keepCategories, readCategories } from '../../data/categories.ts'
import { closeProviders } from '../../data/close-providers.ts'
import { addServices, type Edit, editServices, previewServices } from '../../data/edit-services.ts'
import { addProviders, readProviders } from '../../data/providers.ts'
import { getServices, serviceAsItem } from '../../data/services.ts'
import { newTaskId } from '../../data/tasks.ts'
import { addService } from '../../functions/admin/add-service.ts'
import { aService } from '../fixtures/service.ts'
import { all, now, outcomes, sell, staff, write } from './people.ts'
import { onEachTable } from './tables.ts'

const record = (on = 'services') => ({ by: staff, action: 'admin.edit-services', on, why: 'a reason' })
const raise: ServiceChange = { rate: { how: 'percent', basisPoints: 1_000, step: 1n } }
const edit = (change = raise, editId: string = randomUUID()): Edit => ({ editId, change, by: staff })
const preview = (wanted: Edit, ids: readonly ServiceId[]) => previewServices.open().preview(wanted, { ids }, now)
const apply = (wanted: Edit, part: Parameters<ReturnType<typeof editServices.open>['apply']>[1]) =>
  editServices.open().apply(wanted, part, record(), now)

/** So many services, each at 1.00. */
async function shelf(count: number): Promise<ServiceId[]> {
  const services = await Promise.all(Array.from({ length: count }, () => sell()))
  return services.map(({ serviceId }) => serviceId)
}
const ratesOf = async (ids: readonly ServiceId[]) => (await getServices(ids)).map(({ rate }) => rate)

onEachTable(() => {
  describe('an edit of many', () => {
    test('does what its preview said, once, and says so on record', async () => {
      const ids = await shelf(100)
      const wanted = edit()
      const seen = await preview(wanted, ids)
      expect(seen.changed).toHaveLength(100)
      expect(seen.changed[0]).toMatchObject({ before: { rate: '1.00', byHand: '' }, after: { rate: '1.10', byHand: 'rate' } })
      for (const part of seen.parts) expect(await apply(wanted, part)).toBe(part.ids.length)
      expect(new Set(await ratesOf(ids))).toEqual(new Set([1_100_000n]))
      const records = (await all(`AUDITED#${now.toISOString().slice(0, 10)}`)).filter(
        ({ action }) => action === 'admin.edit-services',
      )
      const first = `service ${ids[0]}`
      expect(records.filter(({ before }) => Object(before)[first])).toMatchObject([
        {
          why: 'a reason',
          on: '90 services',
          before: { [first]: 'rate 1.00, byHand ' },
          after: { [first]: 'rate 1.10, byHand rate' },
        },
      ])
    }, 60_000)

    test('asked for again goes on where it stopped: what was raised is not raised twice', async () => {
      const ids = await shelf(100)
      const wanted = edit()
      const { parts } = await preview(wanted, ids)
      const [part] = parts
      if (!part) throw new Error('no part')
      await apply(wanted, part)
      // The answer was lost, and the last third had not been written.
      const unwritten = (await getServices(ids)).slice(60)
      for (const service of unwritten)
        await write(serviceAsItem({ ...service, rate: rate(1_000_000n), revision: 0, lastEdit: undefined }))
      expect(await apply(wanted, part)).toBe(100)
      expect(new Set(await ratesOf(ids))).toEqual(new Set([1_100_000n]))
      expect(await preview(wanted, ids)).toMatchObject({ done: 100, changed: [], parts: [] })
    }, 60_000)

    test('is refused when a service changed since the preview, and that service is left alone', async () => {
      const ids = await shelf(3)
      const [mine, theirs] = [edit(), edit({ rate: { how: 'set', to: rate(9_000_000n), step: 1n } })]
      const [seen, other] = [await preview(mine, ids), await preview(theirs, ids.slice(1, 2))]
      for (const part of other.parts) await apply(theirs, part)
      for (const part of seen.parts) await expect(apply(mine, part)).rejects.toMatchObject({ code: 'changed-meanwhile' })
      expect(await ratesOf(ids)).toEqual([1_000_000n, 9_000_000n, 1_000_000n])
    })

    test('does only what its preview was of', async () => {
      const ids = await shelf(2)
      const wanted = edit()
      const { parts } = await preview(wanted, ids)
      const [part] = parts
      if (!part) throw new Error('no part')
      const other = { ...wanted, change: { rate: { how: 'percent' as const, basisPoints: 90_000, step: 1n } } }
      await expect(apply(other, part)).rejects.toMatchObject({ code: 'changed-meanwhile' })
      await expect(apply(wanted, { ...part, ids: ids.slice(0, 1) })).rejects.toMatchObject({ code: 'changed-meanwhile' })
      await expect(apply(wanted, { ...part, digest: 'x' })).rejects.toMatchObject({ code: 'changed-meanwhile' })
    })

    test('of two editors at once over the same services, one wins every service and the other is told', async () => {
      const ids = await shelf(5)
      const edits = [edit(), edit({ rate: { how: 'percent', basisPoints: 2_000, step: 1n } })]
      const previews = await Promise.all(edits.map((one) => preview(one, ids)))
      const heard = await outcomes(edits.flatMap((one, index) => (previews[index]?.parts ?? []).map((part) => apply(one, part))))
      expect(heard).toEqual({ done: 1, 'changed-meanwhile': 1 })
      expect(new Set(await ratesOf(ids)).size).toBe(1)
    })

    test('two clicks on Apply are one edit', async () => {
      const ids = await shelf(5)
      const wanted = edit()
      const { parts } = await preview(wanted, ids)
      const [part] = parts
      if (!part) throw new Error('no part')
      await Promise.allSettled([apply(wanted, part), apply(wanted, part), apply(wanted, part)])
      expect(await apply(wanted, part)).toBe(5)
      expect(new Set(await ratesOf(ids))).toEqual(new Set([1_100_000n]))
    })

    test('leaves alone what it may not change, and says why', async () => {
      const ids = await shelf(2)
      const dear = await sell({ source: { ...(await sell()).source, cost: rate(990_000n) } })
      const wanted = edit({ rate: { how: 'percent', basisPoints: -1_000, step: 1n } })
      const seen = await preview(wanted, [...ids, dear.serviceId])
      expect(seen.refused.map(({ seen: { serviceId }, problems }) => [serviceId, problems])).toEqual([
        [dear.serviceId, ['below-cost']],
      ])
      for (const part of seen.parts) await apply(wanted, part)
      expect(await ratesOf([...ids, dear.serviceId])).toEqual([900_000n, 900_000n, 1_000_000n])
    })

    test('refuses a part that was made up around what its preview refused, and changes none of it', async () => {
      const ids = await shelf(2)
      const dear = await sell({ source: { ...(await sell()).source, cost: rate(990_000n) } })
      const made = (wanted: Edit, of: readonly ServiceId[]) => {
        const hash = (value: unknown) =>
          createHash('sha256')
            .update(JSON.stringify(value, (_, part: unknown) => (typeof part === 'bigint' ? String(part) : part)))
            .digest('base64url')
        const mark = hash([wanted.editId, wanted.change]).slice(0, 22)
        return { ids: of, digest: hash([mark, of.map((id) => [id, 0])]) }
      }
      const refused = async (change: ServiceChange, of: readonly ServiceId[], reason: string) => {
        const wanted = edit(change)
        await expect(apply(wanted, made(wanted, of)), reason).rejects.toMatchObject({
          code: 'change-refused',
          detail: { reasons: [reason] },
        })
      }
      const cheaper: ServiceChange = { rate: { how: 'percent', basisPoints: -1_000, step: 1n } }
      await refused(cheaper, [...ids, dear.serviceId], 'below-cost')
      await refused({ rate: { how: 'set', to: rate(0n), step: 1n } }, ids, 'rate-not-a-price')
      await refused({ rate: { how: 'add', amount: -2_000_000n, step: 1n } }, ids, 'rate-not-a-price')
      await refused({ rate: { how: 'set', to: rate(10n ** 15n), step: 1n } }, ids, 'rate-too-high')
      await refused({ min: 200_000 }, ids, 'bounds-crossed')
      expect((await getServices(ids)).map(({ rate, revision }) => [rate, revision])).toEqual([
        [1_000_000n, 0],
        [1_000_000n, 0],
      ])
      // What is in order is applied under the very same name.
      const wanted = edit(cheaper)
      expect(await apply(wanted, made(wanted, ids))).toBe(2)
    })

    test('remembers that what it put on sale was on sale', async () => {
      const { serviceId } = await sell({ enabled: false, everSold: false })
      const wanted = edit({ enabled: true })
      for (const part of (await preview(wanted, [serviceId])).parts) await apply(wanted, part)
      expect(await getServices([serviceId])).toMatchObject([{ enabled: true, everSold: true, revision: 1 }])
    })
  })

  describe('one service', () => {
    test('is changed as it was seen, by one of ten at once', async () => {
      const { serviceId, revision } = await sell()
      const store = editServices.open()
      const heard = await outcomes(
        Array.from({ length: 10 }, (_, index) => store.one(serviceId, revision, { name: `Name ${index}` }, record(), now)),
      )
      expect(heard).toEqual({ done: 1, 'changed-meanwhile': 9 })
    })
  })

  describe('a service added by hand', () => {
    const newProvider = async (worth = parity) => {
      const key = { cipherText: '', nonce: '', dataKey: '' }
      const id = providerId(randomUUID())
      const provider = {
        providerId: id,
        name: 'Other',
        url: 'https://provider.social/',
        key,
        status: 'active' as const,
        atOnce: 10,
        exchange: worth,
      }
      await addProviders.open().add({ ...provider, createdAt: now }, record())
      return id
    }
    const add = async (id: ProviderId) => {
      const { serviceId: _, ...service } = aService({
        categoryId: await keepCategories.open().add(`By hand ${randomUUID()}`, record(), now),
        source: { providerId: id, providerServiceId: providerServiceId('5') },
      })
      return addServices.open().add(service, record(), now)
    }

    test('is there, once', async () => {
      const id = await newProvider()
      const { serviceId } = await add(id)
      expect(await getServices([serviceId])).toMatchObject([{ source: { providerId: id, providerServiceId: '5' } }])
      await expect(add(id)).rejects.toMatchObject({ code: 'already-exists' })
    })

    test('keeps what its cost is in its provider’s own currency, for when that is worth something else', async () => {
      const id = await newProvider(exchange(2_000_000_000n))
      const { serviceId: number } = (await addService.run({
        caller: { staffId: staff },
        body: addService.body?.parse({
          providerId: id,
          providerServiceId: '5',
          name: 'Followers',
          categoryId: await keepCategories.open().add(`By hand ${randomUUID()}`, record(), now),
          type: 'Default',
          cost: '0.50',
          rate: '1.00',
          min: 1,
          max: 10,
          memo: 'for a test',
        }),
        uses: { services: addServices.open(), providers: readProviders.open() },
        now,
      } as unknown as Parameters<typeof addService.run>[0])) as { serviceId: number }
      expect(await getServices([serviceId(number)])).toMatchObject([{ source: { cost: 500_000n, quoted: 250_000n } }])
    })

    test('is not of a provider that is being deleted, or that is gone: nobody would take it out of sale', async () => {
      const id = await newProvider()
      const task = { taskId: newTaskId(now), providerId: id, kind: 'close' as const, by: staff }
      await closeProviders.open().close(task, record(), now)
      await expect(add(id)).rejects.toMatchObject({ code: 'provider-not-found' })
      await expect(add(providerId(randomUUID()))).rejects.toMatchObject({ code: 'provider-not-found' })
    })
  })

  describe('categories', () => {
    const store = keepCategories.open()
    const names = async (wanted: readonly string[]) =>
      (await readCategories.open().all()).map(({ name }) => name).filter((name) => wanted.includes(name))
    const add = (name: string) => store.add(name, record(), now)

    test('are kept in the order they are put in, however often', async () => {
      const [a, b, c] = [await add(`A ${randomUUID()}`), await add(`B ${randomUUID()}`), await add(`C ${randomUUID()}`)]
      const called = (await readCategories.open().all()).filter(({ categoryId }) => [a, b, c].includes(categoryId))
      const order = async () => (await names(called.map(({ name }) => name))).map((name) => name[0]).join('')
      expect(await order()).toBe('ABC')
      await store.place(c, undefined, record(), now)
      expect(await order()).toBe('CAB')
      // Into the same gap until there is no room left in a number.
      for (let move = 0; move < 60; move++) await store.place(move % 2 === 0 ? b : a, c, record(), now)
      expect(await order()).toBe('CAB')
    }, 60_000)

    test('are found again by an import under the name they were made for, whatever they are called now', async () => {
      const name = `Provider’s ${randomUUID()}`
      const first = (await findOrAddCategories.open().findOrAdd([name])).get(name)
      if (!first) throw new Error('no category')
      await store.rename(first, `Ours ${randomUUID()}`, record(), now)
      expect((await findOrAddCategories.open().findOrAdd([name, `${name} `])).get(name)).toBe(first)
      // And whoever wants that name for another one gets another one.
      expect(await add(name)).not.toBe(first)
    })

    test('bear no name twice', async () => {
      const name = `Once ${randomUUID()}`
      await add(name)
      await expect(add(` ${name.toUpperCase()}`)).rejects.toMatchObject({ code: 'already-exists' })
      const other = await add(`Other ${randomUUID()}`)
      await expect(store.rename(other, name, record(), now)).rejects.toMatchObject({ code: 'already-exists' })
    })

    test('are deleted when nothing is under them, and not while something is being put there', async () => {
      const [full, empty] = [await add(`Full ${randomUUID()}`), await add(`Empty ${randomUUID()}`)]
      const { serviceId } = await sell({ categoryId: full })
      await expect(store.remove(full, record(), now)).rejects.toMatchObject({ code: 'category-not-empty' })
      await store.remove(empty, record(), now)
      await expect(editServices.open().one(serviceId, 0, { categoryId: empty }, record(), now)).rejects.toMatchObject({
        code: 'category-not-found',
      })
      for (let round = 0; round < 5; round++) {
        const wanted = await add(`Wanted ${randomUUID()}`)
        const moved = await sell()
        await Promise.allSettled([
          store.remove(wanted, record(), now),
          editServices.open().one(moved.serviceId, 0, { categoryId: wanted }, record(), now),
        ])
        const there = (await readCategories.open().all()).some(({ categoryId }) => categoryId === wanted)
        const [service] = await getServices([moved.serviceId])
        expect(service?.categoryId === wanted).toBe(there)
      }
    }, 60_000)
  })
})
