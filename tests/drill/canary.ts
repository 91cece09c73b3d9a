import { randomUUID } from 'node:crypto'
import { kindsWith } from '../../core/privacy/erasing.ts'
import type { ItemKind } from '../../core/privacy/inventory.ts'
import { type Browser, browser, must } from '../../local/demo/browser.ts'
import { mailed, sixDigits } from '../../local/demo/mailbox.ts'
import { totpCode } from '../../local/demo/people.ts'
import { makeDeals } from './deals.ts'
import { writeLetters } from './letters.ts'
import { type Item, tableItems } from './places.ts'
import type { Planting, Until, Where } from './planting.ts'

/** Somebody whose every field can be recognised wherever it turns up: all of them hold `mark`. */
export interface Canary {
  readonly mark: string
  readonly customerId: string
  readonly email: string
  readonly password: string
  readonly apiKey: string
  readonly page: Browser
  /** Opens what the password alone does not; each once. */
  nextCode(): string
  /** What some items are found by, which say nothing else of the customer. */
  readonly orders: ReadonlySet<number>
}

/** Makes the customer and everything of theirs, all of it through the panel's own doors. */
export async function plant(at: Where, console: Browser, until: Until): Promise<Canary> {
  // Letters alone: figures are taken out of what providers say.
  const mark = `canary${randomUUID()
    .slice(0, 8)
    .replaceAll(/\d/g, (figure) => 'ghijklmnop'.charAt(Number(figure)))}`
  const email = `mail-${mark}@customer.test`
  const password = `Pw-${mark}-77`
  const page = browser(at.site, { 'user-agent': `Browser-${mark}`, referer: `https://referer-${mark}.test/` })
  const { version: terms } = await must(page.call('GET', '/api/policy'), 'the policy')
  await must(
    page.call('POST', '/api/sign-up', { fullName: `Name <b>${mark}</b>`, email, password, acceptedTerms: terms }),
    'sign-up',
  )
  const code = await mailed(at.mailbox, email, sixDigits)
  await must(page.call('POST', '/api/sign-up/confirm', { email, code }), 'confirming')
  await must(page.call('POST', '/api/session', { email, password }), 'sign-in')
  const { customerId } = await must(console.call('POST', '/api/admin/customers/find', { email }), 'finding')
  const planting: Planting = { at, mark, customerId: String(customerId), email, page, console, until }
  const credit = { kind: 'credit', amount: '50', memo: `memo ${mark}`, requestId: randomUUID() }
  await must(console.call('POST', `/api/admin/customers/${planting.customerId}/adjustments`, credit), 'crediting')
  const [apiKey] = await Promise.all([usedKey(planting), makeDeals(planting), writeLetters(planting)])
  const recovery = await secondFactor(planting, password)
  const nextCode = () => recovery.pop() ?? ''
  await must(
    page.call('PUT', '/api/me/email', { email: `other-${mark}@customer.test`, password, code: nextCode() }),
    'another email',
  )
  const id = planting.customerId
  return { mark, customerId: id, email, password, apiKey, page, nextCode, orders: await ordersOf(id) }
}

async function usedKey({ at, page, mark }: Planting): Promise<string> {
  const { key } = await must(page.call('POST', '/api/keys', { name: `Key ${mark}` }), 'a key')
  const form = new URLSearchParams({ key: String(key), action: 'balance' })
  const { status } = await fetch(`${at.site}/api/v2`, { method: 'POST', body: form })
  if (status !== 200) throw new Error(`the key was not taken: ${status}`)
  return String(key)
}

/** Answers the recovery codes. */
async function secondFactor({ page }: Planting, password: string): Promise<string[]> {
  const { secret } = await must(page.call('POST', '/api/me/second-factor/secret', { password }), 'the app')
  const wish = { password, code: totpCode(String(secret)) }
  const { codes } = await must(page.call('POST', '/api/me/second-factor', wish), 'the factor')
  return [...(codes as readonly string[])]
}

/** Not made by anything, or undone again by closing: an erasure is not begun while one is there. */
const notPlanted: readonly ItemKind[] = ['CLOSURE', 'ERASED', 'LEGAL-HOLD', 'CREDIT-REQUEST', 'ARCHIVE']

export const planted = (): ItemKind[] => kindsWith(() => true).filter((kind) => !notPlanted.includes(kind))

/** Whether an item is the customer's, as the inventory says that it is found. */
export function isOf(
  kind: ItemKind,
  item: Item,
  { mark, customerId, orders }: Pick<Canary, 'mark' | 'customerId' | 'orders'>,
): boolean {
  if (String(item['pk']).split('#')[0] !== kind) return false
  const text = JSON.stringify(item, (_, value) => (typeof value === 'bigint' ? String(value) : value))
  return text.includes(customerId) || text.includes(mark) || orders.has(Number(item['orderId']))
}

/** The numbers of a customer's orders, and of their runs. */
async function ordersOf(customerId: string): Promise<ReadonlySet<number>> {
  const orders = new Set<number>()
  for await (const { item } of tableItems())
    if (item && String(item['pk']) === `ORDER#${customerId}`) orders.add(Number(item['orderId']))
  return orders
}
