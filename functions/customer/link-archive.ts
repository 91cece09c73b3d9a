import * as z from 'zod/mini'
import { Refusal } from '../../core/refusals.ts'
import { readCustomers } from '../../data/customers.ts'
import { customerEven } from '../../data/door.ts'
import { readArchives } from '../../data/privacy/archives.ts'
import { limitAttempts, provingsPerAccount } from '../../data/rates.ts'
import { spendCodes } from '../../data/second-factors.ts'
import { linkArchives } from '../../outside/archives/link-archives.ts'
import { proveSecondFactors } from '../../outside/identity/second-factors.ts'
import { endpoint } from '../kit/endpoint.ts'
import { moment, password, typedCode } from '../kit/fields.ts'
import { proveAgain, provingRefusals } from '../kit/prove-again.ts'
import { serve } from '../kit/serve.ts'

export const linkArchive = endpoint({
  name: 'customer.link-archive',
  route: 'POST /api/me/archives/link',
  summary:
    'An address, good for a minute, to fetch an archive of one’s own from, with the password and a code where one is asked for',
  who: customerEven('suspended', 'closed'),
  body: z.object({ at: z.iso.datetime(), password, code: z.optional(typedCode) }),
  returns: z.object({ url: z.string(), at: moment }),
  refuses: [...provingRefusals, 'archive-not-found'],
  uses: {
    customers: readCustomers,
    archives: readArchives,
    links: linkArchives,
    proofs: proveSecondFactors,
    codes: spendCodes,
    attempts: limitAttempts,
  },

  async run({ caller: { customerId }, body, uses, now, viewer }) {
    await uses.attempts.countFrom(viewer.address, 'link-archive', [[customerId, provingsPerAccount]], now)
    const at = new Date(body.at)
    const archive = await uses.archives.get(customerId, at, now)
    if (archive?.state !== 'ready') throw new Refusal('archive-not-found')
    await proveAgain(uses, await uses.customers.own(customerId), body, now)
    return { url: await uses.links.link(customerId, at), at: body.at }
  },
})

export const handler = serve(linkArchive)
