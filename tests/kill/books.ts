import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb'
import { tableName } from '../../local/names.ts'
import { amount, unbalanced } from '../simulation/books.ts'
import type { Item } from '../simulation/table/values.ts'

/** What somebody asked for, and the number they were told. */
export interface Placed {
  readonly link: string
  order: number | undefined
}
/** What the provider says it took. */
export interface Upstream {
  readonly order: number
  readonly link: string
  readonly quantity: number
  readonly status: string
}
export interface Books {
  readonly orders: readonly Item[]
  readonly entries: readonly Item[]
  readonly wallets: readonly Item[]
}

const settled = ['completed', 'partial', 'canceled', 'refused']
const waiting = ['unknown', 'parked']

/** Everything the table has of orders and money, past the panel. */
export async function readBooks(port: number): Promise<Books> {
  const client = DynamoDBDocumentClient.from(
    new DynamoDBClient({
      region: 'us-east-1',
      endpoint: `http://127.0.0.1:${port}`,
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    }),
  )
  const items: Item[] = []
  for await (const { Items = [] } of paginateScan({ client }, { TableName: tableName, ConsistentRead: true }))
    items.push(...(Items as Item[]))
  client.destroy()
  const of = (prefix: string) => items.filter(({ pk }) => String(pk).startsWith(prefix))
  return { orders: of('ORDER#'), entries: of('ENTRY#'), wallets: of('WALLET#') }
}

/** Whether nothing can be expected to move any more. */
export const atRest = ({ orders }: Books): boolean =>
  orders.every(({ state }) => settled.includes(String(state)) || waiting.includes(String(state)))

/** What is wrong with the books of a panel that has come to rest, held against what was asked for and what the provider took. */
export function audit({ orders, entries, wallets }: Books, placed: readonly Placed[], upstream: readonly Upstream[]): string[] {
  const wrong: string[] = []
  for (const wallet of wallets) {
    const mine = entries.filter(({ pk }) => pk === `ENTRY#${String(wallet['customerId'])}`)
    wrong.push(...unbalanced(wallet, mine))
  }
  const links = Map.groupBy(orders, ({ link }) => String(link))
  for (const { link, order } of placed) {
    const found = links.get(link) ?? []
    if (order === undefined) wrong.push(`${link}: nobody ever answered`)
    else if (found.length !== 1 || found[0]?.['orderId'] !== order)
      wrong.push(`${link}: told of order ${order}, and there are ${found.map(({ orderId }) => orderId).join(', ') || 'none'}`)
  }
  const asked = new Set(placed.map(({ link }) => link))
  for (const link of links.keys()) if (!asked.has(link)) wrong.push(`nobody asked for ${link}`)
  const taken = Map.groupBy(upstream, ({ link }) => link)
  for (const order of orders) wrong.push(...misjudged(order, entries, taken.get(String(order['link'])) ?? []))
  return wrong
}

/** One order, against the provider's own list. */
function misjudged(order: Item, entries: readonly Item[], taken: readonly Upstream[]): string[] {
  const wrong: string[] = []
  const state = String(order['state'])
  const bad = (what: string): void => void wrong.push(`order ${String(order['orderId'])} (${state}): ${what}`)
  const [charge, refunded, quantity] = [amount(order['charge']), amount(order['refunded']), amount(order['quantity'])]
  const mine = entries.filter(({ orderId }) => orderId === order['orderId'])
  const sum = (kind: string) => mine.filter((entry) => entry['kind'] === kind).reduce((sum, one) => sum + amount(one['amount']), 0n)
  if (sum('order') !== -charge) bad(`was charged ${sum('order')} in place of ${-charge}`)
  if (sum('refund') !== refunded) bad(`says ${refunded} went back, the ledger says ${sum('refund')}`)
  if (taken.length > 1) bad(`the provider has it ${taken.length} times`)
  const [theirs] = taken
  switch (state) {
    case 'completed':
    case 'partial': {
      if (!theirs) return [...wrong, `order ${String(order['orderId'])} (${state}): the provider never had it`]
      if (String(order['providerOrderId']) !== String(theirs.order)) bad(`is not the provider’s ${theirs.order}`)
      if (theirs.status.toLowerCase() !== state) bad(`the provider says ${theirs.status}`)
      const remains = state === 'partial' ? (quantity * 3n) / 10n : 0n
      if (refunded !== (charge * remains) / quantity) bad(`${refunded} of ${charge} went back, with ${remains} of ${quantity} left`)
      break
    }
    case 'refused':
    case 'canceled':
      if (theirs) bad('all went back, and the provider has it')
      if (refunded !== charge) bad(`${refunded} of ${charge} went back`)
      break
    case 'unknown':
    case 'parked':
      if (!order['reason']) bad('without a reason')
      if (refunded !== 0n) bad(`${refunded} went back`)
      if (state === 'parked' && theirs) bad('the provider has it')
      break
    default:
      bad('did not come to rest')
  }
  return wrong
}
