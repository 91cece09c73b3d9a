import { GetCommand } from '@aws-sdk/lib-dynamodb'
import * as z from 'zod/mini'
import type { Need } from '../core/need.ts'
import type { Binding } from '../core/policy/binding.ts'
import { withBinding } from '../core/policy/binding.ts'
import { Refusal } from '../core/refusals.ts'
import type { AuditRecord } from '../core/staff/audit.ts'
import { iso } from '../core/time.ts'
import { mayAudit, transactAudited } from './audit.ts'
import { keys } from './keys.ts'
import { newMailing } from './mailing-items.ts'
import { integer, time } from './read.ts'
import { table } from './table.ts'

const bindingsItem = z.object({ bindings: z.array(z.object({ version: integer, from: time })), revision: integer })

export const readBindings = (item: unknown): readonly Binding[] => (item === undefined ? [] : bindingsItem.parse(item).bindings)

/** Which versions have to be accepted, and from when on. */
export const getBindings = async (): Promise<readonly Binding[]> => readBindings(await read())

async function read(): Promise<unknown> {
  const { db, name: TableName } = table()
  return (await db.send(new GetCommand({ TableName, Key: keys.bindings() }))).Item
}

interface ReadBindings {
  all(): Promise<readonly Binding[]>
}

export const policyBindings = {
  allow: [{ on: 'table', actions: ['GetItem'], keys: ['BINDING'] }],
  open: () => ({ all: getBindings }),
} satisfies Need<ReadBindings>

interface BindPolicies {
  /** From then on nobody orders who has not accepted the version or a later one. Everybody is told by mail. Written with `audit`. */
  bind(binding: Binding, audit: AuditRecord, now: Date): Promise<void>
}

export const bindPolicies = {
  allow: [
    { on: 'table', actions: ['GetItem'], keys: ['BINDING'] },
    { on: 'table', actions: ['ConditionCheckItem'], keys: ['POLICY'], onlyIn: 'TransactWriteItems' },
    { on: 'table', actions: ['PutItem'], keys: ['BINDING', 'MAILING'], onlyIn: 'TransactWriteItems' },
    ...mayAudit,
  ],
  open: () => ({
    async bind(binding, audit, now) {
      const { db, name: TableName } = table()
      const { Item } = await db.send(new GetCommand({ TableName, Key: keys.bindings(), ConsistentRead: true }))
      const seen = Item && bindingsItem.parse(Item)
      const bindings = withBinding(seen?.bindings ?? [], binding, now).map(({ version, from }) => ({ version, from: iso(from) }))
      const mailing = newMailing({ kind: 'binding', version: binding.version, from: binding.from }, now)
      const refused = await transactAudited(audit, now, {
        version: { Check: { Key: keys.policy(binding.version), ConditionExpression: 'attribute_exists(pk)' } },
        bindings: {
          Put: {
            Item: { ...keys.bindings(), bindings, revision: (seen?.revision ?? 0) + 1 },
            ConditionExpression: seen ? 'revision = :seen' : 'attribute_not_exists(pk)',
            ...(seen ? { ExpressionAttributeValues: { ':seen': seen.revision } } : {}),
          },
        },
        mailing: { Put: { Item: mailing } },
      })
      if (refused === 'version') throw new Refusal('policy-version-not-found')
      if (refused) throw new Refusal('changed-meanwhile')
    },
  }),
} satisfies Need<BindPolicies>
