import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import * as z from 'zod/mini'
import type { Image } from '../../core/files/found.ts'
import { type FilePurpose, filePurposes } from '../../core/files/rules.ts'
import type { Need } from '../../core/need.ts'
import { type Drawn, draw } from './draw.ts'

/** The largest picture takes 4 seconds on a full core. */
const patienceMilliseconds = 25_000

interface RedrawImages {
  /** Undefined when it cannot be decoded. Throws when the thread that decodes is lost, or takes too long. */
  redraw(image: Image, purpose: FilePurpose): Promise<Drawn | undefined>
}

/**
 * Pictures are decoded in a thread of their own, which runs this very file and is thrown away after: what a picture does to
 * its decoder, its memory and its time ends there.
 */
export const redrawImages = {
  allow: [],
  open: () => redrawWithin(patienceMilliseconds),
} satisfies Need<RedrawImages>

export const redrawWithin = (milliseconds: number): RedrawImages => ({
  async redraw({ still, format, orientation }, purpose) {
    const thread = new Worker(new URL(import.meta.url), {
      workerData: { task, still, format, orientation, purpose } satisfies Job,
      execArgv: ['--disable-warning=ExperimentalWarning'],
    })
    let timer: NodeJS.Timeout | undefined
    try {
      return await new Promise<Drawn | undefined>((done, failed) => {
        timer = setTimeout(() => failed(new Error('a picture took too long to decode')), milliseconds)
        thread.once('message', (answer: Drawn | 'undecodable') => done(answer === 'undecodable' ? undefined : answer))
        thread.once('error', (error) => failed(new Error('the thread that decodes was lost', { cause: error })))
        thread.once('exit', () => failed(new Error('the thread that decodes ended without an answer')))
      })
    } finally {
      clearTimeout(timer)
      await thread.terminate()
    }
  },
})

const task = 'draw a picture anew'
const job = z.object({
  task: z.literal(task),
  still: z.custom<Uint8Array>((value) => value instanceof Uint8Array),
  format: z.enum(['png', 'jpeg', 'gif', 'webp']),
  orientation: z.literal([1, 2, 3, 4, 5, 6, 7, 8]),
  purpose: z.enum(filePurposes),
})
type Job = z.output<typeof job>

const given = isMainThread ? undefined : z.safeParse(job, workerData).data
if (given) parentPort?.postMessage(await draw(given, given.purpose).catch(isUndecodable))

/** A decoder in WebAssembly says no by a trap. Whatever else is thrown is a fault of ours. */
function isUndecodable(error: unknown): 'undecodable' {
  if (error instanceof WebAssembly.RuntimeError || typeof error === 'string') return 'undecodable'
  throw error
}
