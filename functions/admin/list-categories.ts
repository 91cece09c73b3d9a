import * as z from 'zod/mini'
import { readCategories } from '../../data/categories.ts'
import { staff } from '../../data/door.ts'
import { endpoint } from '../kit/endpoint.ts'
import { serve } from '../kit/serve.ts'

export const listCategories = endpoint({
  name: 'admin.list-categories',
  route: 'GET /api/admin/categories',
  summary: 'The headings of the catalogue, in their order',
  who: staff('admin.list-categories'),
  returns: z.object({ rows: z.array(z.object({ categoryId: z.string(), name: z.string() })) }),
  refuses: [],
  uses: { categories: readCategories },

  async run({ uses }) {
    return { rows: (await uses.categories.all()).map(({ categoryId, name }) => ({ categoryId, name })) }
  },
})

export const handler = serve(listCategories)
