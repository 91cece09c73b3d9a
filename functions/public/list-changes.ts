import * as z from 'zod/mini'
import { changeKinds } from '../../core/catalogue/changes.ts'
import { anyone } from '../../data/door.ts'
import { readFeed } from '../../data/feed.ts'
import { changeView, viewChange } from '../kit/catalogue-view.ts'
import { endpoint } from '../kit/endpoint.ts'
import { cursor } from '../kit/fields.ts'
import { serve } from '../kit/serve.ts'
import { page } from '../kit/views.ts'

export const listChanges = endpoint({
  name: 'public.list-changes',
  route: 'GET /api/catalogue/changes',
  summary: 'What became of services, newest first: prices up and down, what is new, gone or back',
  who: anyone,
  query: z.object({ kind: z.optional(z.enum(changeKinds)), cursor }),
  returns: page(changeView),
  refuses: [],
  uses: { feed: readFeed },
  cacheSeconds: 15,

  async run({ query, uses, now }) {
    const { lines, cursor } = await uses.feed.page(query.kind, query.cursor, 50, now)
    return { rows: lines.map(viewChange), cursor }
  },
})

export const handler = serve(listChanges)
