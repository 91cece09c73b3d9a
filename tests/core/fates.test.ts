import { describe, expect, test } from 'vitest'
import { type Fate, fates } from '../../core/privacy/fates.ts'
import { type Personal, personal } from '../../core/privacy/inventory.ts'

const fateOf = Object.entries<Fate>(fates)
const attributesOf = (kind: string): Readonly<Record<string, Personal>> =>
  kind in personal ? personal[kind as keyof typeof personal] : {}

describe('P-RET-2: what becomes of what the inventory lists', () => {
  test('is said of every kind; nothing that an export holds is of no customer', () => {
    const forgotten = fateOf.filter(
      ([kind, { fate }]) => fate === 'of no customer' && Object.values(attributesOf(kind)).some(({ exported }) => exported),
    )
    expect(forgotten).toEqual([])
  })

  test('what is cut is personal, and the inventory knows it', () => {
    for (const [kind, fate] of fateOf)
      if (fate.fate === 'pseudonymised')
        for (const attribute of fate.cut) expect(attributesOf(kind), kind).toHaveProperty(attribute)
  })

  test('no free text stays with the transaction records', () => {
    const written = ['link', 'comments', 'memo', 'said', 'text', 'name', 'fullName', 'email', 'address', 'browser']
    const left = fateOf.flatMap(([kind, fate]) =>
      fate.fate === 'pseudonymised'
        ? Object.keys(attributesOf(kind)).filter((attribute) => written.includes(attribute) && !fate.cut.includes(attribute))
        : [],
    )
    expect(left).toEqual([])
  })
})
