import { anyone } from '../../data/door.ts'
import { settings } from '../../data/settings.ts'
import { readSnapshots } from '../../outside/snapshots/snapshots.ts'
import { catalogue, viewCatalogue } from '../kit/catalogue-view.ts'
import { endpoint } from '../kit/endpoint.ts'
import { Prepared } from '../kit/prepared.ts'
import { serve } from '../kit/serve.ts'

export const readCatalogue = endpoint({
  name: 'public.read-catalogue',
  route: 'GET /api/catalogue',
  summary: 'What is sold, at the list price: the panel’s name, its currency and its services',
  who: anyone,
  returns: catalogue,
  refuses: [],
  uses: { snapshots: readSnapshots, settings },
  cacheSeconds: 15,

  async run({ uses, now }) {
    const published = await uses.snapshots.read('catalogue.json.gz', now)
    return published === undefined ? viewCatalogue([], uses.settings, new Map()) : new Prepared(published)
  },
})

export const handler = serve(readCatalogue)
