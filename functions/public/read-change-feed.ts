import * as z from 'zod/mini'
import type { ChangeKind, FeedLine } from '../../core/catalogue/changes.ts'
import { serviceTypeRule } from '../../core/catalogue/service-types.ts'
import { formatMoney } from '../../core/money.ts'
import { iso } from '../../core/time.ts'
import { anyone } from '../../data/door.ts'
import { readFeed } from '../../data/feed.ts'
import { settings } from '../../data/settings.ts'
import { endpoint } from '../kit/endpoint.ts'
import { moment } from '../kit/fields.ts'
import { serve } from '../kit/serve.ts'

const version = 'https://jsonfeed.org/version/1.1'

const jsonFeed = z.object({
  version: z.string(),
  title: z.string(),
  description: z.string(),
  items: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      content_text: z.string(),
      date_published: moment,
      tags: z.array(z.string()),
    }),
  ),
})

export const readChangeFeed = endpoint({
  name: 'public.read-change-feed',
  route: 'GET /api/catalogue/changes.json',
  summary: 'The newest changes of services as a JSON Feed, for feed readers',
  who: anyone,
  returns: jsonFeed,
  refuses: [],
  uses: { feed: readFeed, settings },
  cacheSeconds: 60,

  async run({ uses, now }) {
    const { panelName, currency } = uses.settings
    const { lines } = await uses.feed.page(undefined, undefined, 100, now)
    return {
      version,
      title: `${panelName}: changes of services`,
      description: 'Prices up and down, services new, gone and back',
      items: lines.map((line) => item(line, currency)),
    }
  },
})

const words: Readonly<Record<ChangeKind, string>> = {
  'price-up': 'Price up',
  'price-down': 'Price down',
  new: 'New',
  gone: 'Gone',
  back: 'Back',
}

function item({ mark, kind, serviceId, name, type, before, after, at }: FeedLine, currency: string) {
  const prices = [before, after].flatMap((price) => (price === undefined ? [] : [formatMoney(price)])).join(' → ')
  const unit = serviceTypeRule(type).charged === 'one package' ? 'for one package' : 'per 1,000'
  return {
    id: mark,
    title: `${words[kind]}: ${name} (#${serviceId})`,
    content_text: `${prices} ${currency} ${unit}`,
    date_published: iso(at),
    tags: [kind],
  }
}

export const handler = serve(readChangeFeed)
