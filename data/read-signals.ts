import * as z from 'zod/mini'
import { customerId, keyId, staffId } from '../core/ids.ts'
import type { Need } from '../core/need.ts'
import { Refusal } from '../core/refusals.ts'
import { hourNames, type SignalKind, shownFrom, signalKinds } from '../core/signals/signal.ts'
import type { AuditRecord } from '../core/staff/audit.ts'
import { dayOf, iso, later } from '../core/time.ts'
import { mayAudit, transactAudited } from './audit.ts'
import { getItems } from './get-items.ts'
import { keys } from './keys.ts'
import { signalDays } from './note-signals.ts'
import { queryAll } from './query.ts'
import { id, integer, time } from './read.ts'
import { isLeft } from './unexpired.ts'

const signalItem = z.object({
  sk: z.string(),
  kind: z.enum(signalKinds),
  times: integer,
  firstAt: time,
  lastAt: time,
  customerId: z.optional(id(customerId)),
  keyId: z.optional(id(keyId)),
  seenAt: z.optional(time),
  seenBy: z.optional(id(staffId)),
  seenMemo: z.optional(z.string()),
  seenTimes: z.optional(integer),
})

/** What was noticed of one, on one day. */
export interface Signal extends Omit<z.output<typeof signalItem>, 'sk'> {
  /** Names it within its day and kind: a network's hash, or a customer and a key. */
  readonly subject: string
  /** How often in each hour of the day. */
  readonly hours: readonly number[]
}

const counts = z.record(z.string(), z.unknown())

function readSignal(item: unknown): Signal {
  const { sk, ...signal } = signalItem.parse(item)
  const all = counts.parse(item)
  const hours = hourNames.map((hour) => integer.parse(all[hour] ?? 0))
  return { ...signal, subject: sk.slice(signal.kind.length + 1), hours }
}

/** A day's signals: those that are shown, most often first, and the sum of everything that was counted. */
export interface DayOfSignals {
  readonly signals: readonly Signal[]
  readonly sums: readonly Signal[]
}

interface ReadSignals {
  ofDay(day: string, now: Date): Promise<DayOfSignals>
  /** How often each kind was counted on each of the last 30 days; days without any are left out. */
  lately(now: Date): Promise<{ readonly day: string; readonly kind: SignalKind; readonly times: number }[]>
}

export const readSignals = {
  allow: [{ on: 'table', actions: ['Query', 'BatchGetItem'], keys: ['SIGNAL#*'] }],
  open: () => ({
    async ofDay(day, now) {
      const [signals, sums]: [Signal[], Signal[]] = [[], []]
      const found = queryAll({ KeyConditionExpression: 'pk = :pk', ExpressionAttributeValues: { ':pk': `SIGNAL#${day}` } })
      for await (const item of found) {
        if (!isLeft(item, now)) continue
        const signal = readSignal(item)
        if (String(item['sk']).startsWith('=')) sums.push(signal)
        else if (signal.times >= shownFrom[signal.kind]) signals.push(signal)
      }
      return { signals: signals.sort((a, b) => b.times - a.times), sums }
    },
    async lately(now) {
      const days = Array.from({ length: signalDays }, (_, ago) => dayOf(later(now, -ago * 86_400)))
      const items = await getItems(days.flatMap((day) => signalKinds.map((kind) => keys.signalSum(day, kind))))
      return items
        .map((item) => ({ day: String(item['pk']).slice('SIGNAL#'.length), ...readSignal(item) }))
        .map(({ day, kind, times }) => ({ day, kind, times }))
        .sort((a, b) => (a.day < b.day ? -1 : 1))
    },
  }),
} satisfies Need<ReadSignals>

interface MarkSignals {
  /** Somebody looked into it, up to where it had come by now. Written with `audit`. */
  seen(day: string, kind: SignalKind, subject: string, audit: AuditRecord, now: Date): Promise<void>
}

export const markSignals = {
  allow: [{ on: 'table', actions: ['UpdateItem'], keys: ['SIGNAL#*'], onlyIn: 'TransactWriteItems' }, ...mayAudit],
  open: () => ({
    async seen(day, kind, subject, audit, now) {
      const refused = await transactAudited(audit, now, {
        signal: {
          Update: {
            Key: keys.signal(day, kind, subject),
            UpdateExpression: 'SET seenAt = :now, seenBy = :by, seenMemo = :memo, seenTimes = times',
            ConditionExpression: 'attribute_exists(pk)',
            ExpressionAttributeValues: { ':now': iso(now), ':by': audit.by, ':memo': audit.why ?? '' },
          },
        },
      })
      if (refused) throw new Refusal('signal-not-found')
    },
  }),
} satisfies Need<MarkSignals>
