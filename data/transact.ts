import { randomUUID } from 'node:crypto'
import { TransactionCanceledException, TransactionInProgressException } from '@aws-sdk/client-dynamodb'
import { TransactWriteCommand, type TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb'
import { backOff } from './patience.ts'
import { type Table, table } from './table.ts'

type Items = NonNullable<TransactWriteCommandInput['TransactItems']>
export type Leg = Items[number]
type Without<T, K extends keyof NonNullable<T>> = Omit<NonNullable<T>, K>

/** Legs without the table's name, which `transact` fills in. */
export type NamedLeg =
  | { readonly Put: Without<Leg['Put'], 'TableName'> }
  | { readonly Update: Without<Leg['Update'], 'TableName'> }
  | { readonly Delete: Without<Leg['Delete'], 'TableName'> }
  | { readonly Check: Without<Leg['ConditionCheck'], 'TableName'> }

/** Two transactions on one item at once: one is told to try again. Bounded, so that a caller hears before its own time is up. */
const tries = 10

/**
 * Writes all legs or none. Answers the first leg, in the order given, whose condition did not hold; undefined when
 * everything was written. A conflict with another transaction is tried again; whatever else goes wrong throws.
 */
export const transact = <Name extends string>(legs: Readonly<Partial<Record<Name, NamedLeg>>>): Promise<Name | undefined> =>
  transactInOrder(inOrder(legs))

/** The same, for legs that come from several hands. */
export async function transactInOrder<Name extends string>(
  named: readonly (readonly [Name, NamedLeg])[],
  { db, name }: Table = table(),
): Promise<Name | undefined> {
  const command = new TransactWriteCommand({
    // One token for every try: an earlier try that is still under way must be known again, or both are written.
    ClientRequestToken: randomUUID(),
    TransactItems: named.map(([, leg]) => inTable(leg, name)),
  })
  for (let attempt = 1; ; attempt++) {
    try {
      await db.send(command)
      return undefined
    } catch (error) {
      if (error instanceof TransactionCanceledException) {
        const refused = firstRefused(named, error)
        if (refused !== undefined) return refused
      }
      if (!isConflict(error) || attempt === tries) throw error
      await backOff(attempt)
    }
  }
}

/** A leg in conflict has not been looked at: what stands behind it may be refused for that leg's reason alone. */
function firstRefused<Name extends string>(
  named: readonly (readonly [Name, NamedLeg])[],
  error: TransactionCanceledException,
): Name | undefined {
  const reasons = error.CancellationReasons ?? []
  const first = reasons.findIndex(({ Code }) => Code === 'ConditionalCheckFailed' || Code === 'TransactionConflict')
  return reasons[first]?.Code === 'ConditionalCheckFailed' ? named[first]?.[0] : undefined
}

const isConflict = (error: unknown): boolean =>
  error instanceof TransactionInProgressException ||
  (error instanceof TransactionCanceledException &&
    (error.CancellationReasons ?? []).some((reason) => reason.Code === 'TransactionConflict'))

function inTable(leg: NamedLeg, TableName: string): Leg {
  if ('Put' in leg) return { Put: { TableName, ...leg.Put } }
  if ('Update' in leg) return { Update: { TableName, ...leg.Update } }
  if ('Delete' in leg) return { Delete: { TableName, ...leg.Delete } }
  return { ConditionCheck: { TableName, ...leg.Check } }
}

export function inOrder<Name extends string>(legs: Readonly<Partial<Record<Name, NamedLeg>>>): [Name, NamedLeg][] {
  const named: [Name, NamedLeg][] = []
  for (const name in legs) {
    const leg = legs[name]
    if (leg) named.push([name, leg])
  }
  return named
}

/** A new item, never a replacement. */
export const append = (item: Record<string, unknown>): NamedLeg => ({
  Put: { Item: item, ConditionExpression: 'attribute_not_exists(pk)' },
})
