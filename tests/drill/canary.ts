import { randomUUID } from 'node:crypto'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb'
import { customerId as asCustomer, fileId } from '../../core/ids.ts'
import { fateOf, kindsWith } from '../../core/privacy/erasing.ts'
import { type ItemKind, personal } from '../../core/privacy/inventory.ts'
import { keys } from '../../data/keys.ts'
import { isThrough, ledTo, sourceOf } from '../../data/privacy/through.ts'
import { type Browser, browser, must } from '../../local/demo/browser.ts'
import { mailed, sixDigits } from '../../local/demo/mailbox.ts'
import { totpCode } from '../../local/demo/people.ts'
import { filesBucket, tableName } from '../../local/names.ts'
import { type Item, tableItems } from './places.ts'

export interface Where {
  readonly site: string
  readonly console: string
  readonly mailbox: string
}

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
  /** Kinds of item that no endpoint was asked to make: written by the drill itself, from the inventory. */
  readonly byHand: readonly ItemKind[]
}

/** A service's cheapest order. */
interface Service {
  readonly serviceId: number
  readonly type: string
  readonly min: number
}

/** Makes the customer through the panel's own doors, and by hand what they do not make. */
export async function plant(at: Where, console: Browser, until: Until): Promise<Canary> {
  const mark = `canary${randomUUID().slice(0, 8)}`
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
  const customer = String(customerId)
  const credit = { kind: 'credit', amount: '50', memo: `memo ${mark}`, requestId: randomUUID() }
  await must(console.call('POST', `/api/admin/customers/${customer}/adjustments`, credit), 'crediting')
  const { key } = await must(page.call('POST', '/api/keys', { name: `Key ${mark}` }), 'a key')
  await must(
    console.call('POST', `/api/admin/customers/${customer}/notes`, { text: `note ${mark}`, requestId: randomUUID() }),
    'a note',
  )
  await must(
    page.call('POST', '/api/tickets', {
      category: 'other',
      subject: `subject ${mark}`,
      text: `text ${mark}`,
      requestId: randomUUID(),
    }),
    'a ticket',
  )

  let sold: readonly Service[] = []
  const ofType = (type: string) => sold.find((service) => service.type === type)
  await until(async () => {
    sold = (await page.call('GET', '/api/catalogue')).body['services'] as readonly Service[]
    return ofType('Default') !== undefined && ofType('Custom Comments') !== undefined
  }, 'the catalogue')
  const [plain, comments] = [ofType('Default'), ofType('Custom Comments')]
  const link = `https://photo.network/${mark}`
  const order = async (service: Service | undefined, more: object) => {
    if (!service) throw new Error('nothing of the type is sold')
    const wish = { requestId: `request-${mark}-${service.serviceId}`, serviceId: service.serviceId, link, ...more }
    return Number((await must(page.call('POST', '/api/orders', wish), 'an order'))['orderId'])
  }
  const orders = [
    await order(plain, { quantity: plain?.min }),
    await order(comments, { comments: Array.from({ length: comments?.min ?? 1 }, (_, at) => `comment ${at} ${mark}`).join('\n') }),
  ]
  for (const number of orders)
    await until(async () => (await page.call('GET', `/api/orders/${number}`)).body['state'] === 'completed', 'the orders’ end')

  const { secret } = await must(page.call('POST', '/api/me/second-factor/secret', { password }), 'the app')
  const { codes } = await must(
    page.call('POST', '/api/me/second-factor', { password, code: totpCode(String(secret)) }),
    'the factor',
  )
  const recovery = [...(codes as readonly string[])]
  const nextCode = () => recovery.pop() ?? ''
  await must(
    page.call('PUT', '/api/me/email', { email: `other-${mark}@customer.test`, password, code: nextCode() }),
    'another email',
  )

  const s3 = new S3Client({ forcePathStyle: true })
  await s3.send(new PutObjectCommand({ Bucket: filesBucket, Key: `files/${customer}/picture`, Body: `picture ${mark}` }))
  s3.destroy()
  await putItem({
    ...keys.file(asCustomer(customer), fileId('picture')),
    fileId: 'picture',
    purpose: 'attachment',
    state: 'ready',
    type: 'image/png',
    bytes: 7,
    createdAt: new Date().toISOString(),
    keptFor: mark,
    tries: 1,
  })
  const byHand = await plantByHand(mark, customer)
  return { mark, customerId: customer, email, password, apiKey: String(key), page, nextCode, byHand }
}

export type Until = (holds: () => Promise<boolean>, what: string) => Promise<void>

/** Not made by anything, or undone again by closing: an erasure is not begun while one is there. */
const notPlanted: readonly ItemKind[] = ['CLOSURE', 'ERASED', 'LEGAL-HOLD', 'CREDIT-REQUEST', 'ARCHIVE']

export const planted = (): ItemKind[] => kindsWith(() => true).filter((kind) => !notPlanted.includes(kind))

/** Whether an item is the customer's, as the inventory says that it is found. */
export function isOf(kind: ItemKind, item: Item, { mark, customerId }: Pick<Canary, 'mark' | 'customerId'>): boolean {
  if (String(item['pk']).split('#')[0] !== kind) return false
  const text = JSON.stringify(item, (_, value) => (typeof value === 'bigint' ? String(value) : value))
  return text.includes(customerId) || text.includes(mark)
}

async function putItem(item: Item): Promise<void> {
  const client = new DynamoDBClient({})
  const db = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } })
  await db.send(new PutCommand({ TableName: tableName, Item: item }))
  client.destroy()
}

async function plantByHand(mark: string, customer: string): Promise<ItemKind[]> {
  const items: Item[] = []
  for await (const { item } of tableItems()) if (item) items.push(item)
  const theirs = items.filter((item) => String(item['pk']) === `ORDER#${asCustomer(customer)}`)
  // What a provider said of them: no sandbox says anything that is to be recognised.
  const said = theirs.map(
    (item): Item => ({
      ...item,
      said: `said ${mark} ${String(item['orderId'])}`,
      providerOrderId: item['providerOrderId'] ?? `number${String(item['orderId'])}`,
    }),
  )
  for (const item of said) await putItem(item)
  const byHand: ItemKind[] = []
  for (const kind of planted()) {
    const found = [...items, ...said].some((item) => isOf(kind, item, { mark, customerId: customer }))
    const fate = fateOf(kind)
    if (found || !('found' in fate)) continue
    byHand.push(kind)
    // What stays is planted only where it is to be cut; the number that it stays under names nobody.
    const names = fate.fate === 'pseudonymised' ? fate.cut : Object.keys(attributesOf(kind))
    const text = { ...Object.fromEntries(names.map((name) => [name, `${kind} ${name} ${mark}`])), customerId: customer }
    if (isThrough(kind)) {
      for (const source of sourceOf(kind) === 'ORDER' ? said : [])
        for (const { key } of ledTo[kind](source)) await putItem({ ...text, ...key, orderId: source['orderId'] })
    } else if (fate.found === 'by owner') await putItem({ ...text, pk: `${kind}#${customer}`, sk: 'planted' })
    else await putItem({ ...text, pk: kind, sk: `${customer} planted` })
  }
  return byHand
}

const attributesOf = (kind: ItemKind): object => (kind in personal ? personal[kind as keyof typeof personal] : {})
