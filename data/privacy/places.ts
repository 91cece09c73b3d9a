import { DeleteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb'
import * as z from 'zod/mini'
import { fateOf } from '../../core/privacy/erasing.ts'
import type { ItemKind } from '../../core/privacy/inventory.ts'
import type { Key } from '../get-items.ts'
import { ifItHolds } from '../if-it-holds.ts'
import type { Item } from '../query.ts'
import { table } from '../table.ts'
import { isThrough, ledTo } from './through.ts'

/** Where something lies, and what must hold for it to be meant. */
interface Place {
  readonly key: Key
  readonly condition?: string
  readonly names?: Readonly<Record<string, string>>
  readonly values?: Readonly<Record<string, unknown>>
}
const keyShape = z.object({ pk: z.string(), sk: z.string() })

/** The items of a kind that an item of its source leads to; of most kinds that is the item itself. */
const placesOf = (kind: ItemKind, item: Item): readonly Place[] =>
  isThrough(kind) ? ledTo[kind](item) : [{ key: keyShape.parse(item) }]

/** Does with items what their fate is, many at once. */
export const settle = (kind: ItemKind, items: readonly Item[], expiresAt: number): Promise<void> =>
  forEach(kind, items, async (place) => {
    const fate = fateOf(kind)
    if (fate.fate === 'erased') await remove(place)
    else if (fate.fate === 'pseudonymised') await setExpiry(place, expiresAt, fate.cut)
  })

/** They expire then, whatever was said before. */
export const keepUntil = (kind: ItemKind, items: readonly Item[], at: number): Promise<void> =>
  forEach(kind, items, (place) => setExpiry(place, at))

/** From now on they do not expire. */
export const keepAll = (kind: ItemKind, items: readonly Item[]): Promise<void> =>
  forEach(kind, items, (place) => setExpiry(place, undefined))

async function forEach(kind: ItemKind, items: readonly Item[], settleOne: (place: Place) => Promise<void>): Promise<void> {
  for (let first = 0; first < items.length; first += atOnce)
    await Promise.all(items.slice(first, first + atOnce).flatMap((item) => placesOf(kind, item).map(settleOne)))
}
const atOnce = 25

export async function remove({ key, condition, names, values }: Place): Promise<void> {
  const { db, name: TableName } = table()
  await ifItHolds(() =>
    db.send(
      new DeleteCommand({
        TableName,
        Key: { ...key },
        ...(condition
          ? { ConditionExpression: condition, ExpressionAttributeNames: names, ExpressionAttributeValues: values }
          : {}),
      }),
    ),
  )
}

/** Undefined: it does not expire. */
export async function setExpiry(
  { key, condition, ...place }: Place,
  at: number | undefined,
  cut: readonly string[] = [],
): Promise<void> {
  const { db, name: TableName } = table()
  const gone = [...cut, ...(at === undefined ? ['expiresAt'] : [])]
  const names = ['pk', ...gone, ...(at === undefined ? [] : ['expiresAt'])].map((name) => [`#${name}`, name])
  const values = { ...place.values, ...(at === undefined ? {} : { ':at': at }) }
  await ifItHolds(() =>
    db.send(
      new UpdateCommand({
        TableName,
        Key: { ...key },
        UpdateExpression: [
          ...(at === undefined ? [] : ['SET #expiresAt = :at']),
          ...(gone.length === 0 ? [] : [`REMOVE ${gone.map((name) => `#${name}`).join(', ')}`]),
        ].join(' '),
        ConditionExpression: ['attribute_exists(#pk)', ...(condition ? [condition] : [])].join(' AND '),
        ExpressionAttributeNames: { ...Object.fromEntries(names), ...place.names },
        ...(Object.keys(values).length === 0 ? {} : { ExpressionAttributeValues: values }),
      }),
    ),
  )
}
