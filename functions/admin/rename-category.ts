import * as z from 'zod/mini'
import { categoryId } from '../../core/ids.ts'
import { keepCategories } from '../../data/categories.ts'
import { staff } from '../../data/door.ts'
import { categoryName } from '../kit/category-name.ts'
import { endpoint } from '../kit/endpoint.ts'
import { done } from '../kit/fields.ts'
import { serve } from '../kit/serve.ts'

export const renameCategory = endpoint({
  name: 'admin.rename-category',
  route: 'PATCH /api/admin/categories/{categoryId}',
  summary: 'Give a heading another name: its services stay under it, and so do those of later imports',
  who: staff('admin.rename-category'),
  body: z.object({ name: categoryName }),
  returns: done,
  refuses: ['category-not-found', 'already-exists', 'changed-meanwhile'],
  uses: { categories: keepCategories },

  async run({ caller, path, body, uses, now }) {
    const audit = { by: caller.staffId, action: 'admin.rename-category', on: `category ${path.categoryId}` }
    await uses.categories.rename(categoryId(path.categoryId), body.name, audit, now)
    return { done: true as const }
  },
})

export const handler = serve(renameCategory)
