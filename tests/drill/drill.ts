import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb'
import { customerId } from '../../core/ids.ts'
import { fateOf } from '../../core/privacy/erasing.ts'
import type { ItemKind } from '../../core/privacy/inventory.ts'
import { erasingAction } from '../../core/staff/audit.ts'
import { epochSeconds, later } from '../../core/time.ts'
import { eraseClosedAccounts, eraseOn } from '../../functions/workers/erase-accounts.ts'
import { must } from '../../local/demo/browser.ts'
import { runAs } from '../../local/functions/guard.ts'
import { tableName } from '../../local/names.ts'
import { type Canary, isOf, planted } from './canary.ts'
import { identity, itemsOf, type Kept, messages, objects, tableItems } from './places.ts'

/** What a search found, by place; what has expired is told apart: nothing serves it, and the table removes it. */
export interface Search {
  readonly looked: Readonly<Record<string, number>>
  readonly found: readonly string[]
  readonly expired: readonly string[]
  /** Of each kind that the inventory says is there, how many items of the customer's were. */
  readonly kinds: ReadonlyMap<ItemKind, number>
}

export async function search(canary: Canary, log: string, now: Date): Promise<Search> {
  const looked: Record<string, number> = {}
  const found: string[] = []
  const expired: string[] = []
  const kinds = new Map<ItemKind, number>(planted().map((kind) => [kind, 0]))
  const words = [canary.mark, canary.apiKey]
  const look = async (place: string, all: AsyncIterable<Kept>): Promise<void> => {
    looked[place] = 0
    for await (const { where, text, item } of all) {
      looked[place]++
      // The trail says itself what was taken out of it, by the number that names nobody.
      if (item?.['action'] === erasingAction && !text.includes(canary.mark)) continue
      const isExpired = item !== undefined && Number(item['expiresAt'] ?? Number.POSITIVE_INFINITY) <= epochSeconds(now)
      for (const kind of item && !isExpired ? kinds.keys() : [])
        if (item && isOf(kind, item, canary)) kinds.set(kind, (kinds.get(kind) ?? 0) + 1)
      if (words.some((word) => text.includes(word))) (isExpired ? expired : found).push(where)
    }
  }
  await look('items', tableItems())
  await look('objects', objects())
  await look('messages', messages())
  await look('identities', identity([canary.email, canary.customerId]))
  await look('log lines', lines(log))
  return { looked, found, expired, kinds }
}

async function* lines(log: string): AsyncGenerator<Kept> {
  for (const text of log.split('\n')) yield { where: 'the log', text }
}

/** Closes the account as its owner would; the answer says when it is erased. */
export async function closeIt(canary: Canary): Promise<Date> {
  const { balance } = await must(canary.page.call('GET', '/api/me/closure'), 'what closing means')
  const wish = { password: canary.password, code: canary.nextCode(), givesUp: balance }
  const { eraseAt } = await must(canary.page.call('POST', '/api/me/closure', wish), 'closing')
  return new Date(String(eraseAt))
}

/** Runs the eraser at another time than it is, held to its own grants. */
export async function eraseIt({ customerId: id }: Pick<Canary, 'customerId'>, now: Date): Promise<void> {
  const { name, uses } = eraseClosedAccounts
  const grants = Object.values(uses).flatMap((need) => [...need.allow])
  const opened = {
    accounts: uses.accounts.open(),
    holds: uses.holds.open(),
    notes: uses.notes.open(),
    identities: uses.identities.open(),
    files: uses.files.open(),
    more: uses.more.open(),
  }
  await runAs({ name, grants }, () => eraseOn(customerId(id), opened, () => now))
}

/** What has expired in the trail by the drill's clock has by the panel's own, which nobody moved. */
export async function catchUp(moved: Date): Promise<void> {
  const client = new DynamoDBClient({})
  const db = DynamoDBDocumentClient.from(client)
  for await (const { pk, sk, expiresAt } of itemsOf(tableName))
    if (String(pk).startsWith('AUDITED#') && Number(expiresAt) <= epochSeconds(moved))
      await db.send(
        new UpdateCommand({
          TableName: tableName,
          Key: { pk, sk },
          UpdateExpression: 'SET expiresAt = :gone',
          ExpressionAttributeValues: { ':gone': epochSeconds(new Date()) - 1 },
        }),
      )
  client.destroy()
}

/** Well after everything that expires by itself has done so. */
export const longAfter = (eraseAt: Date): Date => later(eraseAt, 60 * 86_400)

/** What is not as the inventory says it is before an account is closed: a search that cannot find proves nothing. */
export const unfound = ({ kinds }: Search): string[] => [...kinds].flatMap(([kind, count]) => (count === 0 ? [kind] : []))

/** What is left although it should be gone. */
export const leftOf = ({ kinds, found }: Search): string[] => [
  ...found,
  ...[...kinds].flatMap(([kind, count]) => (count > 0 && fateOf(kind).fate === 'erased' ? [`${kind}: ${count} items`] : [])),
]
