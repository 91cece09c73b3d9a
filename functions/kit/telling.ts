import type { MiddlewareObj } from '@middy/core'
import * as z from 'zod/mini'
import { Refusal, type RefusalCode } from '../../core/refusals.ts'
import { type Answer, fault, refusal } from './answer.ts'
import { commonRefusals } from './endpoint.ts'
import { logFault, logOutcome, logWarning } from './log.ts'

const named = z.object({ requestContext: z.object({ requestId: z.string() }) })

/** Tells how each call ended: one log line; to the caller a refusal in the one vocabulary, or a fault with its reference. */
export function telling(
  operation: string,
  refuses: readonly RefusalCode[],
  say: (error: unknown, reference: string) => Answer = (error, name) =>
    error instanceof Refusal ? refusal(error, name) : fault(name),
): MiddlewareObj<unknown, Answer> {
  const began = new WeakMap<object, number>()
  const reference = (event: unknown): string => z.safeParse(named, event).data?.requestContext.requestId ?? 'unnamed'
  const since = (request: object): number => Math.round(performance.now() - (began.get(request) ?? performance.now()))
  return {
    before: (request) => {
      began.set(request, performance.now())
    },
    after: (request) => {
      logOutcome({ operation, outcome: 'done', reference: reference(request.event), milliseconds: since(request) })
    },
    onError: (request) => {
      const line = { operation, reference: reference(request.event), milliseconds: since(request) }
      const { error } = request
      if (error instanceof Refusal) {
        if (!refuses.includes(error.code) && !commonRefusals.includes(error.code))
          logWarning('undeclared refusal', { operation, code: error.code })
        logOutcome({ ...line, outcome: 'refused', code: error.code })
      } else {
        logFault({ ...line, outcome: 'fault' }, error)
      }
      request.response = say(error, line.reference)
    },
  }
}
