import { useQueryClient } from '@tanstack/react-query'
import { use, useEffect, useRef, useState } from 'react'
import { type Failure, failureFrom } from '../../../failure.ts'
import { CallContext, keyOf } from '../../../shared/answers.ts'
import { someAtOnce } from '../../../shared/some-at-once.ts'
import { type Verdict, verdictOn, type Wish } from './verdicts.ts'

/** What came of one order: carried out, or how it failed. */
export type Came = 'done' | Failure

/** How far it is: each order is looked at, then somebody agrees, then each is asked for. */
export type Stage = 'looking' | 'asking' | 'doing' | 'done'

const atOnce = 5

/** Many orders asked for one thing: what may be and what may not is known first; each fails for itself alone. */
export function useMany(orders: readonly number[], wish: Wish) {
  const call = use(CallContext)
  const answers = useQueryClient()
  const [stage, setStage] = useState<Stage>('looking')
  const [verdicts, setVerdicts] = useState<ReadonlyMap<number, Verdict>>(new Map())
  const [came, setCame] = useState<ReadonlyMap<number, Came>>(new Map())
  const stopped = useRef(false)

  // biome-ignore lint/correctness/useExhaustiveDependencies: the orders are those it was opened with
  useEffect(() => {
    let left = false
    stopped.current = false
    const look = async (orderId: number): Promise<void> => {
      const verdict = await call('GET /api/orders/{orderId}', { path: { orderId } }).then(
        (order): Verdict => verdictOn(order, wish),
        (error: unknown): Verdict => ({ may: false, why: `It could not be looked at: ${failureFrom(error).message}` }),
      )
      if (!left) setVerdicts((known) => new Map(known).set(orderId, verdict))
    }
    void someAtOnce(orders, atOnce, look, () => left).then(() => !left && setStage('asking'))
    return () => {
      left = true
      stopped.current = true
    }
  }, [])

  const able = orders.filter((order) => verdicts.get(order)?.may)
  const go = async (): Promise<void> => {
    setStage('doing')
    const ask = async (orderId: number): Promise<void> => {
      const path = { orderId }
      const asked =
        wish === 'refill'
          ? call('POST /api/orders/{orderId}/refills', { path })
          : call('POST /api/orders/{orderId}/cancellation', { path })
      const one: Came = await asked.then(() => 'done' as const, failureFrom)
      // Nobody is signed in any more: each further call would say the same.
      if (one !== 'done' && one.sessionIsOver) stopped.current = true
      setCame((known) => new Map(known).set(orderId, one))
    }
    await someAtOnce(able, atOnce, ask, () => stopped.current)
    for (const route of ['GET /api/orders', 'GET /api/orders/{orderId}', 'GET /api/wallet'] as const)
      void answers.invalidateQueries({ queryKey: [keyOf(route)[0]] })
    setStage('done')
  }
  return {
    stage,
    verdicts,
    able,
    came,
    go: () => void go(),
    stop: () => {
      stopped.current = true
    },
  }
}
