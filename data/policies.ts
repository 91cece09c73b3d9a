import { createHash } from 'node:crypto'
import { GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb'
import * as z from 'zod/mini'
import type { Need } from '../core/need.ts'
import { changedSections } from '../core/policy/changes.ts'
import { documentNames, type PolicyDocument, type PolicyFacts } from '../core/policy/document.ts'
import { policyDocuments } from '../core/policy/documents.ts'
import type { PolicyText, PolicyVersion, PublishedPolicy } from '../core/policy/published.ts'
import { Refusal } from '../core/refusals.ts'
import { iso } from '../core/time.ts'
import { keys } from './keys.ts'
import { newMailing } from './mailing-items.ts'
import { queryAll } from './query.ts'
import { integer, time } from './read.ts'
import { table } from './table.ts'
import { append, transact } from './transact.ts'

const versionItem = z.object({ version: integer, hash: z.string(), publishedAt: time })

const block = z.union([
  z.string(),
  z.array(z.string()),
  z.object({ head: z.array(z.string()), rows: z.array(z.array(z.string())) }),
])
const textItem = z.object({
  documents: z.array(
    z.object({
      name: z.enum(documentNames),
      title: z.string(),
      sections: z.array(z.object({ heading: z.string(), body: z.array(block) })),
    }),
  ),
  changes: z.array(z.object({ document: z.enum(documentNames), heading: z.string(), kind: z.enum(['new', 'changed', 'gone']) })),
})

const policyHash = (documents: readonly PolicyDocument[]): string =>
  createHash('sha256').update(JSON.stringify(documents)).digest('hex')

async function latest(): Promise<PolicyVersion | undefined> {
  const { db, name: TableName } = table()
  const { Items = [] } = await db.send(
    new QueryCommand({
      TableName,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': keys.policy(0).pk },
      ScanIndexForward: false,
      Limit: 1,
      ConsistentRead: true,
    }),
  )
  return Items[0] && versionItem.parse(Items[0])
}

async function text(version: number): Promise<PolicyText | undefined> {
  const { db, name: TableName } = table()
  const { Item } = await db.send(new GetCommand({ TableName, Key: keys.policyText(version) }))
  return Item && textItem.parse(Item)
}

async function withText(version: PolicyVersion): Promise<PublishedPolicy> {
  const found = await text(version.version)
  if (!found) throw new Error(`version ${version.version} of the policy has no text`)
  return { ...version, ...found }
}

interface ReadPolicies {
  /** What is published; undefined in the first minute of a panel. */
  latest(): Promise<PolicyVersion | undefined>
  /** What holds now. In the first minute of a panel nothing is published yet: it is what will be. */
  current(facts: PolicyFacts, now: Date): Promise<PublishedPolicy>
  /** A version, whole. Refuses one that there is not. */
  whole(version: number): Promise<PublishedPolicy>
  text(version: number): Promise<PolicyText | undefined>
  /** Every version, newest first. */
  all(): Promise<PolicyVersion[]>
}

export const readPolicies = {
  allow: [{ on: 'table', actions: ['GetItem', 'Query'], keys: ['POLICY', 'POLICY-TEXT'] }],
  open: () => ({
    latest,
    text,
    async current(facts, now) {
      const last = await latest()
      if (last) return withText(last)
      const documents = policyDocuments(facts)
      return { version: 1, hash: policyHash(documents), publishedAt: now, documents, changes: [] }
    },
    async whole(version) {
      const { db, name: TableName } = table()
      const { Item } = await db.send(new GetCommand({ TableName, Key: keys.policy(version) }))
      if (!Item) throw new Refusal('policy-version-not-found')
      return withText(versionItem.parse(Item))
    },
    async all() {
      const found: PolicyVersion[] = []
      for await (const item of queryAll({
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': keys.policy(0).pk },
        ScanIndexForward: false,
      }))
        found.push(versionItem.parse(item))
      return found
    },
  }),
} satisfies Need<ReadPolicies>

interface PublishPolicies {
  /**
   * What a deployment says becomes a version when it is not what was published last, and everybody is told. Answers
   * whether it did. A text that was published before comes back only when the last one is an hour old: a former
   * deployment may still be running.
   */
  publish(documents: readonly PolicyDocument[], now: Date): Promise<boolean>
}

const formerWaitsMilliseconds = 3_600_000

export const publishPolicies = {
  allow: [
    { on: 'table', actions: ['GetItem', 'Query'], keys: ['POLICY', 'POLICY-TEXT'] },
    { on: 'table', actions: ['PutItem'], keys: ['POLICY', 'POLICY-TEXT', 'MAILING'], onlyIn: 'TransactWriteItems' },
  ],
  open: () => ({
    async publish(documents, now) {
      const hash = policyHash(documents)
      const last = await latest()
      if (last?.hash === hash) return false
      if (last && now.getTime() - last.publishedAt.getTime() < formerWaitsMilliseconds && (await wasPublished(hash))) return false
      const version = (last?.version ?? 0) + 1
      const before = last && (await text(last.version))
      const changes = before ? changedSections(before.documents, documents) : []
      // Two that publish at once: the second finds the number taken.
      const refused = await transact({
        version: append({ ...keys.policy(version), version, hash, publishedAt: iso(now) }),
        text: append({ ...keys.policyText(version), documents, changes }),
        // The first one is nobody's news.
        ...(last ? { mailing: append(newMailing({ kind: 'policy', version }, now)) } : {}),
      })
      return refused === undefined
    },
  }),
} satisfies Need<PublishPolicies>

async function wasPublished(hash: string): Promise<boolean> {
  for (const version of await readPolicies.open().all()) if (version.hash === hash) return true
  return false
}
