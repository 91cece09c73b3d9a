import { randomUUID } from 'node:crypto'
import { DeleteCommand } from '@aws-sdk/lib-dynamodb'
import { describe, expect, test } from 'vitest'
import { unknownAttributes } from '../../core/privacy/inventory.ts'
import { keepAudit, readHead, transactAudited } from '../../data/audit.ts'
import { keys } from '../../data/keys.ts'
import { readAudit } from '../../data/read-audit.ts'
import { table } from '../../data/table.ts'
import { append } from '../../data/transact.ts'
import { verifyAudit } from '../../data/verify-audit.ts'
import { all, audit, now, write } from './people.ts'
import { onEachTable } from './tables.ts'

/** After everything that is written here. */
const then = new Date('2026-12-02T00:00:00.000Z')

onEachTable(() => {
  test('what is written with a record is written whole, or nothing of it and no record', async () => {
    const item = { ...keys.counter('services'), nextNumber: 7 }
    expect(await transactAudited(audit, now, { counter: append(item) })).toBeUndefined()
    const { seq } = await readHead()
    expect(await transactAudited(audit, now, { counter: append(item) })).toBe('counter')
    expect((await readHead()).seq).toBe(seq)
  })

  test('thirty looks at once are thirty links, each on the one before it', async () => {
    const before = await readHead()
    await Promise.all(Array.from({ length: 30 }, (_, look) => keepAudit.open().record({ ...audit, on: `customer ${look}` }, now)))
    const links = (await all('AUDIT#2026-11-22')).filter((link) => Number(link['seq']) > before.seq)
    expect(links.map((link) => link['seq'])).toEqual(Array.from({ length: 30 }, (_, index) => before.seq + 1 + index))
    expect(links.map((link) => link['previous'])).toEqual([before.hash, ...links.slice(0, -1).map((link) => link['hash'])])
    expect((await readHead()).hash).toBe(links.at(-1)?.['hash'])
  })

  test('a trail over several days holds, and every kind of tampering is named where it was done', async () => {
    const tomorrow = new Date('2026-11-24T00:00:01.000Z')
    for (const at of [now, tomorrow, now]) await keepAudit.open().record({ ...audit, after: { role: 'owner' } }, at)
    const { head, broken, links } = await verifyAudit(now)
    expect(broken).toEqual([])
    expect(head.seq).toBe(links)
    const [record = {}] = await all('AUDITED#2026-11-24')
    const [link = {}] = await all('AUDIT#2026-11-24')
    const seq = Number(record['sk'])
    const found = async (item: Record<string, unknown>, back: Record<string, unknown>) => {
      await write(item)
      const said = (await verifyAudit(now)).broken.map(({ seq, what }) => `${seq}: ${what}`)
      await write(back)
      return said
    }
    expect(await found({ ...record, on: 'somebody else' }, record)).toEqual([`${seq}: its record was altered`])
    expect(await found({ ...record, after: { role: 'support' } }, record)).toEqual([`${seq}: its record was altered`])
    expect(await found({ ...record, by: 7 }, record)).toEqual([`${seq}: its record was altered`])
    expect(await found({ ...record, at: '2026-11-25T00:00:01.000Z' }, record)).toEqual([`${seq}: its record was altered`])
    expect(await found({ ...link, digest: 'f'.repeat(64) }, link)).toContain(`${seq}: its link was altered`)
    expect(await found({ ...link, previous: 'f'.repeat(64) }, link)).toContain(`${seq}: it does not hang on the one before it`)
    expect((await verifyAudit(now)).broken).toEqual([])
    expect((await verifyAudit(now, { seq: head.seq, hash: head.hash })).broken).toEqual([])
    expect((await verifyAudit(now, { seq: head.seq, hash: 'f'.repeat(64) })).broken).toHaveLength(1)
    expect((await verifyAudit(now, { seq: head.seq + 1, hash: head.hash })).broken).toHaveLength(1)
  })

  test('what was taken out of the trail is missed, and so is its end', async () => {
    for (const on of ['first', 'second', 'third'])
      await keepAudit.open().record({ ...audit, on }, new Date('2026-12-01T00:00:00.000Z'))
    const [first, second, third] = await all('AUDIT#2026-12-01')
    const { db, name: TableName } = table()
    const take = async ({ pk, sk }: Record<string, unknown> = {}) => {
      await db.send(new DeleteCommand({ TableName, Key: { pk, sk } }))
      return (await verifyAudit(now)).broken.map(({ seq, what }) => `${seq - Number(first?.['seq'])}: ${what}`)
    }
    expect(await take({ ...second, pk: 'AUDITED#2026-12-01' })).toEqual(['1: its record is gone'])
    expect(await take(second)).toEqual(['1: it is missing', '2: it does not hang on the one before it'])
    await take(third)
    expect(await take({ ...third, pk: 'AUDITED#2026-12-01' })).toEqual(['1: it is missing', '2: it is missing'])
  })

  describe('P-RET-2: the trail keeps nobody for ever', () => {
    const tenYears = 3_653 * 86_400
    const written = async (on: string, at: Date) => {
      await keepAudit.open().record({ ...audit, on }, at)
      const { seq } = await readHead()
      const [day, sk] = [at.toISOString().slice(0, 10), String(seq).padStart(10, '0')]
      const of = async (kind: string) => (await all(`${kind}#${day}`)).find((item) => item['sk'] === sk) ?? {}
      return { seq, link: await of('AUDIT'), record: await of('AUDITED') }
    }

    test('what is said of people without an account goes after the years of records; of others, with their account', async () => {
      for (const on of [
        'inquiry 7f3a',
        'target instagram.com/alice',
        'address x, 2026-12-01',
        'staff 4',
        'orders for a link',
        'tickets',
      ])
        expect([on, (await written(on, then)).record['expiresAt']]).toEqual([on, then.getTime() / 1_000 + tenYears])
      const signal = `signal 2026-12-01 bad-keys ${randomUUID()}`
      for (const on of ['customer 4', 'customer 4, ticket 7', 'order 23501', 'ticket 7', 'erased account 4', signal])
        expect([on, (await written(on, then)).record['expiresAt']]).toEqual([on, undefined])
    })

    test('the chain holds when a record’s time is over, and misses one that went before it, whatever somebody writes into its link', async () => {
      const at = new Date('2026-12-05T00:00:00.000Z')
      const { seq, link, record } = await written('inquiry 9c1d', at)
      const after = new Date(at.getTime() + (tenYears + 1) * 1_000)
      const said = async (now: Date) => (await verifyAudit(now)).broken.filter((one) => one.seq === seq).map(({ what }) => what)
      // The table has not removed it yet, and it is told of nowhere any more.
      expect(await said(after)).toEqual([])
      const page = async (now: Date) => (await readAudit.open().ofDay('2026-12-05', {}, undefined, 50, now)).records.length
      expect([await page(at), await page(after)]).toEqual([1, 0])
      const { db, name: TableName } = table()
      await db.send(new DeleteCommand({ TableName, Key: { pk: record['pk'], sk: record['sk'] } }))
      expect(await said(after)).toEqual([])
      expect((await verifyAudit(after)).expired).toBeGreaterThan(0)
      expect(await said(at)).toEqual(['its record is gone'])
      await write({ ...link, until: at.toISOString() })
      expect(await said(after)).toContain('its link was altered')
      await write({ ...link, until: undefined })
      expect(await said(after)).toContain('its record is gone')
      await write(link)
      await write(record)
    })

    test('P-COL-6: the inventory knows what is kept of it', async () => {
      const { link, record } = await written('inquiry 1', new Date('2026-12-05T00:00:00.000Z'))
      expect([...unknownAttributes(link), ...unknownAttributes(record)]).toEqual([])
    })
  })
})
