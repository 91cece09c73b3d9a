import * as z from 'zod/mini'
import { challengeBits } from '../../core/inquiries/challenge.ts'
import { issueChallenges } from '../../data/challenges.ts'
import { anyone } from '../../data/door.ts'
import { endpoint } from '../kit/endpoint.ts'
import { serve } from '../kit/serve.ts'

export const readChallenge = endpoint({
  name: 'public.read-challenge',
  route: 'GET /api/challenge',
  summary:
    'Something to work out before a form without an account is sent: a number that, hashed with it, begins with so many zero bits',
  who: anyone,
  returns: z.object({ challenge: z.string(), bits: z.int() }),
  refuses: [],
  uses: { challenges: issueChallenges },

  run: async ({ uses, now }) => ({ challenge: await uses.challenges.issue(now), bits: challengeBits }),
})

export const handler = serve(readChallenge)
