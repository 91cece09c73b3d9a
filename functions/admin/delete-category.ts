import { categoryId } from '../../core/ids.ts'
import { keepCategories } from '../../data/categories.ts'
import { staff } from '../../data/door.ts'
import { endpoint } from '../kit/endpoint.ts'
import { done } from '../kit/fields.ts'
import { serve } from '../kit/serve.ts'

export const deleteCategory = endpoint({
  name: 'admin.delete-category',
  route: 'DELETE /api/admin/categories/{categoryId}',
  summary: 'Delete a heading that no service is under',
  who: staff('admin.delete-category'),
  returns: done,
  refuses: ['category-not-found', 'category-not-empty'],
  uses: { categories: keepCategories },

  async run({ caller, path, uses, now }) {
    const audit = { by: caller.staffId, action: 'admin.delete-category', on: `category ${path.categoryId}` }
    await uses.categories.remove(categoryId(path.categoryId), audit, now)
    return { done: true as const }
  },
})

export const handler = serve(deleteCategory)
