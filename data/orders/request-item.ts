import { UpdateCommand } from '@aws-sdk/lib-dynamodb'
import type { Attempt } from '../../core/ids.ts'
import type { AskedOf, RequestReason } from '../../core/orders/request.ts'
import { iso, later } from '../../core/time.ts'
import { ifItHolds } from '../if-it-holds.ts'
import { table } from '../table.ts'
import type { NamedLeg } from '../transact.ts'

/** How long a worker may take over one call: longer than the call's own limit. After it, it is given up for lost. */
export const requestLeaseSeconds = 90

interface Move {
  readonly from: readonly string[]
  readonly to: string
}

/** Attributes that go with a change of a refill or a cancellation. */
export interface RequestChange {
  readonly reason?: RequestReason | undefined
  /** Who is to do it from now on. */
  readonly askedOf?: AskedOf | undefined
  /** On which list it stands from now on; on none where nothing is said. */
  readonly openOn?: string | undefined
  /** The provider's own words. */
  readonly said?: string | undefined
  readonly set?: Readonly<Record<string, unknown>>
  /** Further attributes that must be as they were seen. */
  readonly only?: Readonly<Record<string, unknown>>
  /** Whose attempt this is. The same attempt's change once more is no change. */
  readonly attempt?: Attempt | undefined
}

/** Takes it in hand, in the name of this attempt. */
export const taking = (attempt: Attempt, openOn: string, now: Date): RequestChange => ({
  attempt,
  openOn,
  only: { askedOf: 'provider' },
  set: { attempt, leaseUntil: iso(later(now, requestLeaseSeconds)) },
})

/** What is only true for a while: said anew with every change, or gone. */
const passing = ['reason', 'openOn', 'said', 'leaseUntil'] as const

/** A change of state as an update. Its condition is printed from the move, so the table itself refuses every other. */
export function moveRequest(
  Key: { readonly pk: string; readonly sk: string },
  { from, to }: Move,
  at: Date,
  change: RequestChange,
) {
  const { reason, askedOf, openOn, said, attempt } = change
  const set = Object.entries({ ...change.set, state: to, changedAt: iso(at), reason, askedOf, openOn, said }).filter(
    ([, value]) => value !== undefined,
  )
  const remove = passing.filter((name) => !set.some(([attribute]) => attribute === name))
  const only = Object.entries(change.only ?? {})
  const isTaken = set.some(([name]) => name === 'attempt')
  const lawful = [
    `#state IN (${from.map((_, index) => `:from${index}`).join(', ')})`,
    ...only.map(([name]) => `#${name} = :only_${name}`),
    ...(attempt !== undefined && !isTaken ? ['#attempt = :mine'] : []),
  ].join(' AND ')
  const mine = attempt === undefined ? undefined : `(${lawful}) OR (#state = :state AND #attempt = :mine)`
  return {
    Key,
    UpdateExpression: [
      `SET ${set.map(([name]) => `#${name} = :${name}`).join(', ')}`,
      ...(remove.length > 0 ? [`REMOVE ${remove.map((name) => `#${name}`).join(', ')}`] : []),
    ].join(' '),
    ConditionExpression: mine ?? lawful,
    ExpressionAttributeNames: Object.fromEntries(
      [...set.map(([name]) => name), ...remove, ...only.map(([name]) => name), ...(attempt === undefined ? [] : ['attempt'])].map(
        (name) => [`#${name}`, name],
      ),
    ),
    ExpressionAttributeValues: {
      ...Object.fromEntries(set.map(([name, value]) => [`:${name}`, value])),
      ...Object.fromEntries(from.map((state, index) => [`:from${index}`, state])),
      ...Object.fromEntries(only.map(([name, value]) => [`:only_${name}`, value])),
      ...(attempt === undefined ? {} : { ':mine': attempt }),
    },
  } satisfies Extract<NamedLeg, { Update: unknown }>['Update']
}

/** The item as it stands after the change; undefined when the condition does not hold. */
export async function changeRequest(...move: Parameters<typeof moveRequest>): Promise<unknown> {
  const { db, name: TableName } = table()
  const changed = await ifItHolds(() => db.send(new UpdateCommand({ TableName, ...moveRequest(...move), ReturnValues: 'ALL_NEW' })))
  return changed?.Attributes
}
