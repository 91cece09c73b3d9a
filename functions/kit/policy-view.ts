import * as z from 'zod/mini'
import { changedSections } from '../../core/policy/changes.ts'
import { documentNames } from '../../core/policy/document.ts'
import { policyDocuments } from '../../core/policy/documents.ts'
import { Refusal } from '../../core/refusals.ts'
import { iso } from '../../core/time.ts'
import { type PolicyText, type PolicyVersion, policyHash, type readPolicies } from '../../data/policies.ts'
import type { Settings } from '../../data/settings.ts'
import { moment } from './fields.ts'

const block = z.union([
  z.string(),
  z.array(z.string()),
  z.object({ head: z.array(z.string()), rows: z.array(z.array(z.string())) }),
])
const change = z.object({ document: z.enum(documentNames), heading: z.string(), kind: z.enum(['new', 'changed', 'gone']) })

export const policyVersionView = z.object({
  version: z.int(),
  /** Of the text, SHA-256, hex. */
  hash: z.string(),
  /** When it was last updated. */
  publishedAt: moment,
})

export const policyView = z.extend(policyVersionView, {
  documents: z.array(
    z.object({
      name: z.enum(documentNames),
      title: z.string(),
      sections: z.array(z.object({ heading: z.string(), body: z.array(block) })),
    }),
  ),
  /** What is not as it was in the version before. */
  changes: z.array(change),
})

type Published = PolicyVersion & PolicyText
type Policies = ReturnType<(typeof readPolicies)['open']>

/** What holds now. In the first minute of a panel nothing is published yet: it is what will be. */
export async function currentPolicy(policies: Policies, settings: Settings, now: Date): Promise<Published> {
  const latest = await policies.latest()
  if (latest) return withText(latest, policies)
  const documents = policyDocuments(settings)
  return { version: 1, hash: policyHash(documents), publishedAt: now, documents, changes: changedSections(documents, documents) }
}

export async function policyOf(version: number, policies: Policies): Promise<Published> {
  const found = await policies.get(version)
  if (!found) throw new Refusal('policy-version-not-found')
  return withText(found, policies)
}

async function withText(version: PolicyVersion, policies: Policies): Promise<Published> {
  const text = await policies.text(version.version)
  if (!text) throw new Error(`version ${version.version} of the policy has no text`)
  return { ...version, ...text }
}

const blockOf = (body: PolicyText['documents'][number]['sections'][number]['body'][number]): z.input<typeof block> => {
  if (typeof body === 'string') return body
  return 'head' in body ? { head: [...body.head], rows: body.rows.map((row) => [...row]) } : [...body]
}

export const viewPolicy = ({ version, hash, publishedAt, documents, changes }: Published): z.input<typeof policyView> => ({
  version,
  hash,
  publishedAt: iso(publishedAt),
  documents: documents.map(({ name, title, sections }) => ({
    name,
    title,
    sections: sections.map(({ heading, body }) => ({ heading, body: body.map(blockOf) })),
  })),
  changes: [...changes],
})
