import { expect, test } from 'vitest'
import { keepAudit, readHead, transactAudited } from '../../data/audit.ts'
import { keys } from '../../data/keys.ts'
import { append } from '../../data/transact.ts'
import { all, audit, now } from './people.ts'
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
})
