import * as z from 'zod/mini'
import { isCut, textMeanings } from '../../core/protocol/error-texts.ts'
import { iso } from '../../core/time.ts'
import { keepAudit } from '../../data/audit.ts'
import { readFormerProviders } from '../../data/bury-providers.ts'
import { staff } from '../../data/door.ts'
import { readErrorTexts } from '../../data/error-texts.ts'
import { readProviders } from '../../data/providers.ts'
import { endpoint } from '../kit/endpoint.ts'
import { moment } from '../kit/fields.ts'
import { serve } from '../kit/serve.ts'

/** More of one provider's are not shown: those that were heard last are. */
const mostOfOne = 200

export const listErrorTexts = endpoint({
  name: 'admin.list-error-texts',
  route: 'GET /api/admin/error-texts',
  summary:
    'Errors that providers answered to orders and that nobody had classified, with what staff said since that they mean; the look is on record',
  who: staff('admin.list-error-texts'),
  returns: z.object({
    rows: z.array(
      z.object({
        providerId: z.string(),
        textId: z.string(),
        /** Without figures, as it is known again; and as it was said last. */
        text: z.string(),
        said: z.string(),
        /** Something of it is missing: it can mean nothing. */
        isCut: z.boolean(),
        orderId: z.int(),
        times: z.int(),
        firstAt: moment,
        lastAt: moment,
        meaning: z.optional(z.enum(textMeanings)),
        classifiedAt: z.optional(moment),
      }),
    ),
  }),
  refuses: [],
  uses: { texts: readErrorTexts, providers: readProviders, former: readFormerProviders, audit: keepAudit },

  async run({ caller, uses, now }) {
    // P-SEC-2: a provider repeats links and orders in its own words.
    await uses.audit.record({ by: caller.staffId, action: 'admin.list-error-texts', on: 'errors of providers' }, now)
    // Orders that a deleted one had may still hang on what it said.
    const providers = [...(await uses.providers.all()), ...(await uses.former.all())]
    const found = await Promise.all(
      providers.map(async ({ providerId }) =>
        (await uses.texts.of(providerId))
          .sort((one, other) => other.lastAt.getTime() - one.lastAt.getTime())
          .slice(0, mostOfOne)
          .map((text) => ({ ...text, providerId })),
      ),
    )
    const rows = found.flat().sort((one, other) => other.lastAt.getTime() - one.lastAt.getTime())
    return {
      rows: rows.map((text) => ({
        ...text,
        isCut: isCut(text.text),
        firstAt: iso(text.firstAt),
        lastAt: iso(text.lastAt),
        classifiedAt: text.classifiedAt && iso(text.classifiedAt),
      })),
    }
  },
})

export const handler = serve(listErrorTexts)
