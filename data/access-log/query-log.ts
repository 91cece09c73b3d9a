import { QueryCommand } from '@aws-sdk/lib-dynamodb'
import { epochSeconds } from '../../core/time.ts'
import type { Item } from '../query.ts'
import { logTable } from '../table.ts'

interface Wanted {
  readonly pk: string
  readonly from?: string
  readonly to?: string
  /** The newest first, and so many at most. */
  readonly latest?: number
}

/** What is kept and has not expired: the table deletes up to two days late, and nobody is to see it meanwhile (P-RET-3). */
export async function queryLog<T>({ pk, from, to, latest }: Wanted, read: (item: Item) => T, now: Date): Promise<T[]> {
  const { db, name: TableName } = logTable()
  const within = from === undefined ? '' : ' AND sk BETWEEN :from AND :to'
  let start: Item | undefined
  const most = latest ?? Number.POSITIVE_INFINITY
  const found: T[] = []
  do {
    const page = await db.send(
      new QueryCommand({
        TableName,
        KeyConditionExpression: `pk = :pk${within}`,
        FilterExpression: 'expiresAt > :now',
        ExpressionAttributeValues: {
          ':pk': pk,
          ':now': epochSeconds(now),
          ...(from === undefined ? {} : { ':from': from, ':to': to ?? from }),
        },
        ScanIndexForward: latest === undefined,
        ExclusiveStartKey: start,
        ...(latest === undefined ? {} : { Limit: latest }),
      }),
    )
    found.push(...(page.Items ?? []).map(read))
    start = page.LastEvaluatedKey
  } while (start && found.length < most)
  return found.slice(0, most)
}
