import * as z from 'zod/mini'
import { signalKinds } from '../../core/signals/signal.ts'
import { staff } from '../../data/door.ts'
import { markSignals } from '../../data/read-signals.ts'
import { endpoint } from '../kit/endpoint.ts'
import { done, memo } from '../kit/fields.ts'
import { serve } from '../kit/serve.ts'

export const markSignal = endpoint({
  name: 'admin.mark-signal',
  route: 'POST /api/admin/signals/seen',
  summary: 'A signal was looked into, and what came of it; what is counted after that shows as new',
  who: staff('admin.mark-signal'),
  body: z.object({
    day: z.iso.date(),
    kind: z.enum(signalKinds),
    subject: z.string().check(z.minLength(1), z.maxLength(120)),
    memo,
  }),
  returns: done,
  refuses: ['signal-not-found'],
  uses: { signals: markSignals },

  async run({ caller, body, uses, now }) {
    const { day: of, kind, subject } = body
    const audit = { by: caller.staffId, action: 'admin.mark-signal', on: `signal ${of} ${kind} ${subject}`, why: body.memo }
    await uses.signals.seen(of, kind, subject, audit, now)
    return { done: true as const }
  },
})

export const handler = serve(markSignal)
