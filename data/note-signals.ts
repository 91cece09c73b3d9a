import { UpdateCommand } from '@aws-sdk/lib-dynamodb'
import type { CustomerId, KeyId } from '../core/ids.ts'
import type { Need } from '../core/need.ts'
import { periods } from '../core/privacy/periods.ts'
import { Refusal } from '../core/refusals.ts'
import type { SignalKind } from '../core/signals/signal.ts'
import { dayOf, epochSeconds, iso, later } from '../core/time.ts'
import type { Looked } from './api-keys.ts'
import { keys } from './keys.ts'
import { mayPepper, nameless } from './pepper.ts'
import { integer } from './read.ts'
import { table } from './table.ts'
import { tally } from './tally.ts'

/** Days a signal is kept. */
export const signalDays = periods.signalDays

/** Wrong keys from one network in an hour, after which it is told to slow down. Who comes with a good key is not. */
export const mostBadKeys = 200

/** Networks with wrong keys that an instance tells apart on a day; of more only the sum is counted. */
const mostSources = 500

/** A flood of a million is written a hundred and some times by an instance, and counted to within an eighth. */
const floodPace = { first: 10, again: 10, share: 1 / 8, seconds: 60 }
/** Of a good key in the wrong place the first time counts. */
const rarePace = { ...floodPace, first: 1, again: 1 }

/** Whom a signal is about. */
interface About {
  readonly kind: SignalKind
  readonly subject: string
  readonly customerId?: CustomerId
  readonly keyId?: KeyId | undefined
}

interface NoteSignals {
  /**
   * Somebody came with a key that opens nothing, here or at all. Refuses with `too-many-requests` when that network has done
   * so too often in this hour, and with `key-invalid` otherwise.
   */
  badKey(looked: Extract<Looked, { opens: false }>, address: string, now: Date): Promise<never>
  /** A customer asked for so many orders that are not theirs; with a key, or on the site. Never fails. */
  strangeOrders(customer: CustomerId, key: KeyId | undefined, times: number, now: Date): Promise<void>
}

export const noteSignals = {
  allow: [{ on: 'table', actions: ['UpdateItem'], keys: ['SIGNAL#*'] }, mayPepper],
  open: () => {
    const [floods, rare] = [tally(floodPace), tally(rarePace)]
    const sources = newSources()

    /** Counts for the one it is about, and for the day as a whole. Answers the hour's count where it was written. */
    async function note({ kind, ...about }: About, times: number, now: Date): Promise<number | undefined> {
      const day = dayOf(now)
      const own = kind === 'foreign-addresses' ? rare : floods
      const isTold = kind !== 'bad-keys' || sources.has(day, about.subject)
      const due = isTold ? own(`${day} ${kind} ${about.subject}`, times, now) : 0
      const dueInAll = own(`${day} ${kind}`, times, now)
      const [hour] = await Promise.all([
        due > 0 ? add({ kind, ...about }, due, now) : undefined,
        dueInAll > 0 ? add({ kind, subject: '' }, dueInAll, now) : undefined,
      ])
      return hour
    }

    async function noteBadKey(of: Extract<Looked, { opens: false }>['of'], address: string, now: Date): Promise<boolean> {
      const source = (await nameless('bad keys', now))(address)
      const hour = iso(now).slice(0, 13)
      const [inHour = 0] = await Promise.all([
        note({ kind: 'bad-keys', subject: source }, 1, now),
        of && note({ kind: 'foreign-addresses', subject: `${of.customerId} ${of.keyId}`, ...of }, 1, now),
      ])
      if (inHour >= mostBadKeys) sources.slowDown(hour, source)
      return sources.isSlowedDown(hour, source)
    }

    return {
      async badKey({ of }, address, now) {
        const tooOften = await noteBadKey(of, address, now).catch(() => false)
        throw new Refusal(tooOften ? 'too-many-requests' : 'key-invalid')
      },
      async strangeOrders(customerId, keyId, times, now) {
        if (times < 1) return
        const about = { kind: 'order-walks', subject: `${customerId} ${keyId ?? 'site'}`, customerId, keyId } as const
        await note(about, times, now).catch(() => undefined)
      },
    }
  },
} satisfies Need<NoteSignals>

/** What an instance remembers of networks: which it tells apart today, and which are to slow down in this hour. */
function newSources() {
  const told = { day: '', names: new Set<string>() }
  const slowed = { hour: '', names: new Set<string>() }
  return {
    has(day: string, source: string): boolean {
      if (told.day !== day) Object.assign(told, { day, names: new Set() })
      if (told.names.size < mostSources) told.names.add(source)
      return told.names.has(source)
    },
    slowDown(hour: string, source: string): void {
      if (slowed.hour !== hour) Object.assign(slowed, { hour, names: new Set() })
      slowed.names.add(source)
    },
    isSlowedDown: (hour: string, source: string): boolean => slowed.hour === hour && slowed.names.has(source),
  }
}

/** Adds to a signal, and answers what its hour has come to. Without a subject it is the day's sum. */
async function add({ kind, subject, customerId, keyId }: About, times: number, now: Date): Promise<number> {
  const { db, name: TableName } = table()
  const hour = `h${iso(now).slice(11, 13)}`
  const { Attributes } = await db.send(
    new UpdateCommand({
      TableName,
      Key: subject === '' ? keys.signalSum(dayOf(now), kind) : keys.signal(dayOf(now), kind, subject),
      UpdateExpression:
        'SET #kind = :kind, firstAt = if_not_exists(firstAt, :now), lastAt = :now, expiresAt = :expiresAt' +
        `${customerId === undefined ? '' : ', customerId = :customer'}${keyId === undefined ? '' : ', keyId = :key'}` +
        ' ADD times :times, #hour :times',
      ExpressionAttributeNames: { '#kind': 'kind', '#hour': hour },
      ExpressionAttributeValues: {
        ':kind': kind,
        ':now': iso(now),
        ':times': times,
        ':expiresAt': epochSeconds(later(now, signalDays * 86_400)),
        ...(customerId === undefined ? {} : { ':customer': customerId }),
        ...(keyId === undefined ? {} : { ':key': keyId }),
      },
      ReturnValues: 'UPDATED_NEW',
    }),
  )
  return integer.parse(Attributes?.[hour])
}
