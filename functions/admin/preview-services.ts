import * as z from 'zod/mini'
import { changeProblems, changeWarnings, type Edited } from '../../core/catalogue/edit.ts'
import { staff } from '../../data/door.ts'
import { previewServices as previews } from '../../data/edit-services.ts'
import { endpoint } from '../kit/endpoint.ts'
import { serve } from '../kit/serve.ts'
import { editId, manyChange, readSelection, readServiceChange, selection } from '../kit/service-change.ts'

const facts = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]))

export const previewServices = endpoint({
  name: 'admin.preview-services',
  route: 'POST /api/admin/services/preview',
  summary: 'What an edit of many services would change, service by service; changes nothing',
  who: staff('admin.preview-services'),
  body: z.object({ editId, select: selection, change: manyChange }),
  returns: z.object({
    changed: z.array(
      z.object({
        serviceId: z.int(),
        name: z.string(),
        before: facts,
        after: facts,
        warnings: z.array(z.enum(changeWarnings)),
      }),
    ),
    /** Left as they are, with the reasons. */
    refused: z.array(z.object({ serviceId: z.int(), name: z.string(), reasons: z.array(z.enum(changeProblems)) })),
    /** Are as wanted already. */
    unchanged: z.int(),
    /** Were changed by this very edit before it stopped. */
    done: z.int(),
    /** To be handed back one by one, as they are: what is applied is what was seen. */
    parts: z.array(z.object({ ids: z.array(z.int()), digest: z.string() })),
  }),
  refuses: ['category-not-found'],
  uses: { services: previews },

  async run({ caller, body, uses, now }) {
    const edit = { editId: body.editId, change: readServiceChange(body.change), by: caller.staffId }
    const { changed, refused, unchanged, done, parts } = await uses.services.preview(edit, readSelection(body.select), now)
    return {
      changed: changed.map((one) => ({ ...named(one), before: one.before, after: one.after, warnings: [...one.warnings] })),
      refused: refused.map((one) => ({ ...named(one), reasons: [...one.problems] })),
      unchanged,
      done,
      parts: parts.map(({ ids, digest }) => ({ ids: [...ids], digest })),
    }
  },
})

const named = ({ seen: { serviceId, name } }: Edited) => ({ serviceId, name })

export const handler = serve(previewServices)
