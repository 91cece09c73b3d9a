import { useEffect, useRef, useState } from 'react'
import type { TabName } from '../../core/identity/browser-storage.ts'
import { type Failure, failureFrom } from '../failure.ts'
import { keptForTab } from './storage.ts'

/** What somebody meant to do once, under the name that makes it happen once however often it is sent. */
interface Intent<Body> {
  readonly requestId: string
  readonly body: Body
}

export type Standing<Result> =
  | { readonly phase: 'ready' }
  | { readonly phase: 'sending' }
  /** Sent, and nothing was heard: asked again at `nextAt` (a time in milliseconds), or not any more. */
  | { readonly phase: 'unknown'; readonly tries: number; readonly nextAt: number | undefined; readonly failure: Failure }
  | { readonly phase: 'refused'; readonly failure: Failure }
  | { readonly phase: 'done'; readonly result: Result }

const pauseSeconds = [1, 2, 4, 8, 15, 30, 60]

/**
 * Sends something that moves money, once. The same request id is kept for as long as what came of it is not known: over
 * retries, and over a reload of the page.
 */
export function useIntent<Body, Result>(name: TabName, send: (body: Body & { readonly requestId: string }) => Promise<Result>) {
  const [intent, setIntent] = useState<Intent<Body> | undefined>(() => pending<Body>(name))
  const [standing, setStanding] = useState<Standing<Result>>({ phase: 'ready' })
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)

  const attempt = async (current: Intent<Body>, tries: number): Promise<void> => {
    clearTimeout(timer.current)
    setStanding((was) => (was.phase === 'unknown' ? { ...was, nextAt: undefined } : { phase: 'sending' }))
    try {
      const result = await send({ ...current.body, requestId: current.requestId })
      forget()
      setStanding({ phase: 'done', result })
    } catch (error) {
      const failure = failureFrom(error)
      if (!failure.mayHaveHappened) {
        forget()
        return setStanding({ phase: 'refused', failure })
      }
      const pause = pauseSeconds[tries]
      setStanding({ phase: 'unknown', tries: tries + 1, failure, nextAt: pause && Date.now() + pause * 1_000 })
      if (pause) timer.current = setTimeout(() => void attempt(current, tries + 1), pause * 1_000)
    }
  }
  const forget = (): void => {
    keptForTab.remove(name)
    setIntent(undefined)
  }

  const resumed = useRef(false)
  useEffect(() => {
    // The page was left or loaded anew before an answer came.
    if (intent && !resumed.current && standing.phase === 'ready') {
      setStanding({ phase: 'unknown', tries: 0, nextAt: undefined, failure: failureFrom(undefined) })
      void attempt(intent, 0)
    }
    resumed.current = true
  })
  useEffect(() => () => clearTimeout(timer.current), [])

  return {
    standing,
    /** What was meant, while it is not known what came of it. */
    body: intent?.body,
    begin(body: Body): void {
      const fresh = { requestId: crypto.randomUUID(), body }
      keptForTab.set(name, JSON.stringify(fresh))
      setIntent(fresh)
      void attempt(fresh, 0)
    },
    askNow(): void {
      if (intent) void attempt(intent, standing.phase === 'unknown' ? standing.tries : 0)
    },
    reset(): void {
      clearTimeout(timer.current)
      forget()
      setStanding({ phase: 'ready' })
    },
  }
}

function pending<Body>(name: TabName): Intent<Body> | undefined {
  const text = keptForTab.get(name)
  return text === null ? undefined : (JSON.parse(text) as Intent<Body>)
}
