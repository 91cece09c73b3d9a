import * as z from 'zod/mini'
import { providerId } from '../../core/ids.ts'
import { textMeanings } from '../../core/protocol/error-texts.ts'
import { Refusal } from '../../core/refusals.ts'
import { staff } from '../../data/door.ts'
import { classifyErrorTexts, readErrorTexts } from '../../data/error-texts.ts'
import { endpoint } from '../kit/endpoint.ts'
import { done, memo } from '../kit/fields.ts'
import { serve } from '../kit/serve.ts'

export const classifyErrorText = endpoint({
  name: 'admin.classify-error-text',
  route: 'PUT /api/admin/providers/{providerId}/error-texts/{textId}',
  summary:
    'Say what an error of a provider means: from then on its orders are treated by that. Orders that hang on it are settled apart',
  who: staff('admin.classify-error-text'),
  body: z.object({
    meaning: z.enum(textMeanings),
    /** What it was seen to mean, where somebody had said something before. */
    seen: z.optional(z.enum(textMeanings)),
    memo,
  }),
  returns: done,
  refuses: ['error-text-not-found', 'error-text-cut', 'changed-meanwhile'],
  uses: { texts: readErrorTexts, classifying: classifyErrorTexts },

  async run({ caller, path, body, uses, now }) {
    const provider = providerId(path.providerId)
    const text = await uses.texts.get(provider, path.textId)
    if (text.meaning !== body.seen) throw new Refusal('changed-meanwhile')
    const audit = {
      by: caller.staffId,
      action: 'admin.classify-error-text',
      on: `provider ${provider}`,
      why: body.memo,
      // By its name: it may say what a customer ordered, and the trail of a provider is kept whoever is erased.
      before: { text: text.textId, ...(text.meaning ? { meaning: text.meaning } : {}) },
      after: { meaning: body.meaning },
    }
    await uses.classifying.classify(provider, text, body.meaning, audit, now)
    return { done: true as const }
  },
})

export const handler = serve(classifyErrorText)
