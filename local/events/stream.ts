import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { DescribeTableCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb'
import {
  type _Record,
  DescribeStreamCommand,
  type DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
  type Shard,
} from '@aws-sdk/client-dynamodb-streams'
import { schema } from '../../data/schema.ts'
import type { StreamWorker } from '../../functions/kit/worker.ts'
import type { Functions } from '../functions/pool.ts'
import { withEmptyMaps } from './images.ts'

// biome-ignore lint/suspicious/noExplicitAny: any worker on the stream
type AnyStreamWorker = StreamWorker<any, any>

/** How far each shard was worked off: its last sequence number, or that it is done. */
type Progress = Record<string, string>

interface Options {
  readonly worker: AnyStreamWorker
  readonly tableName: string
  readonly clients: { readonly database: DynamoDBClient; readonly streams: DynamoDBStreamsClient }
  readonly functions: Functions
  /** Where progress is kept; without it, every start begins at the oldest change there is. */
  readonly file: string | undefined
  readonly stopped: AbortSignal
}

/** The table's stream as the event source of its worker: in order, and a batch that fails comes again. */
export async function followStream({ worker, tableName, clients, functions, file, stopped }: Options): Promise<void> {
  const progress: Progress = file !== undefined && existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {}
  const keep = (shard: string, at: string): void => {
    progress[shard] = at
    if (file !== undefined) writeFileSync(file, JSON.stringify(progress))
  }
  const { Table } = await clients.database.send(new DescribeTableCommand({ TableName: tableName }))
  const StreamArn = Table?.LatestStreamArn
  while (!stopped.aborted) {
    try {
      const { StreamDescription } = await clients.streams.send(new DescribeStreamCommand({ StreamArn }), { abortSignal: stopped })
      const open = (StreamDescription?.Shards ?? []).filter(({ ShardId }) => progress[ShardId ?? ''] !== done)
      for (const shard of open) await followShard(shard, StreamArn, progress, keep, { worker, clients, functions, stopped })
    } catch (error) {
      if (!stopped.aborted) console.error('the stream:', error)
    }
    if (!stopped.aborted) await sleep(200)
  }
}

const done = 'done'
/** How long the follower waits when there is nothing new. */
const idleMilliseconds = 100

async function followShard(
  { ShardId = '' }: Shard,
  StreamArn: string | undefined,
  progress: Progress,
  keep: (shard: string, at: string) => void,
  { worker, clients, functions, stopped }: Pick<Options, 'worker' | 'clients' | 'functions' | 'stopped'>,
): Promise<void> {
  const after = progress[ShardId]
  const position =
    after === undefined
      ? { ShardIteratorType: 'TRIM_HORIZON' as const }
      : { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER' as const, SequenceNumber: after }
  let { ShardIterator: iterator } = await clients.streams.send(new GetShardIteratorCommand({ StreamArn, ShardId, ...position }), {
    abortSignal: stopped,
  })
  while (iterator !== undefined && !stopped.aborted) {
    const { Records = [], NextShardIterator } = await clients.streams.send(
      new GetRecordsCommand({ ShardIterator: iterator, Limit: worker.on.batchSize }),
      { abortSignal: stopped },
    )
    const wanted = Records.filter((record) => passes(record, worker.on)).map(asEvent)
    if (wanted.length > 0) await hand(worker.name, wanted, functions, stopped)
    const last = Records.at(-1)?.dynamodb?.SequenceNumber
    if (last !== undefined && !stopped.aborted) keep(ShardId, last)
    if (Records.length === 0) await sleep(idleMilliseconds)
    iterator = NextShardIterator
  }
  if (iterator === undefined) keep(ShardId, done)
}

/** Tries of a record that fails by itself before it is given up; as in lib/parts/stream-worker.ts. */
const mostTries = 10

/** As the event source does: a batch that fails is cut in two until the bad record is alone, and the others go through. */
async function hand(name: string, Records: readonly unknown[], functions: Functions, stopped: AbortSignal): Promise<void> {
  const tries = Records.length === 1 ? mostTries : 1
  for (let made = 0; made < tries && !stopped.aborted; made++) {
    if (made > 0) await sleep(500)
    const result = await functions.invoke(name, { Records }).catch(() => undefined)
    if ((result as { batchItemFailures: unknown[] } | undefined)?.batchItemFailures.length === 0) return
  }
  if (stopped.aborted) return
  if (Records.length === 1) {
    console.error(`${name} gave up a record of the stream; why is in the log`)
    return
  }
  const half = Math.ceil(Records.length / 2)
  for (const part of [Records.slice(0, half), Records.slice(half)]) await hand(name, part, functions, stopped)
}

/** The filter of the event source. */
function passes({ dynamodb }: _Record, { prefixes, expiring }: AnyStreamWorker['on']): boolean {
  const isLike = (prefix: string) => dynamodb?.Keys?.['pk']?.S?.startsWith(prefix)
  return prefixes.some(isLike) || (dynamodb?.OldImage?.[schema.timeToLive]?.N !== undefined && expiring.some(isLike))
}

/** Times go to a function as seconds since 1970. */
const asEvent = ({ eventName, dynamodb }: _Record) => ({
  eventName,
  dynamodb: {
    ...dynamodb,
    ...(dynamodb?.NewImage && { NewImage: withEmptyMaps(dynamodb.NewImage) }),
    ...(dynamodb?.OldImage && { OldImage: withEmptyMaps(dynamodb.OldImage) }),
    ApproximateCreationDateTime: (dynamodb?.ApproximateCreationDateTime?.getTime() ?? 0) / 1000,
  },
})
