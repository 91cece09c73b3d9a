import type { DocumentName, PolicyDocument, Section } from './document.ts'

/** What became of a section from one version to the next. */
export interface SectionChange {
  readonly document: DocumentName
  readonly heading: string
  readonly kind: 'new' | 'changed' | 'gone'
}

/** Section by section, in the order in which they are read; those that are gone at the end of their document. */
export function changedSections(before: readonly PolicyDocument[], after: readonly PolicyDocument[]): SectionChange[] {
  const names = [...new Set([...after, ...before].map(({ name }) => name))]
  return names.flatMap((document) => {
    const [were, are] = [sectionsOf(before, document), sectionsOf(after, document)]
    const now = are.flatMap((section): SectionChange[] => {
      const was = were.find(({ heading }) => heading === section.heading)
      if (was && same(was, section)) return []
      return [{ document, heading: section.heading, kind: was ? 'changed' : 'new' }]
    })
    const gone = were.filter(({ heading }) => !are.some((section) => section.heading === heading))
    return [...now, ...gone.map(({ heading }): SectionChange => ({ document, heading, kind: 'gone' }))]
  })
}

const sectionsOf = (documents: readonly PolicyDocument[], name: DocumentName): readonly Section[] =>
  documents.find((document) => document.name === name)?.sections ?? []

const same = (one: Section, other: Section): boolean => JSON.stringify(one.body) === JSON.stringify(other.body)
