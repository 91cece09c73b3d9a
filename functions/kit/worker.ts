import type { FilePlace, Opened, QueueName } from '../../core/need.ts'
import type { Uses } from './endpoint.ts'

/** What sets a worker going. */
export type Trigger =
  | {
      readonly kind: 'queue'
      readonly queue: QueueName
      readonly batchSize: number
      /** How long the gateway collects messages before it calls. */
      readonly batchSeconds?: number
      /** Calls at once, at most; 2 or more. */
      readonly atOnce?: number
      /** What is sent to it by no function: word of what arrives in the bucket of files under this name. */
      readonly fedBy?: FilePlace
      /** All messages mean the same: one run serves a whole batch. */
      readonly alike?: true
      /** Run with this message at every deployment as well: what it made before may be of another form. */
      readonly onDeploy?: object
    }
  /**
   * The table's stream, narrowed to changes of items with these partition-key prefixes, and with those of `expiring` where
   * the item was to expire already.
   */
  | {
      readonly kind: 'stream'
      readonly batchSize: number
      readonly prefixes: readonly string[]
      readonly expiring: readonly string[]
    }
  | { readonly kind: 'schedule'; readonly every: 'minute' | 'hour' | 'day' }

/** What time it is by now: for workers that wait for somebody in between. */
export type Clock = () => Date

/** Who is hurt when a worker fails, and where the way out is written: required, so that no alarm is without it. */
export interface Failing {
  readonly hurts: string
  /** The section of docs/runbook.md. */
  readonly runbook: string
}

interface Common<U extends Uses> {
  readonly name: `workers.${string}`
  readonly summary: string
  readonly failing: Failing
  readonly timeoutSeconds: number
  /** Where the work itself takes more than usual. */
  readonly memoryMegabytes?: number
  readonly uses: U
}

export interface QueueWorker<Message, U extends Uses> extends Common<U> {
  readonly on: Extract<Trigger, { kind: 'queue' }>
  /** Reads a message; throws for one that is none. */
  readonly read: (message: unknown) => Message
  /** One message. A throw puts it back in the queue; the others of its batch are not touched by that. */
  readonly run: (call: {
    message: Message
    uses: Opened<U>
    now: Date
    clock: Clock
    /** How often the queue has handed out this very message, this time included; 1 where it is not counted. */
    attempt?: number
  }) => Promise<void>
}

export interface StreamWorker<Change, U extends Uses> extends Common<U> {
  readonly on: Extract<Trigger, { kind: 'stream' }>
  readonly read: (record: unknown) => Change
  /** A batch, in order. A throw has the whole batch come again: hearing twice must do no harm. */
  readonly run: (call: { changes: readonly Change[]; uses: Opened<U>; now: Date }) => Promise<void>
}

export interface ScheduleWorker<U extends Uses> extends Common<U> {
  readonly on: Extract<Trigger, { kind: 'schedule' }>
  readonly run: (call: { uses: Opened<U>; now: Date; clock: Clock }) => Promise<void>
}

export const queueWorker = <Message, U extends Uses>(definition: QueueWorker<Message, U>): QueueWorker<Message, U> => definition
export const streamWorker = <Change, U extends Uses>(definition: StreamWorker<Change, U>): StreamWorker<Change, U> => definition
export const scheduleWorker = <U extends Uses>(definition: ScheduleWorker<U>): ScheduleWorker<U> => definition
