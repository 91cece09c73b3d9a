import type { Answer } from '../../api.ts'

export type Change = Answer<'GET /api/catalogue/changes'>['rows'][number]
export type ChangeKind = Change['kind']

/** In the order in which they are chosen among. */
export const changeKinds: readonly ChangeKind[] = ['price-up', 'price-down', 'new', 'gone', 'back']
