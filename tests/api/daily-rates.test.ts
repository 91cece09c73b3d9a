import { DeleteCommand } from '@aws-sdk/lib-dynamodb'
import { beforeAll, describe, expect, inject, test } from 'vitest'
import type { Browser } from '../../local/demo/browser.ts'
import { tableName } from '../../local/names.ts'
import { databaseOf } from '../fixtures/busy.ts'
import { functionsOf } from './functions.ts'
import { must, ownersConsole } from './people.ts'
import { newProvider, taskDone } from './providers.ts'
import { auditOf, everything } from './table.ts'

const { ports } = inject('panel')
const codeOf = ({ body }: { body: Record<string, unknown> }): unknown => (body['error'] as { code?: string } | undefined)?.code

/** What the bank publishes from now on, and the hour in which it is asked. */
async function published(wish: Readonly<Record<string, unknown>>): Promise<void> {
  const reply = await fetch(`http://127.0.0.1:${ports.rates}/`, { method: 'POST', body: JSON.stringify(wish) })
  expect(reply.status).toBe(200)
  await databaseOf(ports.database).send(new DeleteCommand({ TableName: tableName, Key: { pk: 'EXCHANGE-ASKED', sk: 'ASKED' } }))
  const invoke = await functionsOf(ports)
  await invoke('workers.fetch-rates', {})
}

let owner: Browser
beforeAll(async () => {
  owner = await ownersConsole()
  await published({})
})
const read = async (id: string) => (await owner.call('GET', `/api/admin/providers/${id}`)).body
const money = (id: string, body: Record<string, unknown>) =>
  owner.call('PUT', `/api/admin/providers/${id}/money`, { currency: 'EUR', memo: 'it counts in euros', ...body })
const costs = async (id: string): Promise<unknown[]> =>
  (await everything())
    .filter(({ pk, source }) => pk === 'CATALOGUE' && (source as { providerId?: string }).providerId === id)
    .map(({ source }) => (source as { cost: unknown }).cost)
/** The last re-pricing is over. */
async function settled(id: string): Promise<void> {
  const { tasks } = (await read(id)) as { tasks: { taskId: string }[] }
  await taskDone(owner, id, String(tasks[0]?.taskId))
}

describe('a provider that follows the daily rate', () => {
  test('is chosen with the rate that was seen; its services follow by the day, and a leap waits for a person', async () => {
    const id = await newProvider(owner, 'daily', { size: 4 })
    const imported = await must(
      owner.call('POST', `/api/admin/providers/${id}/imports`, { percent: 25, origin: 'advertising' }),
      'import',
    )
    await taskDone(owner, id, String(imported['taskId']))
    const before = await costs(id)

    expect((await owner.call('GET', '/api/admin/rates?currency=EUR')).body).toMatchObject({
      source: expect.stringContaining('127.0.0.1'),
      latest: { stale: false, rates: expect.arrayContaining([{ currency: 'EUR', exchange: '1.1604' }]) },
      past: [{ exchange: '1.1604' }],
    })
    expect(codeOf(await money(id, { exchange: '1.2', daily: true }))).toBe('changed-meanwhile')
    expect(codeOf(await money(id, { currency: 'XYZ', exchange: '1.2', daily: true }))).toBe('rate-unknown')
    const chosen = await must(money(id, { exchange: '1.1604', daily: true }), 'choosing it')
    await taskDone(owner, id, String(chosen['taskId']))
    expect(await read(id)).toMatchObject({ currency: 'EUR', exchange: '1.1604', daily: { stale: false } })

    await published({ rates: { USD: '1.2' } })
    await settled(id)
    expect(await read(id)).toMatchObject({ exchange: '1.2' })
    expect(await costs(id)).toEqual(before.map((cost) => (Number(cost) * 12) / 10))

    // Hostile, empty, broken: what is in use stays.
    for (const wish of [
      { body: '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>' },
      { body: 'x'.repeat(300_000) },
      { rates: { USD: '-5' } },
      { rates: { USD: '0' } },
      { rates: { USD: '' } },
      { day: '2020-01-01', rates: { USD: '1.21' } },
      { status: 500 },
    ]) {
      await published(wish)
      expect(await read(id), JSON.stringify(wish).slice(0, 60)).toMatchObject({ exchange: '1.2' })
    }

    await published({ rates: { USD: '12' } })
    const daily = { held: { exchange: '12', moved: '+900.0' } }
    expect(await read(id)).toMatchObject({ exchange: '1.2', daily })
    const { day } = ((await read(id))['daily'] as { held: { day: string } }).held
    const verdict = (body: Record<string, unknown>) =>
      owner.call('POST', `/api/admin/providers/${id}/rate/verdict`, { day, exchange: '12', memo: 'the bank slipped', ...body })
    expect(codeOf(await verdict({ verdict: 'take', exchange: '1.3' }))).toBe('rate-settled')
    await must(verdict({ verdict: 'leave' }), 'leaving it')
    expect((await read(id))['daily']).not.toHaveProperty('held')
    expect(codeOf(await verdict({ verdict: 'take' }))).toBe('rate-settled')

    await published({ rates: { USD: '1.5' } })
    const { taskId } = await must(verdict({ verdict: 'take', exchange: '1.5' }), 'taking the next')
    await taskDone(owner, id, String(taskId))
    expect(await read(id)).toMatchObject({ exchange: '1.5' })
    expect(await costs(id)).toEqual(before.map((cost) => (Number(cost) * 15) / 10))
    const trail = await auditOf(`provider ${id}`)
    expect(trail).toContainEqual(
      expect.objectContaining({
        action: 'admin.settle-rate',
        why: 'the bank slipped',
        after: expect.objectContaining({ verdict: 'leave' }),
      }),
    )
    expect(trail).toContainEqual(
      expect.objectContaining({ action: 'admin.set-provider-money', after: expect.objectContaining({ dailyRateOf: day }) }),
    )
    await published({})
  })
})
