import * as z from 'zod/mini'
import { categoryId } from '../../core/ids.ts'
import { keepCategories } from '../../data/categories.ts'
import { staff } from '../../data/door.ts'
import { endpoint } from '../kit/endpoint.ts'
import { done } from '../kit/fields.ts'
import { serve } from '../kit/serve.ts'

export const placeCategory = endpoint({
  name: 'admin.place-category',
  route: 'PUT /api/admin/categories/{categoryId}/place',
  summary: 'Put a heading behind another one, or first',
  who: staff('admin.place-category'),
  body: z.object({
    /** Null puts it first. */
    after: z.nullable(z.string().check(z.maxLength(64))),
  }),
  returns: done,
  refuses: ['category-not-found', 'changed-meanwhile'],
  uses: { categories: keepCategories },

  async run({ caller, path, body, uses, now }) {
    const audit = { by: caller.staffId, action: 'admin.place-category', on: `category ${path.categoryId}` }
    const after = body.after === null ? undefined : categoryId(body.after)
    await uses.categories.place(categoryId(path.categoryId), after, audit, now)
    return { done: true as const }
  },
})

export const handler = serve(placeCategory)
