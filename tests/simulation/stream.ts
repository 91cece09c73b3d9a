import type { AttributeValue } from '@aws-sdk/client-dynamodb'
import type { Context } from 'aws-lambda'
import type { WorkHandler } from '../../functions/kit/work.ts'
import type { TableChange } from './fake-table.ts'
import { type Item, imageOf as written } from './table/values.ts'
import type { World } from './world.ts'

interface Failures {
  readonly batchItemFailures: readonly { readonly itemIdentifier: string }[]
}

/** The table's stream with the worker that reads it: in order, and again until a batch is done or given up. */
export class Stream {
  readonly #world: World
  readonly #options: { readonly batchSize: number; readonly prefixes: readonly string[]; readonly timeoutSeconds: number }
  readonly #handler: () => WorkHandler<Failures>
  readonly #records: { readonly sequence: string; readonly at: number; readonly change: TableChange }[] = []
  #serial = 0
  #reading = false
  #tries = 0

  constructor(
    world: World,
    options: { readonly batchSize: number; readonly prefixes: readonly string[]; readonly timeoutSeconds: number },
    handler: () => WorkHandler<Failures>,
  ) {
    this.#world = world
    this.#options = options
    this.#handler = handler
  }

  get empty(): boolean {
    return this.#records.length === 0
  }

  add(change: TableChange): void {
    const wanted = this.#options.prefixes.some((prefix) =>
      prefix.endsWith('#') ? change.pk.startsWith(prefix) : change.pk === prefix,
    )
    if (!wanted) return
    this.#records.push({ sequence: String(this.#serial++), at: Math.floor(this.#world.clock.now / 1_000), change })
    this.#wake()
  }

  #wake(): void {
    if (this.#reading || this.#records.length === 0) return
    this.#reading = true
    const stalled = this.#world.faults.astray('stream stalled') ? 300_000 : 0
    this.#world.clock.after(
      Math.max(stalled, this.#world.standstill()) + this.#world.faults.late('stream') + (this.#tries > 0 ? 1_000 : 0),
      () => {
        this.#read().finally(() => {
          this.#reading = false
          this.#wake()
        })
      },
    )
  }

  async #read(): Promise<void> {
    const batch = this.#records.slice(0, this.#options.batchSize)
    const Records = batch.map(({ sequence, at, change }) => ({
      eventName: kindOf(change),
      dynamodb: { SequenceNumber: sequence, ApproximateCreationDateTime: at, ...imagesOf(change) },
    }))
    const ended = await this.#world.live('relay', this.#options.timeoutSeconds, () => this.#handler()({ Records }, {} as Context))
    const failed = ended.how !== 'done' || ended.value.batchItemFailures.length > 0
    if (failed && ++this.#tries <= mostTries && !this.#world.faults.astray('records given up')) return
    this.#records.splice(0, batch.length)
    this.#tries = 0
  }
}

const mostTries = 10

const kindOf = ({ now, was }: TableChange): string => (was === undefined ? 'INSERT' : now === undefined ? 'REMOVE' : 'MODIFY')
const imagesOf = ({ pk, sk, now, was }: TableChange) => ({
  Keys: { pk: { S: pk }, sk: { S: sk } },
  ...(now ? { NewImage: imageOf(now) } : {}),
  ...(was ? { OldImage: imageOf(was) } : {}),
})

/** What an item becomes is what it was at its next change: each is written out once. */
const images = new WeakMap<Item, Record<string, AttributeValue>>()
function imageOf(item: Item): Record<string, AttributeValue> {
  const known = images.get(item) ?? written(item)
  images.set(item, known)
  return known
}
