import { exportedOf, type Section, shown } from '../../core/archive/pages.ts'
import type { CustomerId } from '../../core/ids.ts'
import type { Need } from '../../core/need.ts'
import { kindsWith } from '../../core/privacy/erasing.ts'
import type { ItemKind } from '../../core/privacy/inventory.ts'
import { isLeft } from '../unexpired.ts'
import { allOf, patternOf } from './items-of.ts'

const exported = kindsWith(({ found }) => typeof found === 'string' && found !== 'in the trail').filter(
  (kind) => exportedOf(kind).length > 0,
)

interface ReadEverything {
  /** Every kind of item that an archive holds, or those of `kinds`, with a customer's items of it, page by page. */
  of(customer: CustomerId, now: Date, kinds?: readonly ItemKind[]): AsyncIterable<Section>
}

export const readEverything = {
  allow: [{ on: 'table', actions: ['Query'], keys: exported.map(patternOf) }],
  open: () => ({ of: sections }),
} satisfies Need<ReadEverything>

async function* sections(customer: CustomerId, now: Date, kinds: readonly ItemKind[] = exported): AsyncGenerator<Section> {
  for (const kind of exported.filter((one) => kinds.includes(one))) yield { kind, rows: rows(kind, customer, now) }
}

async function* rows(kind: ItemKind, customer: CustomerId, now: Date): AsyncGenerator<Record<string, unknown>> {
  for await (const item of allOf(kind, customer)) if (isLeft(item, now)) yield shown(kind, item)
}
