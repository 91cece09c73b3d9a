import type { Group } from '../../../shared/windowed.tsx'
import type { BrokenRow, Offer, OfferedRow } from './use-offer.ts'

export const standings = ['all', 'new', 'ours', 'changed', 'unknown type', 'not sellable'] as const
export type Standing = (typeof standings)[number]

/** A row of the list: one that can be chosen, or one that cannot, with the reason. */
export type ListedRow = { readonly kind: 'row'; readonly row: OfferedRow } | { readonly kind: 'broken'; readonly row: BrokenRow }

export const canBeChosen = (row: OfferedRow): boolean => !row.reviews

const standsAs: Readonly<Record<Standing, (row: OfferedRow) => boolean>> = {
  all: () => true,
  new: (row) => row.ours === undefined && !row.reviews,
  ours: (row) => row.ours !== undefined,
  changed: (row) => row.ours !== undefined && row.ours.differs.length > 0,
  'unknown type': (row) => row.type === undefined,
  'not sellable': (row) => row.reviews,
}

interface Filter {
  readonly text: string
  readonly category: string
  readonly standing: Standing
}

/** What is shown, by category; what cannot be sold comes last, under a heading of its own. */
export function shown(offer: Offer, { text, category, standing }: Filter): readonly Group<ListedRow>[] {
  const wanted = text.trim().toLowerCase()
  const fits = (id: string, name: string, heading: string): boolean =>
    (category === '' || heading === category) &&
    (wanted === '' || id.toLowerCase() === wanted || `${name} ${heading}`.toLowerCase().includes(wanted))
  const groups = new Map<string, ListedRow[]>()
  for (const row of offer.rows) {
    if (!standsAs[standing](row) || !fits(row.id, row.name, row.category)) continue
    const group = groups.get(row.category) ?? []
    group.push({ kind: 'row', row })
    groups.set(row.category, group)
  }
  const broken = standing === 'all' || standing === 'not sellable' ? offer.broken : []
  const listed = broken.filter(({ row, name }) => fits(row, name, ''))
  return [
    ...[...groups].map(([name, rows]) => ({ name, rows })),
    ...(listed.length > 0 ? [{ name: 'Cannot be sold', rows: listed.map((row): ListedRow => ({ kind: 'broken', row })) }] : []),
  ]
}

export const idsIn = (rows: readonly ListedRow[]): string[] =>
  rows.flatMap((one) => (one.kind === 'row' && canBeChosen(one.row) ? one.row.id : []))

/** What was chosen in the fewest words: everything, whole categories, or one by one. */
export function asWish(offer: Offer, chosen: ReadonlySet<string>): { categories?: string[]; ids?: string[] } {
  const rows = offer.rows.filter(canBeChosen)
  if (rows.every(({ id }) => chosen.has(id))) return {}
  const categories = new Map<string, boolean>()
  for (const { id, category } of rows) {
    const whole = categories.get(category)
    categories.set(category, chosen.has(id) && whole !== false)
  }
  const whole = [...categories].flatMap(([name, isWhole]) => (isWhole ? [name] : []))
  const within = new Set(whole)
  const covered = rows.filter(({ category }) => within.has(category)).length
  return covered === chosen.size ? { categories: whole } : { ids: [...chosen] }
}
