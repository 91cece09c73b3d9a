import { Refusal, refusals } from '../../core/refusals.ts'
import { anyone } from '../../data/door.ts'
import { optOuts } from '../../data/opt-out.ts'
import { json } from '../kit/answer.ts'
import { rawEndpoint, serveRaw } from '../kit/raw.ts'

/** P-USE-2: what a mail program sends when somebody clicks its own “unsubscribe” (RFC 8058): a POST without cookies or origin. */
export const optOutByMail = rawEndpoint({
  name: 'public.opt-out-by-mail',
  routes: ['POST /webhooks/opt-out'],
  summary: 'Stop a kind of mail with one click in a mail program',
  description: 'As RFC 8058 has it: the address stands in the mail’s List-Unsubscribe header, the body is ignored.',
  who: anyone,
  refuses: ['opt-out-invalid'],
  uses: { optOuts },

  async run({ request, uses }) {
    return json(200, { stopped: await uses.optOuts.optOut((request.query.get('token') ?? '').slice(0, 300)) })
  },
  failed: (error, reference) =>
    error instanceof Refusal
      ? json(refusals[error.code].status, { error: { code: error.code, message: refusals[error.code].says, reference } })
      : json(500, { error: { code: 'fault', reference } }),
})

export const handler = serveRaw(optOutByMail)
