import { UpdateCommand } from '@aws-sdk/lib-dynamodb'
import * as z from 'zod/mini'
import { type CustomerId, type KeyId, keyId } from '../core/ids.ts'
import type { Need } from '../core/need.ts'
import { periods } from '../core/privacy/periods.ts'
import { dayOf, epochSeconds, iso, later } from '../core/time.ts'
import { keys } from './keys.ts'
import { queryAll } from './query.ts'
import { id, integer, time } from './read.ts'
import { table } from './table.ts'
import { tally } from './tally.ts'

/** Days that use is told of. */
const useDays = periods.keyUseDays

/** What a key did on a day: at least so many calls, and the last of them at about this time. */
export interface KeyUse {
  readonly keyId: KeyId
  readonly day: string
  readonly calls: number
  readonly usedAt: Date
}

/** A program that calls all day writes once in five minutes; the calls of the last minutes may be missing from the count. */
const pace = { first: 1, again: 5, share: 1, seconds: 300 }

interface NoteKeyUse {
  /** Counts a call. Never fails: what is not noted is not worth a call. */
  note(customer: CustomerId, key: KeyId, now: Date): Promise<void>
}

export const noteKeyUse = {
  allow: [{ on: 'table', actions: ['UpdateItem'], keys: ['USE#*'] }],
  open: () => {
    const count = tally(pace)
    return {
      async note(customer, key, now) {
        const calls = count(`${dayOf(now)} ${key}`, 1, now)
        if (calls > 0) await write(customer, key, calls, now).catch(() => undefined)
      },
    }
  },
} satisfies Need<NoteKeyUse>

async function write(customer: CustomerId, key: KeyId, calls: number, now: Date): Promise<void> {
  const { db, name: TableName } = table()
  await db.send(
    new UpdateCommand({
      TableName,
      Key: keys.keyUse(customer, dayOf(now), key),
      UpdateExpression: 'SET usedAt = :now, keyId = :key, expiresAt = :expiresAt ADD calls :calls',
      ExpressionAttributeValues: {
        ':now': iso(now),
        ':key': key,
        ':calls': calls,
        ':expiresAt': epochSeconds(later(now, (useDays + 1) * 86_400)),
      },
    }),
  )
}

const useItem = z.object({ keyId: id(keyId), sk: z.string(), calls: integer, usedAt: time })

interface ReadKeyUse {
  /** What a customer's keys did in the last 30 days. */
  lately(customer: CustomerId, now: Date): Promise<KeyUse[]>
}

export const readKeyUse = {
  allow: [{ on: 'table', actions: ['Query'], keys: ['USE#*'] }],
  open: () => ({
    async lately(customer, now) {
      const found = queryAll({
        KeyConditionExpression: 'pk = :pk AND sk >= :from',
        ExpressionAttributeValues: { ':pk': `USE#${customer}`, ':from': dayOf(later(now, -useDays * 86_400)) },
      })
      const uses: KeyUse[] = []
      for await (const item of found) {
        const { sk, ...use } = useItem.parse(item)
        uses.push({ ...use, day: sk.slice(0, 10) })
      }
      return uses
    },
  }),
} satisfies Need<ReadKeyUse>
