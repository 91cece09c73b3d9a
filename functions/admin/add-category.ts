import * as z from 'zod/mini'
import { keepCategories } from '../../data/categories.ts'
import { staff } from '../../data/door.ts'
import { categoryName } from '../kit/category-name.ts'
import { endpoint } from '../kit/endpoint.ts'
import { serve } from '../kit/serve.ts'

export const addCategory = endpoint({
  name: 'admin.add-category',
  route: 'POST /api/admin/categories',
  summary: 'Add a heading to the catalogue, after all others',
  who: staff('admin.add-category'),
  body: z.object({ name: categoryName }),
  returns: z.object({ categoryId: z.string() }),
  status: 201,
  refuses: ['already-exists'],
  uses: { categories: keepCategories },

  async run({ caller, body, uses, now }) {
    const audit = { by: caller.staffId, action: 'admin.add-category', on: 'a new category' }
    return { categoryId: await uses.categories.add(body.name, audit, now) }
  },
})

export const handler = serve(addCategory)
