import { DeleteCommand } from '@aws-sdk/lib-dynamodb'
import { expect, test } from 'vitest'
import { keepAudit, readHead, transactAudited } from '../../data/audit.ts'
import { keys } from '../../data/keys.ts'
import { table } from '../../data/table.ts'
import { append } from '../../data/transact.ts'
import { verifyAudit } from '../../data/verify-audit.ts'
import { all, audit, now, write } from './people.ts'
import { onEachTable } from './tables.ts'

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
})
