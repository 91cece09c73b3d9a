import * as z from 'zod/mini'
import { readFormerProviders } from '../../data/bury-providers.ts'
import { staff } from '../../data/door.ts'
import { readErrorTexts } from '../../data/error-texts.ts'
import { readProviders } from '../../data/providers.ts'
import { endpoint } from '../kit/endpoint.ts'
import { serve } from '../kit/serve.ts'

export const countErrorTexts = endpoint({
  name: 'admin.count-error-texts',
  route: 'GET /api/admin/error-text-count',
  summary: 'How many errors of providers nobody has classified',
  who: staff('admin.count-error-texts'),
  returns: z.object({ open: z.int() }),
  refuses: [],
  uses: { texts: readErrorTexts, providers: readProviders, former: readFormerProviders },

  async run({ uses }) {
    const providers = [...(await uses.providers.all()), ...(await uses.former.all())]
    const found = await Promise.all(providers.map(({ providerId }) => uses.texts.of(providerId)))
    return { open: found.flat().filter(({ meaning }) => meaning === undefined).length }
  },
})

export const handler = serve(countErrorTexts)
