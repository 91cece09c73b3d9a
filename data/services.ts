import { GetCommand } from '@aws-sdk/lib-dynamodb'
import * as z from 'zod/mini'
import { linkPatternNames } from '../core/catalogue/link-patterns.ts'
import { followingFields, origins, pauseReasons, type Service } from '../core/catalogue/service.ts'
import { readServiceType } from '../core/catalogue/service-types.ts'
import { categoryId, providerId, providerServiceId, type ServiceId, serviceId, staffId } from '../core/ids.ts'
import type { Need } from '../core/need.ts'
import { iso } from '../core/time.ts'
import { getItems } from './get-items.ts'
import { keys, padded } from './keys.ts'
import { queryAll } from './query.ts'
import { id, integer, markUp, microsPer1000, numberId, time } from './read.ts'
import { table } from './table.ts'

const serviceItem = z.object({
  serviceId: numberId(serviceId),
  name: z.string(),
  categoryId: id(categoryId),
  description: z.string(),
  type: z.pipe(
    z.string(),
    z.transform((name, context) => readServiceType(name) ?? unknownType(context, name)),
  ),
  rate: microsPer1000,
  min: integer,
  max: integer,
  refillDays: integer,
  cancel: z.boolean(),
  dripFeed: z.boolean(),
  denyDuplicates: z.boolean(),
  linkPattern: z.enum(linkPatternNames()),
  origin: z.enum(origins),
  attested: z.optional(z.object({ by: id(staffId), at: time })),
  enabled: z.boolean(),
  paused: z.optional(z.object({ because: z.enum(pauseReasons), at: time, cost: z.optional(microsPer1000) })),
  sort: integer,
  everSold: z.boolean(),
  byHand: z.array(z.enum(followingFields)),
  revision: integer,
  lastEdit: z.optional(z.object({ of: z.string(), over: integer })),
  source: z.object({
    providerId: id(providerId),
    providerServiceId: id(providerServiceId),
    cost: microsPer1000,
    quoted: z.optional(microsPer1000),
    markUp: z.optional(markUp),
    typeSaid: z.optional(z.string()),
    name: z.string(),
    category: z.string(),
    min: integer,
    max: integer,
    refill: z.boolean(),
    cancel: z.boolean(),
    dripFeed: z.boolean(),
  }),
  fallbacks: z._default(
    z.array(
      z.object({
        providerId: id(providerId),
        providerServiceId: id(providerServiceId),
        name: z.string(),
        quoted: microsPer1000,
        min: integer,
        max: integer,
      }),
    ),
    [],
  ),
})

function unknownType(context: z.core.ParsePayload, name: string): never {
  context.issues.push({ code: 'custom', input: name, message: `no such service type: ${name}` })
  return z.NEVER
}

export const readService = (item: unknown): Service => serviceItem.parse(item)
/** Undefined for nothing, and for what is no service as one is written today. */
export const readServiceIfAny = (item: unknown): Service | undefined => z.safeParse(serviceItem, item).data
export const serviceAsItem = (service: Service) => ({
  ...keys.service(service.serviceId),
  ...service,
  attested: service.attested && { by: service.attested.by, at: iso(service.attested.at) },
  paused: service.paused && { ...service.paused, at: iso(service.paused.at) },
})

/** A service in place of what was read of it; not over what somebody else made of it meanwhile. */
export const replacing = (seen: Service, next: Service) => ({
  Item: serviceAsItem({ ...next, revision: seen.revision + 1 }),
  ConditionExpression: 'revision = :seen',
  ExpressionAttributeValues: { ':seen': seen.revision },
})

/** The service, or undefined. */
export async function getService(id: ServiceId): Promise<Service | undefined> {
  const { db, name: TableName } = table()
  const { Item } = await db.send(new GetCommand({ TableName, Key: keys.service(id) }))
  return Item && readService(Item)
}

interface ReadServices {
  /** The service, or undefined. */
  get(id: ServiceId): Promise<Service | undefined>
}

/** One service, as an order needs it. */
export const readServices = {
  allow: [{ on: 'table', actions: ['GetItem'], keys: ['CATALOGUE'] }],
  open: () => ({
    get: getService,
  }),
} satisfies Need<ReadServices>

/** Services by their numbers, as they stand at this moment; those that are there. */
export async function getServices(ids: readonly ServiceId[]): Promise<Service[]> {
  const services: Service[] = []
  for (let from = 0; from < ids.length; from += mostAtOnce)
    for (const item of await getItems(ids.slice(from, from + mostAtOnce).map(keys.service), { consistent: true }))
      services.push(readService(item))
  return services.sort((a, b) => a.serviceId - b.serviceId)
}

/** A batch takes no more keys. */
const mostAtOnce = 100

interface BrowseServices {
  /** By number, from the one after `after`. */
  page(after: ServiceId | undefined, limit: number): Promise<{ services: Service[]; isLast: boolean }>
}

export const browseServices = {
  allow: [{ on: 'table', actions: ['Query'], keys: ['CATALOGUE'] }],
  open: () => ({
    async page(after, limit) {
      const services: Service[] = []
      // One more than asked for tells whether there is another page.
      for await (const item of queryAll({
        KeyConditionExpression: 'pk = :catalogue AND sk > :after',
        ExpressionAttributeValues: { ':catalogue': 'CATALOGUE', ':after': padded(after ?? 0) },
        ConsistentRead: true,
        Limit: limit + 1,
      }))
        if (services.push(readService(item)) > limit) break
      return { services: services.slice(0, limit), isLast: services.length <= limit }
    },
  }),
} satisfies Need<BrowseServices>

/** The whole catalogue, by number, page by page and as it stands now. It reads every service. */
export async function* eachService(): AsyncGenerator<Service> {
  const found = queryAll({
    KeyConditionExpression: 'pk = :catalogue',
    ExpressionAttributeValues: { ':catalogue': 'CATALOGUE' },
    // Read a moment late, the last of a burst of changes would not be published.
    ConsistentRead: true,
  })
  for await (const item of found) yield readService(item)
}

interface ListServices {
  /** The whole catalogue, by number, page by page and as it stands now. For workers: it reads every service. */
  each(): AsyncGenerator<Service>
}

export const listServices = {
  allow: [{ on: 'table', actions: ['Query'], keys: ['CATALOGUE'] }],
  open: () => ({ each: eachService }),
} satisfies Need<ListServices>
