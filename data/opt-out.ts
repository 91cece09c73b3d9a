import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb'
import * as z from 'zod/mini'
import { firstPreferences, type OptionalMail, optionalMails } from '../core/identity/preferences.ts'
import { type CustomerId, customerId } from '../core/ids.ts'
import type { Grant, Need } from '../core/need.ts'
import { Refusal } from '../core/refusals.ts'
import { readCustomers } from './customers.ts'
import { ifItHolds } from './if-it-holds.ts'
import { keys } from './keys.ts'
import { table } from './table.ts'

const maySign = { on: 'table', actions: ['GetItem', 'PutItem'], keys: ['SIGNING'] } as const satisfies Grant
const signingItem = z.object({ key: z.string() })

/** Made once, at first use. It never expires: a link in an old mail goes on to work, and all it can do is to stop mails. */
async function signingKey(): Promise<string> {
  const { db, name: TableName } = table()
  for (;;) {
    const { Item } = await db.send(new GetCommand({ TableName, Key: keys.signing(), ConsistentRead: true }))
    if (Item) return signingItem.parse(Item).key
    const item = { ...keys.signing(), key: randomBytes(32).toString('base64url') }
    // Somebody else's is as good.
    await ifItHolds(() => db.send(new PutCommand({ TableName, Item: item, ConditionExpression: 'attribute_not_exists(pk)' })))
  }
}

const seal = (key: string, id: string, what: string): string =>
  createHmac('sha256', key).update(`opt-out ${id} ${what}`).digest('base64url')

interface SignOptOuts {
  /** What stops a kind of mail to a customer, without signing in. */
  token(customer: CustomerId, what: OptionalMail): Promise<string>
}

export const signOptOuts = {
  allow: [maySign],
  open: () => ({
    async token(customer, what) {
      return `${customer}.${what}.${seal(await signingKey(), customer, what)}`
    },
  }),
} satisfies Need<SignOptOuts>

interface OptOut {
  /** The kind of mail stops. Refuses a token that is not the panel's; of an account that is gone there is nothing to stop. */
  optOut(token: string): Promise<OptionalMail>
}

export const optOuts = {
  allow: [
    maySign,
    { on: 'table', actions: ['GetItem'], keys: ['CUSTOMER#*'] },
    { on: 'table', actions: ['UpdateItem'], keys: ['CUSTOMER#*'] },
  ],
  open: () => ({
    async optOut(token) {
      const [id = '', name = '', signature = ''] = token.split('.')
      const what = optionalMails.find((one) => one === name)
      if (!what || !sameText(signature, seal(await signingKey(), id, name))) throw new Refusal('opt-out-invalid')
      const customer = customerId(id)
      const account = await readCustomers.open().get(customer)
      if (!account) return what
      const { db, name: TableName } = table()
      // What else was chosen meanwhile stays. An account that never chose anything has nothing to change a part of.
      const part = new UpdateCommand({
        TableName,
        Key: keys.customer(customer),
        UpdateExpression: 'SET preferences.#what = :no',
        ConditionExpression: 'attribute_exists(preferences)',
        ExpressionAttributeNames: { '#what': what },
        ExpressionAttributeValues: { ':no': false },
      })
      if (await ifItHolds(() => db.send(part))) return what
      const whole = new UpdateCommand({
        TableName,
        Key: keys.customer(customer),
        UpdateExpression: 'SET preferences = :chosen',
        ConditionExpression: 'attribute_exists(pk) AND attribute_not_exists(preferences)',
        ExpressionAttributeValues: { ':chosen': { ...firstPreferences, [what]: false } },
      })
      if (!(await ifItHolds(() => db.send(whole)))) await ifItHolds(() => db.send(part))
      return what
    },
  }),
} satisfies Need<OptOut>

function sameText(one: string, other: string): boolean {
  const [left, right] = [Buffer.from(one), Buffer.from(other)]
  return left.length === right.length && timingSafeEqual(left, right)
}
