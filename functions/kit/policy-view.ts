import * as z from 'zod/mini'
import { documentNames } from '../../core/policy/document.ts'
import type { PolicyText, PublishedPolicy } from '../../core/policy/published.ts'
import { iso } from '../../core/time.ts'
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

const blockOf = (body: PolicyText['documents'][number]['sections'][number]['body'][number]): z.input<typeof block> => {
  if (typeof body === 'string') return body
  return 'head' in body ? { head: [...body.head], rows: body.rows.map((row) => [...row]) } : [...body]
}

export const viewPolicy = ({ version, hash, publishedAt, documents, changes }: PublishedPolicy): z.input<typeof policyView> => ({
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
