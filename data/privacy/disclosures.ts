import { GetCommand } from '@aws-sdk/lib-dynamodb'
import * as z from 'zod/mini'
import { type CustomerId, type StaffId, staffId } from '../../core/ids.ts'
import type { Need } from '../../core/need.ts'
import { type DisclosureTerms, disclosables } from '../../core/privacy/disclosures.ts'
import { Refusal } from '../../core/refusals.ts'
import type { AuditRecord } from '../../core/staff/audit.ts'
import { iso } from '../../core/time.ts'
import { mayAudit, transactAudited } from '../audit.ts'
import { keys } from '../keys.ts'
import { queryAll } from '../query.ts'
import { id, integer, time } from '../read.ts'
import { table } from '../table.ts'
import { append } from '../transact.ts'

/** What was handed over to an authority (P-USE-4). The text itself lies in the bucket; its digest is here and in the trail. */
export interface Disclosure extends DisclosureTerms {
  readonly disclosureId: string
  readonly at: Date
  readonly by: StaffId
  readonly sha256: string
  readonly bytes: number
}

const disclosureItem = z.object({
  disclosureId: z.string(),
  at: time,
  by: id(staffId),
  authority: z.string(),
  legalBasis: z.string(),
  reference: z.string(),
  parts: z.array(z.enum(disclosables)),
  sha256: z.string(),
  bytes: integer,
})

interface ReadDisclosures {
  /** Newest first. */
  of(customer: CustomerId): Promise<Disclosure[]>
  get(customer: CustomerId, disclosureId: string): Promise<Disclosure | undefined>
}

export const readDisclosures = {
  allow: [{ on: 'table', actions: ['GetItem', 'Query'], keys: ['DISCLOSURE#*'] }],
  open: () => ({
    async of(customer) {
      const found: Disclosure[] = []
      const { pk } = keys.disclosure(customer, '')
      for await (const item of queryAll({
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': pk },
        ConsistentRead: true,
      }))
        found.push(disclosureItem.parse(item))
      return found.toSorted((one, other) => other.at.getTime() - one.at.getTime())
    },
    get: getDisclosure,
  }),
} satisfies Need<ReadDisclosures>

async function getDisclosure(customer: CustomerId, disclosureId: string): Promise<Disclosure | undefined> {
  const { db, name: TableName } = table()
  const Key = keys.disclosure(customer, disclosureId)
  const { Item } = await db.send(new GetCommand({ TableName, Key, ConsistentRead: true }))
  return Item && disclosureItem.parse(Item)
}

interface RecordDisclosures {
  /** Written with `audit`, once: answers what is on record, which whoever was faster wrote. Refuses a customer who is not there. */
  record(customer: CustomerId, disclosure: Disclosure, audit: AuditRecord): Promise<Disclosure>
}

export const recordDisclosures = {
  allow: [
    { on: 'table', actions: ['GetItem'], keys: ['DISCLOSURE#*'] },
    { on: 'table', actions: ['PutItem'], keys: ['DISCLOSURE#*'], onlyIn: 'TransactWriteItems' },
    { on: 'table', actions: ['ConditionCheckItem'], keys: ['CUSTOMER#*'] },
    ...mayAudit,
  ],
  open: () => ({
    async record(customer, made, audit) {
      const { at, parts, ...disclosure } = made
      const refused = await transactAudited(audit, at, {
        customer: { Check: { Key: keys.customer(customer), ConditionExpression: 'attribute_exists(pk)' } },
        disclosure: append({
          ...keys.disclosure(customer, disclosure.disclosureId),
          ...disclosure,
          at: iso(at),
          parts: [...parts],
        }),
      })
      if (refused === 'customer') throw new Refusal('customer-not-found')
      return refused === undefined ? made : ((await getDisclosure(customer, made.disclosureId)) ?? made)
    },
  }),
} satisfies Need<RecordDisclosures>
