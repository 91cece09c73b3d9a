import * as z from 'zod/mini'
import { optionalMails } from '../../core/identity/preferences.ts'
import { anyone } from '../../data/door.ts'
import { optOuts } from '../../data/opt-out.ts'
import { endpoint } from '../kit/endpoint.ts'
import { serve } from '../kit/serve.ts'

/** P-USE-2: what can be switched off can be from the mail itself, without signing in. */
export const optOut = endpoint({
  name: 'public.opt-out',
  route: 'POST /api/opt-out',
  summary: 'Stop a kind of mail by the link that every such mail carries',
  who: anyone,
  body: z.object({ token: z.string().check(z.maxLength(300)) }),
  returns: z.object({ stopped: z.enum(optionalMails) }),
  refuses: ['opt-out-invalid'],
  uses: { optOuts },

  async run({ body, uses }) {
    return { stopped: await uses.optOuts.optOut(body.token) }
  },
})

export const handler = serve(optOut)
