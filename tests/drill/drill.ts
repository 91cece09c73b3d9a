import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb'
import { customerId } from '../../core/ids.ts'
import { fateOf } from '../../core/privacy/erasing.ts'
import type { ItemKind } from '../../core/privacy/inventory.ts'
import { disclosingAction, erasingAction } from '../../core/staff/audit.ts'
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
  /** The same of each attribute that is cut from what stays: in how many items it names the customer. */
  readonly cuts: ReadonlyMap<string, number>
}

const stays: readonly unknown[] = [erasingAction, disclosingAction]

/** What is cut from records that stay; a hash names nobody that could be recognised. */
const cutFrom = (kind: ItemKind): readonly string[] => {
  const fate = fateOf(kind)
  return fate.fate === 'pseudonymised' ? fate.cut.filter((attribute) => attribute !== 'linkKey') : []
}

export async function search(canary: Canary, log: string, now: Date): Promise<Search> {
  const looked: Record<string, number> = {}
  const found: string[] = []
  const expired: string[] = []
  const kinds = new Map<ItemKind, number>(planted().map((kind) => [kind, 0]))
  const cuts = new Map<string, number>(planted().flatMap((kind) => cutFrom(kind).map((attribute) => [`${kind}.${attribute}`, 0])))
  const look = async (place: string, all: AsyncIterable<Kept>, words = [canary.mark, canary.apiKey]): Promise<void> => {
    looked[place] = 0
    for await (const { where, text, item } of all) {
      looked[place]++
      // The trail says what was taken out of it, and what an authority was given, by the number that names nobody.
      if (stays.includes(item?.['action']) && !text.includes(canary.mark)) continue
      const isExpired = item !== undefined && Number(item['expiresAt'] ?? Number.POSITIVE_INFINITY) <= epochSeconds(now)
      for (const kind of item && !isExpired ? kinds.keys() : []) {
        if (!item || !isOf(kind, item, canary)) continue
        kinds.set(kind, (kinds.get(kind) ?? 0) + 1)
        for (const attribute of cutFrom(kind))
          if (String(item[attribute]).includes(canary.mark))
            cuts.set(`${kind}.${attribute}`, (cuts.get(`${kind}.${attribute}`) ?? 0) + 1)
      }
      if (words.some((word) => text.includes(word))) (isExpired ? expired : found).push(where)
    }
  }
  await look('items', tableItems())
  // A picture says nothing: whose it is stands in its name.
  await look('objects', objects(), [canary.mark, canary.apiKey, canary.customerId])
  await look('messages', messages())
  await look('identities', identity([canary.email, canary.customerId]))
  await look('log lines', lines(log))
  return { looked, found, expired, kinds, cuts }
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

/** When the account is erased; and when everything has expired besides that does so by itself. */
export const longAfter = (eraseAt: Date): Date => later(eraseAt, 60 * 86_400)
export const atLast = (eraseAt: Date): Date => later(eraseAt, 366 * 86_400)

/** A letter without an account is nobody’s of those who have one: it is kept for a year, whoever is erased meanwhile. */
export const isLetter = (where: string): boolean => /: INQUIRY(-MESSAGE)?$/.test(where)

/** What is not as the inventory says it is before an account is closed: a search that cannot find proves nothing. */
export const unfound = ({ kinds, cuts }: Search): string[] =>
  [...kinds, ...cuts].flatMap(([what, count]) => (count === 0 ? [what] : []))

/** What is left although it should be gone. */
export const leftOf = ({ kinds, found }: Search): string[] => [
  ...found,
  ...[...kinds].flatMap(([kind, count]) => (count > 0 && fateOf(kind).fate === 'erased' ? [`${kind}: ${count} items`] : [])),
]
