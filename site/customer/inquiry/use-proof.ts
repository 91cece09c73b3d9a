import { use } from 'react'
import type { Answer } from '../../api.ts'
import { CallContext } from '../../shared/answers.ts'

export interface Proof {
  readonly challenge: string
  readonly solution: string
}

/** Works out what a form without an account has to show: a second or two of this machine’s time, beside the page. */
export function useProof(): () => Promise<Proof> {
  const call = use(CallContext)
  return async () => {
    const asked = await call('GET /api/challenge')
    return { challenge: asked.challenge, solution: await solved(asked) }
  }
}

function solved(asked: Answer<'GET /api/challenge'>): Promise<string> {
  const worker = new Worker(new URL('./solve.worker.ts', import.meta.url), { type: 'module' })
  return new Promise<string>((found, failed) => {
    worker.onmessage = ({ data }: MessageEvent<string>) => found(data)
    worker.onerror = () => failed(new Error('the worker failed'))
    worker.postMessage(asked)
  }).finally(() => worker.terminate())
}
