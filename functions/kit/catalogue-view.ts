import * as z from 'zod/mini'
import { changeKinds, type FeedLine } from '../../core/catalogue/changes.ts'
import type { Listed } from '../../core/catalogue/in-order.ts'
import { linkPatternNames, linkPatterns } from '../../core/catalogue/link-patterns.ts'
import { promised } from '../../core/catalogue/passes-on.ts'
import { origins } from '../../core/catalogue/service.ts'
import { serviceTypeNames, serviceTypeRule } from '../../core/catalogue/service-types.ts'
import type { ServiceId } from '../../core/ids.ts'
import type { TypicalTime } from '../../core/measured/measured.ts'
import { formatMoney } from '../../core/money.ts'
import { iso } from '../../core/time.ts'
import { amount, moment } from './fields.ts'

const charged = z.enum(['quantity', 'one package', 'lines of comments', 'lines of usernames', 'each created order'])

export const typicalTimeView = z.object({
  minutes: z.int(),
  /** Half of those orders were for no more than this. */
  quantity: z.int(),
  /** How many orders this is measured by. */
  orders: z.int(),
})

const catalogueService = z.object({
  serviceId: z.int(),
  name: z.string(),
  category: z.string(),
  type: z.enum(serviceTypeNames()),
  /** What the charge follows from. */
  charged,
  takesComments: z.boolean(),
  /** Of 1000; for a package, of one package. */
  rate: amount,
  min: z.int(),
  max: z.int(),
  refill: z.boolean(),
  /** For how many days; 0 where nothing is refilled. */
  refillDays: z.int(),
  cancel: z.boolean(),
  dripFeed: z.boolean(),
  /** Where the effect comes from, as somebody of the staff attested. */
  origin: z.enum(origins),
  /** What kind of link it asks for, by its name in `links`. */
  linkPattern: z.enum(linkPatternNames()),
  description: z.string(),
  /** How long its orders took, as measured: half of the last ones no longer than this. Not there while there were too few. */
  time: z.optional(typicalTimeView),
})

const link = z.object({
  pattern: z.enum(linkPatternNames()),
  platform: z.string(),
  /** To go on from “a link to”. */
  says: z.string(),
  example: z.string(),
})

export const catalogue = z.object({
  panelName: z.string(),
  currency: z.string(),
  /** The kinds of link that these services ask for. */
  links: z.array(link),
  services: z.array(catalogueService),
})

/** Everything that is sold, as everybody sees it. */
export const viewCatalogue = (
  listed: readonly Listed[],
  { panelName, currency }: { readonly panelName: string; readonly currency: string },
  times: ReadonlyMap<ServiceId, TypicalTime>,
): z.input<typeof catalogue> => ({
  panelName,
  currency,
  links: [...new Set(listed.map(({ service }) => service.linkPattern))].map((pattern) => ({ pattern, ...linkPatterns[pattern] })),
  services: listed.map((one) => viewService(one, times.get(one.service.serviceId))),
})

const viewService = ({ service, category }: Listed, time: TypicalTime | undefined): z.input<typeof catalogueService> => ({
  ...service,
  category,
  ...promised(service),
  refillDays: promised(service).refill ? service.refillDays : 0,
  rate: formatMoney(service.rate),
  charged: serviceTypeRule(service.type).charged,
  takesComments: serviceTypeRule(service.type).required.includes('comments'),
  ...(time ? { time } : {}),
})

/** A line of the public feed of changes. */
export const changeView = z.object({
  /** Names the line: the same for whoever asks, whenever. */
  changeId: z.string(),
  kind: z.enum(changeKinds),
  at: moment,
  serviceId: z.int(),
  name: z.string(),
  charged,
  /** The price until then, of what was on sale. */
  before: z.optional(amount),
  /** The price from then on, of what is on sale. */
  after: z.optional(amount),
})

export const viewChange = (line: FeedLine): z.input<typeof changeView> => ({
  ...line,
  changeId: line.mark,
  at: iso(line.at),
  charged: serviceTypeRule(line.type).charged,
  before: line.before && formatMoney(line.before),
  after: line.after && formatMoney(line.after),
})
