import * as z from 'zod/mini'
import { customer } from '../../data/door.ts'
import { readStatements } from '../../data/statements.ts'
import { endpoint } from '../kit/endpoint.ts'
import { cursor } from '../kit/fields.ts'
import { serve } from '../kit/serve.ts'
import { entryView, page, viewEntry } from '../kit/views.ts'

export const listEntries = endpoint({
  name: 'customer.list-entries',
  route: 'GET /api/wallet/entries',
  summary: 'The statement: every movement, newest first, with the balance it left',
  who: customer,
  query: z.object({ cursor }),
  returns: page(entryView),
  refuses: [],
  uses: { statements: readStatements },

  async run({ caller, query, uses }) {
    const { lines, cursor } = await uses.statements.page(caller.customerId, query.cursor, 25)
    return { rows: lines.map(viewEntry), cursor }
  },
})

export const handler = serve(listEntries)
