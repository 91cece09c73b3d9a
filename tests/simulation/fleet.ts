import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import type { Job, Lived } from './lives.ts'
import { Tally } from './tally.ts'

export interface Outcome {
  readonly worlds: number
  readonly wrong: readonly string[]
  readonly tally: Tally
  readonly seconds: number
}

interface Options {
  /** No further job is begun once so many worlds went wrong. */
  readonly failures?: number
  /** Told of each job as it is done. */
  readonly heard?: (lived: Lived) => void
  readonly threads?: number
}

/** Beside this file, in whatever form that runs. */
const lives = new URL(import.meta.url.endsWith('.ts') ? './lives.ts' : './lives.mjs', import.meta.url)

/** Lives through all jobs, on every core there is. */
export async function sail(jobs: readonly Job[], options: Options = {}): Promise<Outcome> {
  const { failures = Number.POSITIVE_INFINITY, heard, threads = availableParallelism() } = options
  const began = performance.now()
  const tally = new Tally()
  const wrong: string[] = []
  const left = [...jobs]
  let worlds = 0
  const man = async (): Promise<void> => {
    const thread = new Worker(lives, {
      execArgv: ['--disable-warning=ExperimentalWarning'],
      // Worlds are short-lived: in a large nursery most of them die before anybody has to look at them.
      resourceLimits: { maxYoungGenerationSizeMb: 128 },
    })
    try {
      for (let job = left.shift(); job && wrong.length < failures; job = left.shift()) {
        const lived = await live(thread, job)
        worlds += lived.worlds
        wrong.push(...lived.wrong)
        tally.add(new Tally(lived.counts))
        heard?.(lived)
      }
    } finally {
      await thread.terminate()
    }
  }
  await Promise.all(Array.from({ length: Math.min(threads, jobs.length) }, man))
  return { worlds, wrong, tally, seconds: (performance.now() - began) / 1000 }
}

function live(thread: Worker, job: Job): Promise<Lived> {
  const { promise, resolve, reject } = Promise.withResolvers<Lived>()
  thread.once('message', resolve)
  thread.once('error', reject)
  thread.postMessage(job)
  return promise.finally(() => thread.off('message', resolve).off('error', reject))
}

/** Portions small enough that all threads end at about the same time. */
const portions = (first: number, count: number, size: number): { readonly from: number; readonly to: number }[] =>
  Array.from({ length: Math.ceil(count / size) }, (_, index) => {
    const from = first + index * size
    return { from, to: Math.min(from + size, first + count) }
  })

/** A portion ends with so many failures of its own. */
export const seedsFrom = (first: number, count: number, failures: number = Number.POSITIVE_INFINITY): Job[] =>
  portions(first, count, 25).map((portion) => ({ kind: 'seeds', failures, ...portion }))

/** Each portion of a script's points rehearses it first. */
export const pointsOf = (names: readonly string[], count: number): Job[] =>
  portions(0, count, 100).map((portion) => ({ kind: 'points', names, ...portion }))
