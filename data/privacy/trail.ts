import { GetCommand } from '@aws-sdk/lib-dynamodb'
import * as z from 'zod/mini'
import { type CustomerId, orderId, staffId, ticketId } from '../../core/ids.ts'
import { disclosingAction, erasingAction } from '../../core/staff/audit.ts'
import { dayOf, epochSeconds, later } from '../../core/time.ts'
import { transactAudited } from '../audit.ts'
import { keys } from '../keys.ts'
import { queryAll } from '../query.ts'
import { time } from '../read.ts'
import { table } from '../table.ts'
import { setExpiry } from './places.ts'

/** Written by nobody's hand. */
const byThePanel = staffId('panel')

const trailItem = z.object({ pk: z.string(), sk: z.string(), action: z.string(), on: z.string(), at: time })
type TrailItem = z.output<typeof trailItem>

export const dayAfter = (day: string): string => dayOf(later(new Date(`${day}T00:00:00Z`), 86_400))

/** The records of a day that are about the customer and do not expire. */
export const recordsAbout = (customer: CustomerId, day: string): Promise<TrailItem[]> =>
  about(customer, day, 'attribute_not_exists(expiresAt)', {})

/** Which records go at once, and when the others do. */
interface Going {
  readonly goes: (record: TrailItem) => boolean
  readonly recordsUntil: Date
}

/** Has records of a day expire: at once, or with the transaction records, as what the panel told an authority always does. */
export async function takeOut(
  customer: CustomerId,
  day: string,
  records: readonly TrailItem[],
  now: Date,
  { goes, recordsUntil }: Going,
): Promise<void> {
  const expiresAt = (record: TrailItem): number =>
    record.action !== disclosingAction && goes(record) ? epochSeconds(now) - 1 : epochSeconds(recordsUntil)
  // First the trail says what is taken out of it, then it is: what is missing is never unexplained.
  for (let first = 0; first < records.length; first += namedInOne) {
    const some = records.slice(first, first + namedInOne)
    const numbers = some.map(({ sk }) => Number(sk)).join(' ')
    const on = `erased account ${customer}`
    await transactAudited({ by: byThePanel, action: erasingAction, on, after: { day, records: numbers } }, now, {})
    for (const record of some) await setExpiry({ key: { pk: record.pk, sk: record.sk } }, expiresAt(record))
  }
}
const namedInOne = 60

/** Those of a day that were to expire later than `now` do not any more. */
export async function keepRecords(customer: CustomerId, day: string, now: number): Promise<void> {
  for (const { pk, sk } of await about(customer, day, 'expiresAt > :now', { ':now': now }))
    await setExpiry({ key: { pk, sk } }, undefined)
}

async function about(
  customer: CustomerId,
  day: string,
  holds: string,
  values: Readonly<Record<string, unknown>>,
): Promise<TrailItem[]> {
  const found: TrailItem[] = []
  const records = queryAll({
    KeyConditionExpression: 'pk = :pk',
    FilterExpression: `${holds} AND (contains(#on, :customer) OR begins_with(#on, :order) OR begins_with(#on, :ticket)) AND #action <> :own`,
    ExpressionAttributeNames: { '#on': 'on', '#action': 'action' },
    ExpressionAttributeValues: {
      ':pk': keys.audited(day, 0).pk,
      ':customer': customer,
      ':order': 'order ',
      ':ticket': 'ticket ',
      ':own': erasingAction,
      ...values,
    },
    ConsistentRead: true,
  })
  for await (const item of records) {
    const record = trailItem.parse(item)
    if (await isAbout(record.on, customer)) found.push(record)
  }
  return found
}

async function isAbout(on: string, customer: CustomerId): Promise<boolean> {
  if (on.includes(customer)) return true
  const [, what, number] = /^(order|ticket) (\d{1,10})$/.exec(on) ?? []
  if (number === undefined) return false
  const { db, name: TableName } = table()
  const Key = what === 'order' ? keys.order(customer, orderId(Number(number))) : keys.ticket(customer, ticketId(Number(number)))
  const { Item: theirs } = await db.send(new GetCommand({ TableName, Key, ProjectionExpression: 'pk' }))
  return theirs !== undefined
}
