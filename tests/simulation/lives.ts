import { parentPort } from 'node:worker_threads'
import { crashPoints, rehearse, stumble } from './scripted.ts'
import { simulate } from './simulate.ts'
import { type Counts, Tally } from './tally.ts'
import { Dead } from './world.ts'

/** Some of the worlds there are to live through: seeds until so many went wrong, or all points. */
export type Job =
  | { readonly kind: 'seeds'; readonly from: number; readonly to: number; readonly failures: number }
  /** Crash points of one script, by their numbers. */
  | { readonly kind: 'points'; readonly names: readonly string[]; readonly from: number; readonly to: number }

/** What came of a job: each world that went wrong, with how to live through it again. */
export interface Lived {
  readonly worlds: number
  readonly wrong: readonly string[]
  readonly counts: Counts
}

/** One thread of a fleet: lives through what it is handed, job by job. */
function serve(port: NonNullable<typeof parentPort>): void {
  // What a frozen instance still awaits is never answered; nobody hears its last words.
  process.on('unhandledRejection', (error) => {
    if (!(error instanceof Dead)) throw error
  })
  // Read thousands of times in every world: from an object, not from the system.
  process.env = { ...process.env }
  port.on('message', (job: Job) => {
    live(job).then((lived) => port.postMessage(lived))
  })
}

const live = (job: Job): Promise<Lived> => (job.kind === 'seeds' ? liveSeeds(job) : livePoints(job))

async function liveSeeds({ from, to, failures }: Extract<Job, { kind: 'seeds' }>): Promise<Lived> {
  const tally = new Tally()
  const wrong: string[] = []
  let seed = from
  for (; seed < to && wrong.length < failures; seed++) {
    const result = await simulate(seed)
    tally.add(result.tally)
    if (result.wrong.length > 0) wrong.push(`seed ${seed}:\n  ${result.wrong.join('\n  ')}\n  again: SEED=${seed} npm run simulate`)
  }
  return { worlds: seed - from, wrong, counts: tally.counts }
}

async function livePoints({ names, from, to }: Extract<Job, { kind: 'points' }>): Promise<Lived> {
  const tally = new Tally()
  const wrong: string[] = []
  const { requests } = await rehearse(names)
  const points = crashPoints(requests).slice(from, to)
  for (const { at, fate, request } of points) {
    const result = await stumble(names, at, fate)
    tally.add(result.tally)
    if (result.wrong.length > 0)
      wrong.push(
        `${fate}, request ${at} (${request.by}: ${request.what()}):\n  ${result.wrong.join('\n  ')}\n  again: POINT='${names.join(',')}:${at}:${fate}' npm run simulate`,
      )
  }
  return { worlds: points.length, wrong, counts: tally.counts }
}

if (parentPort) serve(parentPort)
