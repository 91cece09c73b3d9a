import { type DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb'
import { customerId, orderId, providerId, providerOrderId, providerServiceId, serviceId } from '../../core/ids.ts'
import { money, zero } from '../../core/money.ts'
import { digest } from '../../core/orders/heard.ts'
import { pollShards } from '../../core/orders/polling.ts'
import { openLists } from '../../data/keys.ts'
import { newOrderItems } from '../../data/orders/item.ts'
import { useTable } from '../../data/table.ts'
import { workQueue } from '../../functions/kit/work.ts'
import { pollOrders } from '../../functions/workers/poll-orders.ts'
import type { callProviders } from '../../outside/providers/call-providers.ts'
import { FakeTable } from '../simulation/fake-table.ts'
import { meter } from './capacity/meter.ts'

/** What one round over all open orders costs. */
export interface PollingRound {
  readonly name: string
  readonly open: number
  readonly calls: number
  readonly readUnits: number
  readonly writeUnits: number
  readonly indexUnits: number
  readonly seconds: number
}

const open = 10_000

/** Of an order that has nothing new to say, its share of a round. */
export async function readUnitsOfAPoll(): Promise<number> {
  return (await round(1, 0)).readUnits / open
}
const quantity = 1_000

/** 10,000 open orders, of which so many have moved on since the last round: the real worker on a table in memory. */
export async function pollingRounds(): Promise<PollingRound[]> {
  const rounds: PollingRound[] = []
  for (const providers of [1, 10]) for (const changed of [0.01, 0.1, 1]) rounds.push(await round(providers, changed))
  return rounds
}

export async function round(providers: number, changed: number): Promise<PollingRound> {
  process.env['POWERTOOLS_LOG_LEVEL'] = 'SILENT'
  const now = new Date()
  const fake = new FakeTable()
  const names = Array.from({ length: providers }, (_, index) => providerId(`p${index}`))
  for (const name of names) fake.run(putting(provider(name)))
  for (let number = 1; number <= open; number++)
    fake.run(putting(order(number, names[number % providers] ?? providerId('p0'), now)))
  const db = { send: async (command: unknown) => fake.run(command) } as unknown as DynamoDBDocumentClient
  const measured = meter(db, 'bench')
  useTable({ db: measured.db, name: 'bench' })
  let calls = 0
  const call: ReturnType<typeof callProviders.open>['call'] = async (_, outgoing) => {
    if (outgoing.action !== 'status') throw new Error('a poll asks for statuses')
    calls++
    const rows = outgoing.orders.map((id) => [id, Number(id) % 1_000 < changed * 1_000 ? moved : same])
    return { kind: 'answer', status: 200, body: JSON.stringify(Object.fromEntries(rows)) }
  }
  const { vault, outside } = pollOrders.uses
  const handler = workQueue({
    ...pollOrders,
    uses: {
      ...pollOrders.uses,
      vault: { ...vault, open: () => ({ open: async () => 'key' }) },
      outside: { ...outside, open: () => ({ call, checkUrl: () => undefined }) },
    },
  })
  const began = performance.now()
  for (const providerId of names) {
    const body = JSON.stringify({ providerId, askedAt: now.toISOString() })
    const { batchItemFailures } = await handler({ Records: [{ messageId: 'm', body }] }, {} as never)
    if (batchItemFailures.length > 0) throw new Error(`polling ${providerId} failed`)
  }
  const seconds = (performance.now() - began) / 1000
  useTable(undefined)
  const { readUnits, writeUnits, indexUnits } = measured.read()
  const name = `${providers} provider${providers > 1 ? 's' : ''}, ${changed * 100} % changed`
  return { name, open, calls, readUnits, writeUnits, indexUnits, seconds }
}

const same = { status: 'In progress', start_count: '100', remains: '500' }
const moved = { status: 'In progress', start_count: '100', remains: '100' }

const putting = (Item: Readonly<Record<string, unknown>>) => new PutCommand({ TableName: 'bench', Item })

const provider = (name: string) => ({
  pk: 'PROVIDER',
  sk: name,
  providerId: name,
  name,
  url: 'https://provider.example.com/api/v2',
  key: { cipherText: 'k', nonce: 'n', dataKey: 'd' },
  status: 'active',
  createdAt: '2026-01-01T00:00:00.000Z',
})

/** Under way for some minutes, young enough to be asked about in every round. */
function order(
  number: number,
  providerId: ReturnType<typeof provider>['providerId'] & Parameters<typeof openLists.poll>[0],
  now: Date,
) {
  const at = new Date(now.getTime() - 60_000 - (number % 600) * 1_000)
  const upstream = providerOrderId(String(700_000 + number))
  const { order } = newOrderItems(
    {
      orderId: orderId(number),
      customerId: customerId(`c${number % 50}`),
      serviceId: serviceId(1),
      type: 'Default',
      quantity,
      charge: money(1_000_000n),
      refunded: zero,
      state: 'in-progress',
      acceptedAt: at,
      changedAt: at,
      providerId,
      providerServiceId: providerServiceId('1'),
    },
    `https://photo.network/p/${number}`,
    undefined,
  )
  return {
    ...order,
    changedAt: at.toISOString(),
    startCount: 100,
    remains: 500,
    providerOrderId: upstream,
    heard: digest({ status: 'in-progress', startCount: 100, remains: 500 }, quantity),
    openOn: openLists.poll(providerId, number % pollShards),
  }
}
