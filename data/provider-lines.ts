import { randomBytes } from 'node:crypto'
import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb'
import * as z from 'zod/mini'
import { type ProviderId, providerId } from '../core/ids.ts'
import type { Need } from '../core/need.ts'
import { ailments, type Health, isAilment } from '../core/providers/health.ts'
import { current, type Granted, grant, isSpotless, type Line, newLine, type Told, tell, trusted } from '../core/providers/line.ts'
import type { Called, Intent, NoTurn, TakeTurns, Turn } from '../core/providers/turns.ts'
import { Refusal } from '../core/refusals.ts'
import type { AuditRecord } from '../core/staff/audit.ts'
import { mayAudit, transactAudited } from './audit.ts'
import { ifItHolds } from './if-it-holds.ts'
import { keys } from './keys.ts'
import { backOff, pause } from './patience.ts'
import { queryAll } from './query.ts'
import { id, integer } from './read.ts'
import { table } from './table.ts'

const count = z.object({ since: integer, well: integer, failed: integer })
const kind = z.enum(['add', 'ask', 'probe'])
const lineItem = z.object({
  sk: id(providerId),
  stamp: z.string(),
  holds: z.record(z.string(), z.object({ seats: integer, until: integer })),
  minute: integer,
  used: integer,
  adds: count,
  asks: count,
  bad: z.array(z.object({ at: integer, of: kind, how: z.enum(ailments) })),
  failing: z.optional(
    z.object({
      by: z.enum(['adds', 'asks']),
      since: integer,
      phase: z.enum(['open', 'trying']),
      probes: integer,
      nextProbeAt: integer,
      trial: z.optional(z.object({ by: z.string(), until: integer })),
    }),
  ),
  restsUntil: z.optional(integer),
})

/** A line as it lies in the table. Whoever writes it says which one it saw; nobody's change is lost. */
interface Seen {
  readonly line: Line
  readonly stamp: string | undefined
}

async function read(provider: ProviderId): Promise<Seen> {
  const { db, name: TableName } = table()
  const { Item } = await db.send(new GetCommand({ TableName, Key: keys.line(provider), ConsistentRead: true }))
  if (!Item) return { line: newLine, stamp: undefined }
  const { stamp, sk: _, ...line } = lineItem.parse(Item)
  return { line, stamp }
}

const replacing = (provider: ProviderId, { stamp: seen }: Seen, line: Line, stamp: string) => ({
  Item: { ...keys.line(provider), ...defined(line), stamp },
  ...(seen === undefined
    ? { ConditionExpression: 'attribute_not_exists(pk)' }
    : { ConditionExpression: 'stamp = :seen', ExpressionAttributeValues: { ':seen': seen } }),
})

/** The table takes no attribute that is undefined. */
const defined = ({ failing, ...line }: Line): Record<string, unknown> => ({
  ...line,
  ...(failing ? { failing: Object.fromEntries(Object.entries(failing).filter(([, value]) => value !== undefined)) } : {}),
})

/** How often a change is tried anew on a line that others write at the same time. */
const tries = 12

/** How a line is to be, or why it is left as it is. */
type Next<No> = { readonly line: Line } | { readonly denied: No }

/** Changes a line, unless that is denied; undefined when others were always faster. */
async function change<No>(provider: ProviderId, next: (line: Line) => Next<No>): Promise<Next<No> | undefined> {
  const stamp = randomBytes(6).toString('base64url')
  for (let attempt = 1; attempt <= tries; attempt++) {
    const seen = await read(provider)
    // Written before, and the answer was lost on its way.
    if (seen.stamp === stamp) return { line: seen.line }
    const wanted = next(seen.line)
    if ('denied' in wanted) return wanted
    const { db, name: TableName } = table()
    const put = new PutCommand({ TableName, ...replacing(provider, seen, wanted.line, stamp) })
    if (await ifItHolds(() => db.send(put))) return wanted
    await backOff(attempt)
  }
  return undefined
}

/** A lease is good for the longest call and this much more: so long it can be used without asking again. */
const spareSeconds = 15
/** Instances' clocks differ by less; nobody begins a call that could end later than this before its lease does. */
const marginSeconds = 5
/** How long somebody waits before looking again, and before asking the table again, with seats or with none, in milliseconds. */
const lookAgain = 120
const askForMore = 800
const askForOne = 360

/** An instance's lease of a provider, for one kind of call: taken once for the orders of a batch, and for those that follow soon. */
class Lease {
  readonly #by = randomBytes(6).toString('base64url')
  readonly #provider: ProviderId
  readonly #intent: Intent
  #seats = 0
  #turns = 0
  #minute = 0
  #until = 0
  #scarce = true
  #spotless = false
  #inUse = 0
  #waiting = 0
  #unsaid: readonly Told[] = []
  /** All that wait share one request for more. */
  #asking: Promise<NoTurn | undefined> | undefined
  #askedAt = 0
  #askedInVain = false
  /** One change of the line at a time: what is given back must not be what was just taken. */
  #last: Promise<unknown> = Promise.resolve()

  constructor(provider: ProviderId, intent: Intent) {
    this.#provider = provider
    this.#intent = intent
  }

  async take(limits: Called, patienceSeconds: number, clock: () => Date): Promise<Turn | NoTurn> {
    const deadline = clock().getTime() + patienceSeconds * 1000
    this.#waiting++
    try {
      for (;;) {
        const now = clock().getTime()
        if (this.#isFree(now)) return this.#begin(clock)
        const refused = now < this.#askedAt + this.#untilAskedAgain() ? 'busy' : await this.#ask(limits, clock)
        if (this.#isFree(clock().getTime())) continue
        if (refused === 'failing') return 'failing'
        if (clock().getTime() >= deadline) return 'busy'
        await pause(lookAgain)
      }
    } finally {
      this.#waiting--
    }
  }

  #untilAskedAgain(): number {
    if (this.#inUse > 0) return askForMore
    return this.#askedInVain ? askForOne : 0
  }

  #isFree(now: number): boolean {
    const { seconds } = this.#intent
    const inTime = now + (seconds + marginSeconds) * 1000 <= this.#until
    return inTime && this.#inUse < this.#seats && this.#turns > 0 && this.#minute === minuteOf(now)
  }

  #begin(clock: () => Date): Turn {
    this.#inUse++
    this.#turns--
    return { end: (health) => this.#end(health, clock) }
  }

  #ask(limits: Called, clock: () => Date): Promise<NoTurn | undefined> {
    this.#asking ??= this.#alone(() => this.#renew(limits, clock)).finally(() => {
      this.#asking = undefined
    })
    return this.#asking
  }

  async #renew(limits: Called, clock: () => Date): Promise<NoTurn | undefined> {
    const { kind, seconds, calls: callsEach } = this.#intent
    const now = clock().getTime()
    this.#askedAt = now
    const until = now + (seconds + spareSeconds) * 1000
    let granted: Granted | undefined
    const done = await this.#tell<NoTurn>((line, unsaid) => {
      const wish = { by: this.#by, kind, seats: this.#inUse + this.#waiting, turns: this.#turnsWanted(limits), callsEach, until }
      const got = grant(tell(line, this.#by, unsaid, false, now), limits, wish, now)
      if (typeof got === 'string') return { denied: got }
      granted = got
      return got
    })
    this.#askedInVain = !granted
    if (!done) return 'busy'
    if ('denied' in done) return done.denied
    if (!granted) return undefined
    const left = limits.perMinute !== undefined && this.#minute === minuteOf(now) && !granted.trial ? this.#turns : 0
    this.#seats = granted.seats
    this.#turns = left + granted.turns
    this.#minute = minuteOf(now)
    this.#until = until
    this.#scarce = granted.scarce
    return undefined
  }

  /** Where the minute is not limited, there is no need to come back for more. */
  #turnsWanted({ perMinute }: Called): number {
    return perMinute === undefined ? plenty : Math.max(this.#waiting - this.#turns, 1)
  }

  async #end(health: Health, clock: () => Date): Promise<void> {
    this.#inUse--
    const now = clock().getTime()
    this.#unsaid = [...this.#unsaid, { kind: this.#intent.kind, health, at: now }].slice(-mostUnsaid)
    const bad = isAilment(health) || health === 'turned-away'
    // Whoever met something bad asks before the next call.
    if (bad) this.#turns = 0
    if (!bad && this.#spotless && !(this.#isIdle() && this.#scarce)) return
    await this.#alone(() => {
      const left = this.#isIdle()
      if (left) this.#until = 0
      return this.#tell<never>((line, unsaid) => ({ line: tell(line, this.#by, unsaid, left, now) }))
    })
  }

  #isIdle(): boolean {
    return this.#inUse === 0 && this.#waiting === 0
  }

  /** Changes the line, together with how calls went since the last time. */
  async #tell<No>(next: (line: Line, unsaid: readonly Told[]) => Next<No>): Promise<Next<No> | undefined> {
    const unsaid = this.#unsaid
    this.#unsaid = []
    let done: Next<No> | undefined
    try {
      done = await change<No>(this.#provider, (line) => next(line, unsaid))
    } finally {
      if (!done || 'denied' in done) this.#unsaid = [...unsaid, ...this.#unsaid].slice(-mostUnsaid)
    }
    if (done && 'line' in done) this.#spotless = isSpotless(done.line)
    return done
  }

  #alone<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#last.then(work, work)
    this.#last = done.catch(() => undefined)
    return done
  }
}

const minuteOf = (now: number): number => Math.floor(now / 60_000)
/** Turns of one lease where nothing limits them. */
const plenty = 1_000_000
const mostUnsaid = 50

export const providerLines = {
  allow: [{ on: 'table', actions: ['GetItem', 'PutItem'], keys: ['LINE'] }],
  open: () => {
    const leases = new Map<string, Lease>()
    return {
      async take(provider, intent, patienceSeconds, clock) {
        const name = `${provider.providerId} ${intent.kind} ${intent.seconds}`
        const lease = leases.get(name) ?? new Lease(provider.providerId, intent)
        leases.set(name, lease)
        return lease.take(provider, patienceSeconds, clock)
      },
    }
  },
} satisfies Need<TakeTurns>

interface ReadLines {
  /** As they are by now. A provider that was never called has none. */
  all(now: Date): Promise<Map<ProviderId, Line>>
}

export const readLines = {
  allow: [{ on: 'table', actions: ['Query'], keys: ['LINE'] }],
  open: () => ({
    async all(now) {
      const lines = new Map<ProviderId, Line>()
      for await (const item of queryAll({ KeyConditionExpression: 'pk = :line', ExpressionAttributeValues: { ':line': 'LINE' } })) {
        const { sk, stamp: _, ...line } = lineItem.parse(item)
        lines.set(sk, current(line, now.getTime()))
      }
      return lines
    },
  }),
} satisfies Need<ReadLines>

interface TrustProviders {
  /** Staff say that a failing provider is well again: refused where it is not failing, or not any more. */
  trust(id: ProviderId, audit: AuditRecord, now: Date): Promise<void>
}

export const trustProviders = {
  allow: [
    { on: 'table', actions: ['GetItem'], keys: ['LINE'] },
    { on: 'table', actions: ['PutItem'], keys: ['LINE'], onlyIn: 'TransactWriteItems' },
    ...mayAudit,
  ],
  open: () => ({
    async trust(id, audit, now) {
      for (let attempt = 1; attempt <= tries; attempt++) {
        const seen = await read(id)
        if (!seen.line.failing) throw new Refusal('provider-changed')
        const next = trusted(current(seen.line, now.getTime()))
        const line = { Put: replacing(id, seen, next, randomBytes(6).toString('base64url')) }
        if ((await transactAudited(audit, now, { line })) === undefined) return
        await backOff(attempt)
      }
      throw new Refusal('provider-changed')
    },
  }),
} satisfies Need<TrustProviders>
